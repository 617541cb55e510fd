"""Operators look the ledger up. Nothing here can be changed: what was wrong is put right by another transaction."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from commerce import money
from commerce.ledger.models import POINT, Account, Entry, Lot, LotUse, Transaction
from community.foundation.operating import Between


def in_words(amount: int | None, unit: str) -> str:
    """An amount as operators read it: money by its currency, points with thousands."""
    if amount is None:
        return "—"
    return f"{amount:,} P" if unit == POINT else money.formatted(amount, currency=unit)


class ReadOnly:
    """Rows that acts alone write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OwnerFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, page: Any) -> list[tuple[str, Any]]:
        return [("member", _("members")), ("team", _("teams")), ("site", _("the site"))]

    def queryset(self, request: HttpRequest, rows: Any) -> Any:
        if self.value() == "site":
            return rows.filter(member=None, team=None)
        owner = self.value()
        return rows.exclude(**{owner: None}) if owner in ("member", "team") else rows


@admin.register(Account)
class AccountAdmin(ReadOnly, ModelAdmin):
    list_display = ("owner", "kind", "unit", "shown_balance", "created_at", "its_entries")
    list_select_related = ("member", "team")
    list_filter = (OwnerFilter, ("kind", ChoicesDropdownFilter), "unit")
    search_fields = ("member__username", "team__name", "team__slug")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    @display(description=_("owner"))
    def owner(self, account: Account) -> str:
        return str(account.member or account.team or _("the site"))

    @display(description=_("balance"), ordering="balance")
    def shown_balance(self, account: Account) -> str:
        return in_words(account.balance, account.unit)

    @display(description=_("entries"))
    def its_entries(self, account: Account) -> SafeString:
        address = f"{reverse('admin:commerce_ledger_entry_changelist')}?account__id__exact={account.pk}"
        return format_html('<a class="text-primary-600" href="{}">{}</a>', address, _("Entries"))


class EntryInline(ReadOnly, TabularInline):
    model = Entry
    extra = 0
    fields = readonly_fields = ("account", "shown_amount")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("account__member", "account__team").order_by("pk")

    @display(description=_("amount"))
    def shown_amount(self, entry: Entry) -> str:
        return in_words(entry.amount, entry.account.unit)


@admin.register(Transaction)
class TransactionAdmin(ReadOnly, ModelAdmin):
    list_display = ("kind", "key", "source_kind", "by", "note", "at")
    list_select_related = ("by",)
    list_filter = ("kind", "source_kind", ("at", Between))
    list_filter_submit = True
    search_fields = ("key", "note", "by__username")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    inlines = [EntryInline]


@admin.register(Entry)
class EntryAdmin(ReadOnly, ModelAdmin):
    list_display = ("transaction", "account", "shown_amount", "at")
    list_select_related = ("transaction", "account__member", "account__team")
    list_filter = (("account__kind", ChoicesDropdownFilter), "account__unit", ("transaction__at", Between))
    list_filter_submit = True
    search_fields = ("transaction__key", "account__member__username", "account__team__slug")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "account__id__exact" or super().lookup_allowed(lookup, value, request)

    @display(description=_("amount"), ordering="amount")
    def shown_amount(self, entry: Entry) -> str:
        return in_words(entry.amount, entry.account.unit)

    @display(description=_("at"), ordering="id")
    def at(self, entry: Entry) -> Any:
        return entry.transaction.at


class UseInline(ReadOnly, TabularInline):
    model = LotUse
    extra = 0
    fields = readonly_fields = ("entry", "amount", "returned", "renewed")


@admin.register(Lot)
class LotAdmin(ReadOnly, ModelAdmin):
    list_display = ("account", "amount", "remaining", "expires_at")
    list_select_related = ("account__member", "account__team")
    list_filter = (("expires_at", Between), ("expires_at", admin.EmptyFieldListFilter))
    list_filter_submit = True
    search_fields = ("account__member__username", "account__team__slug")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    inlines = [UseInline]
