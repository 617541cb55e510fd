"""OAuth 2 for third parties: authorization code with PKCE, client credentials, revocation, and members' applications."""

from typing import Any

from django.forms import ModelForm
from django.forms.models import modelform_factory
from django.urls import path
from django.utils.translation import gettext_lazy as _
from oauth2_provider import views
from oauth2_provider.forms import ApplicationForm
from oauth2_provider.models import Application

WAYS_IN = {Application.GRANT_AUTHORIZATION_CODE, Application.GRANT_CLIENT_CREDENTIALS}
FIELDS = (
    "name",
    "client_type",
    "authorization_grant_type",
    "redirect_uris",
    "allowed_origins",
    "client_id",
    "client_secret",
)


SAID = {
    "redirect_uris": (_("Where it takes members back to"), _("Addresses, with a space between them.")),
    "allowed_origins": (
        _("Pages that may call from the browser"),
        _("Origins such as https://app.example, with a space between them."),
    ),
}


class ProgramForm(ApplicationForm):
    """What a member says of a program. It asks for nothing that this site does not do: OpenID Connect, the ways in
    that RFC 9700 calls unsafe, secrets kept in the clear."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways: Any = self.fields["authorization_grant_type"]
        ways.choices = [(way, label) for way, label in ways.choices if not way or way in WAYS_IN]
        for name, (label, note) in SAID.items():
            self.fields[name].label, self.fields[name].help_text = label, note
            self.fields[name].widget.attrs["rows"] = 2


class OfProgram:
    """Mixed into the views that make and change an application."""

    def get_form_class(self) -> type[ModelForm]:
        return modelform_factory(Application, form=ProgramForm, fields=FIELDS)


class ProgramMaking(OfProgram, views.ApplicationRegistration):
    """Registers a program of the member's."""


class ProgramChange(OfProgram, views.ApplicationUpdate):
    """Changes a program of the member's."""


app_name = "oauth2_provider"
urlpatterns = [
    path("authorize/", views.AuthorizationView.as_view(), name="authorize"),
    path("token/", views.TokenView.as_view(), name="token"),
    path("revoke_token/", views.RevokeTokenView.as_view(), name="revoke-token"),
    path("applications/", views.ApplicationList.as_view(), name="list"),
    path("applications/register/", ProgramMaking.as_view(), name="register"),
    path("applications/<slug:pk>/", views.ApplicationDetail.as_view(), name="detail"),
    path("applications/<slug:pk>/delete/", views.ApplicationDelete.as_view(), name="delete"),
    path("applications/<slug:pk>/update/", ProgramChange.as_view(), name="update"),
    path("authorized_tokens/", views.AuthorizedTokensListView.as_view(), name="authorized-token-list"),
    path(
        "authorized_tokens/<slug:pk>/delete/",
        views.AuthorizedTokenDeleteView.as_view(),
        name="authorized-token-delete",
    ),
]
