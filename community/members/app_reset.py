"""The way back for apps (allauth headless), made to cost the same for a stranger as on the page (account_forms.ResetForm)."""

from allauth.headless.account.views import RequestPasswordResetView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.inputs import Input
from django.urls import path

from community.members.account_forms import ResetForm


class ResetInput(ResetForm, Input):
    """The form's checks and its letter, for a JSON body."""


class RequestReset(RequestPasswordResetView):
    input_class = ResetInput


urlpatterns = [
    path(f"{client.value}/v1/auth/password/request", RequestReset.as_api_view(client=client))
    for client in (Client.APP, Client.BROWSER)
]
