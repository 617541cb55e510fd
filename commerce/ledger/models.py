"""Double entry (rule 2.6): accounts, transactions whose legs sum to zero, and lots that remember where units came from."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock
from community.foundation.ids import uuid7

POINT = "PNT"
"""The unit of points; every other unit is an ISO 4217 code, in smallest units."""


class AccountKind(models.TextChoices):
    """What an account is for. `OWNED` ones have an owner and a balance of their own, which is never negative, but for
    DEBT: what its owner has to give back stands there below zero. The others belong to the site, are only appended to
    and summed by night, so that nobody queues for them."""

    AVAILABLE = "available", pgettext_lazy("of points and money", "Available")
    PENDING = "pending", _("Pending")
    RESERVED = "reserved", _("Reserved")
    PAYABLE = "payable", _("To be paid out")
    DEBT = "debt", _("Owed back")
    ISSUED = "issued", _("Issued")
    REDEEMED = "redeemed", _("Redeemed")
    EXPIRED = "expired", _("Expired")
    CASH = "cash", _("At the payment provider")
    PAID_OUT = "paid_out", _("Paid out")
    COMMISSION = "commission", _("Commission")
    PROMOTION = "promotion", _("Promotions paid by the site")
    ROUNDING = "rounding", _("Rounding")


OWNED = (AccountKind.AVAILABLE, AccountKind.PENDING, AccountKind.RESERVED, AccountKind.PAYABLE, AccountKind.DEBT)


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, member: Any) -> "AccountQuerySet":
        """One's own accounts and those of teams one speaks for; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        return self.filter(Q(member=member) | Q(team__memberships__member=member)).distinct()


class Account(models.Model):
    """Units of one kind that a member, a team or the site (neither) holds.

    `balance` of an owned account is kept by `posting` and equals the sum of its entries; the site's stay null.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="ledger_accounts", verbose_name=_("member")
    )
    team = models.ForeignKey(
        "community_members.Team", models.PROTECT, null=True, related_name="ledger_accounts", verbose_name=_("team")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=AccountKind)
    unit = models.CharField(_("unit"), max_length=3)
    balance = models.BigIntegerField(_("balance"), null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "team", "kind", "unit"], nulls_distinct=False, name="ledger_account_once_an_owner"
            ),
            models.CheckConstraint(condition=Q(member=None) | Q(team=None), name="ledger_account_one_owner"),
            models.CheckConstraint(
                condition=Q(member=None, team=None, balance=None)
                | (~Q(member=None, team=None) & Q(balance__isnull=False)),
                name="ledger_account_balance_where_owned",
            ),
            models.CheckConstraint(
                condition=Q(balance=None) | Q(kind="debt") | Q(balance__gte=0), name="ledger_balance_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(balance=None) | ~Q(kind="debt") | Q(balance__lte=0), name="ledger_debt_never_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.team or '—'} · {self.get_kind_display()} · {self.unit}"


class Transaction(models.Model):
    """One thing that happened: its entries sum to zero in each unit, which a deferred trigger holds. Never changed.

    `key` makes a repeat harmless: the same key is the same transaction. (source_kind, source_id) names what caused it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("what happened"), max_length=40)
    key = models.CharField(_("key"), max_length=160, unique=True)
    source_kind = models.CharField(_("cause"), max_length=40, blank=True)
    source_id = models.UUIDField(_("key of the cause"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("transaction")
        verbose_name_plural = _("transactions")
        indexes = [models.Index(fields=["source_kind", "source_id"], name="ledger_by_source")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.key}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, member: Any) -> "EntryQuerySet":
        """The entries of the accounts that `member` may see."""
        return self.filter(account__in=Account.objects.visible_to(member))


class Entry(models.Model):
    """A signed amount on one account. A trigger refuses any change or removal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="entries", verbose_name=_("transaction"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name=_("account"))
    amount = models.BigIntegerField(_("amount"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_moves_something")]
        indexes = [models.Index(fields=["account", "id"], name="ledger_entries_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount:+d}"


class LotQuerySet(models.QuerySet["Lot"]):
    def spendable(self, at: dt.datetime) -> "LotQuerySet":
        """What is left and has not expired, in the order in which it is spent: first expiring, then by key."""
        alive = Q(expires_at=None) | Q(expires_at__gt=at)
        return self.filter(alive, remaining__gt=0).order_by(F("expires_at").asc(nulls_last=True), "pk")

    def expired(self, at: dt.datetime) -> "LotQuerySet":
        """What is left of lots whose time is over, until the job has taken it."""
        return self.filter(expires_at__lte=at, remaining__gt=0)


class Lot(models.Model):
    """Units that came in together and expire together: first expiring, first spent, then by key (rule 2.6)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="lots", verbose_name=_("account"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lots", verbose_name=_("entry"))
    amount = models.BigIntegerField(_("amount"))
    remaining = models.BigIntegerField(_("remaining"))
    expires_at = models.DateTimeField(_("expires"), null=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_lot_holds_something"),
            models.CheckConstraint(
                condition=Q(remaining__gte=0, remaining__lte=F("amount")), name="ledger_lot_remaining_within_amount"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "expires_at", "id"], condition=Q(remaining__gt=0), name="ledger_lots_to_spend"
            ),
            models.Index(fields=["expires_at"], condition=Q(remaining__gt=0), name="ledger_lots_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.remaining}/{self.amount}"


class LotUse(models.Model):
    """How much of a lot an entry took, and how much of that came back: what makes an exact return possible.

    `returned` came back into the lot, `renewed` as a lot of its own, since this one had expired by then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="uses", verbose_name=_("lot"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lot_uses", verbose_name=_("entry"))
    amount = models.BigIntegerField(_("amount"))
    returned = models.BigIntegerField(_("returned"), default=0)
    renewed = models.BigIntegerField(_("returned as a new lot"), default=0)

    class Meta:
        verbose_name = _("use of a lot")
        verbose_name_plural = _("uses of lots")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_use_takes_something"),
            models.CheckConstraint(
                condition=Q(returned__gte=0, renewed__gte=0, amount__gte=F("returned") + F("renewed")),
                name="ledger_use_returned_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.lot_id}"
