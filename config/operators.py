"""The operators' admin: which pages of libraries belong in it, its sidebar in the community's words, its first page."""

import json
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation.operating import LookUp, Page
from community.moderation import overview
from community.site.present import site


class GroupPage(Page):
    """Groups hold rights on boards; Django's own permissions mean nothing here."""

    fields = ("name",)


class EmailAddressPage(LookUp):
    """Whoever could type an address or call it verified here could take any account over."""

    actions = ()


class ApplicationPage(Page):
    """Programs that log members in. A secret is shown once, while it is made, and never again; a program may act as
    who registered it, so that nobody is put down as its owner but the operator."""

    list_filter = ("client_type", "authorization_grant_type")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "hash_client_secret", *(("client_secret",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.user = obj.user or request.user
        super().save_model(request, obj, form, change)


# Pages of libraries that operators need. All other registrations of libraries are taken back: they show keys, tokens
# and sessions, which are nobody's to read.
KEPT: dict[str, type[Page]] = {
    "auth.Group": GroupPage,
    "account.EmailAddress": EmailAddressPage,
    "oauth2_provider.Application": ApplicationPage,
    "django_celery_beat.PeriodicTask": Page,
    "django_celery_beat.IntervalSchedule": Page,
    "django_celery_beat.CrontabSchedule": Page,
}

# What a library leaves to the name of a class.
NAMES = {"oauth2_provider.Application": (_("application"), _("applications"))}

# (heading, icon, app labels); a wing that is not named gets a section of its own.
SECTIONS: list[tuple[Any, str, tuple[str, ...]]] = [
    (pgettext_lazy("peace", "Order"), "gavel", ("community_moderation",)),
    (_("Letters and announcements"), "mail", ("community_notifications",)),
    (_("Conversation"), "forum", ("community_boards", "community_ideas", "community_complaints", "community_polls", "community_reactions")),
    (_("Reviews"), "star", ("community_subjects", "community_reviews", "community_scorecards")),
    (_("Market"), "shopping_bag", ("commerce_vendors", "commerce_catalog", "commerce_stock", "commerce_specifications", "commerce_delivery", "commerce_cart", "commerce_changes", "commerce_orders", "commerce_returns", "commerce_commissions")),
    (_("People"), "group", ("community_members", "community_profiles", "auth", "account", "oauth2_provider")),
    (_("Money and points"), "account_balance", ("commerce_payments", "commerce_ledger", "commerce_points")),
    (_("Site"), "storefront", ("community_site", "community_uploads", "community_touchpoints", "community_search", "community_reading", "community_drafts")),
    (_("Machine room"), "settings", ("community_outbox", "community_jobs", "community_idempotency", "django_celery_beat")),
]  # fmt: skip
ICONS = {
    "community_moderation.case": "flag",
    "community_moderation.decision": "gavel",
    "community_moderation.appeal": "reply",
    "community_moderation.sanction": "block",
    "community_moderation.entry": "history",
    "community_moderation.operatoract": "manage_history",
    "community_notifications.letter": "mail",
    "community_notifications.address": "unsubscribe",
    "community_notifications.announcement": "campaign",
    "community_boards.board": "dashboard",
    "community_boards.boardcategory": "category",
    "community_boards.topic": "forum",
    "community_boards.post": "chat",
    "community_boards.tag": "sell",
    "community_members.member": "person",
    "community_members.team": "groups",
    "community_subjects.subject": "deployed_code",
    "community_subjects.category": "account_tree",
    "community_reviews.review": "reviews",
    "commerce_vendors.vendor": "store",
    "commerce_commissions.plan": "percent",
    "commerce_changes.change": "published_with_changes",
    "community_outbox.delivery": "outbox",
    "community_jobs.run": "manufacturing",
    "django_celery_beat.periodictask": "schedule",
    "auth.group": "shield_person",
}


def arrange(to: admin.AdminSite) -> None:
    """Take back what libraries registered, but for what operators need, which gets the look of the rest. Call each app,
    in the way back above its pages, by its heading in the sidebar, and fields without a name by a word that can be
    translated; migrations know nothing of either."""
    for title, _icon, labels in SECTIONS:
        for label in labels:
            apps.get_app_config(label).verbose_name = title
    for model, page in list(to._registry.items()):
        if type(page).__module__.startswith(("community.", "commerce.", "recommendations.", "config.")):
            continue
        to.unregister(model)
        if model._meta.label in KEPT:
            bases = (KEPT[model._meta.label], type(page))
            to.register(model, type(f"{model.__name__}Page", bases, {"warn_unsaved_form": True}))
            if model._meta.label in NAMES:
                model._meta.verbose_name, model._meta.verbose_name_plural = NAMES[model._meta.label]
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field.verbose_name, str):
                field.verbose_name = pgettext_lazy("field", field.verbose_name)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar: every page of the admin, by what it is about. A new page is in it without anyone remembering."""
    known = {label for _title, _icon, labels in SECTIONS for label in labels}
    left = {model._meta.app_label for model in admin.site._registry} - known
    sections = [*SECTIONS, *((label.partition("_")[2] or label, "apps", (label,)) for label in sorted(left))]
    first = {
        "title": "",
        "items": [
            {"title": _("Now"), "icon": "wb_sunny", "link": reverse("admin:index")},
            {"title": _("What was flagged"), "icon": "flag", "link": reverse("community_moderation:queue")},
        ],
    }
    groups = [{"title": title, "separator": True, "items": _pages(labels, icon)} for title, icon, labels in sections]
    return [first, *(group for group in groups if group["items"])]


def _pages(labels: tuple[str, ...], icon: str) -> list[dict[str, Any]]:
    models = [model for model in admin.site._registry if model._meta.app_label in labels]
    models.sort(key=lambda model: labels.index(model._meta.app_label))
    return [
        {
            "title": capfirst(model._meta.verbose_name_plural),
            "icon": ICONS.get(model._meta.label_lower, icon),
            "link": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
        }
        for model in models
    ]


def site_title(request: HttpRequest) -> str:
    return str(site().name)


def site_logo(request: HttpRequest) -> str:
    return site().logo_url or static("img/logo.svg")


def favicon(request: HttpRequest) -> str:
    return static("img/favicon.svg")


def typeface(request: HttpRequest) -> str:
    return static("vendor/pretendard/pretendard.css")


def style_sheet(request: HttpRequest) -> str:
    return static("css/admin.css")


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The first page: what waits, then how the community goes."""
    figures = overview.figures()
    charts = [(figure, json.dumps(figure.chart, ensure_ascii=False)) for figure in figures]
    return {**context, "concerns": overview.concerns(), "figures": charts, "days": overview.DAYS}
