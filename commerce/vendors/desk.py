"""The vendors' desk at /desk/: an admin site of its own, in which everyone sees the rows of one vendor only.

An app's desk.py registers its pages:

    @admin.register(Product, site=desk_site)
    class ProductPage(DeskPage):
        roles = MANAGERS                                    # who may open it (clerks too: EVERYONE)
        section, icon = _("Shop"), "deployed_code"          # its place in the sidebar
        choices = {"category": lambda vendor: Category.objects.all()}

        def rows_of(self, vendor): return vendor.products.all()

Lists, filters, search, history, export and guessed addresses all read `rows_of`; what a field offers to choose from is
the rows of its model's own desk page, or what `choices` says, and nothing else. Acts are called in `save_model`; a
Problem they raise is shown on the form.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from commerce.vendors import downloading, duties
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import MANAGERS, WORKING
from commerce.vendors.switching import Place, place_of, switch
from community.foundation.access import signed_in
from community.foundation.problems import Conflict, Invalid, NotThere, Problem, Stale, TooLarge, TooMany
from community.members.models import TeamMember

ROUTES_TAKEN_OUT = {"password_change", "password_change_done", "view_on_site"}
"""Passwords belong to the settings page; the shortcut to any object of the site would tell what there is."""


class DeskSite(UnfoldAdminSite):
    """One vendor's desk. Guests are sent to log in, members without a vendor to the application."""

    settings_name = "UNFOLD_DESK"
    index_template = "commerce/vendors/desk/page.html"
    index_title = _("Desk")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and place_of(request) is not None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("desk:index" if self.has_permission(request) else "commerce_vendors:apply")
        return redirect(f"{reverse('account_login')}?next={reverse('desk:index')}")

    def get_urls(self) -> list[URLPattern | URLResolver]:  # type: ignore[override]
        left = [route for route in super().get_urls() if getattr(route, "name", None) not in ROUTES_TAKEN_OUT]
        own = [
            path("switch/", signed_in(switch), name="switch"),
            path("figures/<slug:name>.csv", self.admin_view(downloading.figures), name="figures"),
        ]
        return [*own, *left]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits for this vendor, how it goes, and the vendors between which the member may switch."""
        return super().index(request, {"place": place_of(request), **duties.first_page(request)})

    def navigation(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The sidebar: the pages that this member may open, by section."""
        sections: dict[str, list[dict[str, Any]]] = {}
        for model, page in self._registry.items():
            if isinstance(page, DeskPage) and page.has_view_permission(request):
                link = reverse(f"desk:{model._meta.app_label}_{model._meta.model_name}_changelist")
                item = {"title": page.title(), "icon": page.icon, "link": link}
                sections.setdefault(str(page.section), []).append(item)
        first = {"title": "", "items": [{"title": _("Now"), "icon": "wb_sunny", "link": reverse("desk:index")}]}
        return [first, *({"title": title, "separator": True, "items": items} for title, items in sections.items())]


desk_site = DeskSite(name="desk")


class DeskForm(ModelForm):
    """A form that shows what the act behind it refused."""

    refused: ClassVar[Problem | None] = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refused is not None:
            field = self.refused.field if self.refused.field in self.fields else None
            self.add_error(field, str(self.refused.detail))
        return cleaned


class OwnChoices:
    """Fields offer the vendor's own rows: of the desk page of their model, or of `choices[field](vendor)`."""

    choices: ClassVar[Mapping[str, Callable[[Vendor], QuerySet[Any]]]] = {}
    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self._offered(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self._offered(db_field, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _offered(self, db_field: Field, request: HttpRequest) -> QuerySet[Any]:
        place = place_of(request)
        if place is not None and db_field.name in self.choices:
            return self.choices[db_field.name](place.vendor)
        page = self.admin_site._registry.get(db_field.related_model)
        if page is None:
            raise ImproperlyConfigured(f"{type(self).__name__} does not say what {db_field.name} offers")
        return page.get_queryset(request)


class DeskPage(OwnChoices, ModelAdmin):
    """A page of the desk; see the module. Nothing can be added, changed or deleted unless a page says so."""

    roles: ClassVar[Sequence[str]] = MANAGERS
    states: ClassVar[Sequence[str]] = (*WORKING, VendorState.CLOSED)
    section: ClassVar[str | Promise] = pgettext_lazy("of a vendor", "Shop")
    icon: ClassVar[str] = "storefront"
    form = DeskForm
    list_per_page = 50
    show_full_result_count = False
    warn_unsaved_form = True

    def rows_of(self, vendor: Vendor) -> QuerySet[Any]:
        """The rows of this vendor: all that the page ever shows."""
        raise NotImplementedError

    def title(self) -> str | Promise:
        """What the sidebar calls the page."""
        return self.model._meta.verbose_name_plural

    def vendor(self, request: HttpRequest) -> Vendor:
        """At whose desk the request is; only called where `has_permission` held."""
        return self.place(request).vendor

    def place(self, request: HttpRequest) -> Place:
        """The desk of the request, with the member's role; as `vendor`."""
        place = place_of(request)
        if place is None:
            raise NotThere
        return place

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        place = place_of(request)
        if place is None:
            return self.model._default_manager.none()
        rows = self.rows_of(place.vendor)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def may_open(self, request: HttpRequest) -> bool:
        place = place_of(request)
        return place is not None and place.role in self.roles and place.vendor.state in self.states

    def may_change(self, request: HttpRequest) -> bool:
        """Whether this vendor may still change things; a closed one looks only."""
        return self.may_open(request) and self.vendor(request).state != VendorState.CLOSED

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_open(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_open(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def view_on_site(self, obj: Any) -> str | None:
        """The page that members see: the preview."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        """A refusal of the act comes back on the form, with all that was entered."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Invalid, Conflict, Stale, TooLarge, TooMany) as problem:
            request.refused = problem  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the vendor's own staff did; who operates the site is not named."""
        answer = super().history_view(request, object_id, extra_context)
        if isinstance(answer, TemplateResponse) and answer.context_data is not None:
            staff = TeamMember.objects.filter(team=self.vendor(request).team_id).values_list("member_id", flat=True)
            page, known = answer.context_data["action_list"], set(staff)
            page.object_list = [entry for entry in page.object_list if entry.user_id in known]
        return answer

    def each(self, request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], Any]) -> None:
        """Do `act` with every chosen row and say how it went with each: a refusal stops none of the others."""
        done = 0
        for row in rows:
            try:
                act(row)
                done += 1
            except Problem as problem:
                messages.error(request, f"{row}: {problem.detail}")
        if done:
            messages.success(request, ngettext("%(n)d row: done.", "%(n)d rows: done.", done) % {"n": done})
