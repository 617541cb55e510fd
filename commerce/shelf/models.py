"""What members own, and the invitations to say what they think of it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Order, OrderLine
from commerce.shelf.conf import LONGEST_NAME, LONGEST_NOTE, LONGEST_PLACE, LONGEST_TITLE
from community.foundation import clock
from community.foundation.ids import uuid7
from community.reviews.models import Review
from community.subjects.models import Subject

ABOUT = Coalesce("line__product__subject__merged_into", "line__product__subject", "subject__merged_into", "subject")
"""The key of the subject that a thing is about, after merges."""


class ThingQuerySet(models.QuerySet["Thing"]):
    def of(self, member: Any) -> "ThingQuerySet":
        """Everything on the member's shelf, hidden or given back too."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()

    def visible_to(self, member: Any) -> "ThingQuerySet":
        """One's own alone, as long as some of it was not given back. Nobody else reads what somebody owns."""
        return self.of(member).kept()

    def kept(self) -> "ThingQuerySet":
        """What is still there: not all of it was sent back."""
        return self.filter(Q(line=None) | Q(line__quantity__gt=F("line__cancelled") + F("line__returned")))

    def under_warranty(self, day: dt.date) -> "ThingQuerySet":
        return self.filter(warranty_until__gte=day)

    def unreviewed(self) -> "ThingQuerySet":
        """Of which its owner has said nothing yet, and can."""
        given = Review.objects.filter(author=OuterRef("member"), subject=OuterRef("about"), removed_at=None)
        there = Subject.objects.filter(pk=OuterRef("about"), hidden_at=None)
        return self.annotate(about=ABOUT).filter(Exists(there), ~Exists(given))


class Thing(models.Model):
    """Something that a member owns: a line of an order that arrived, or what they told by hand.

    `name` and `note` are the owner's own words. Of a line, title, price and seller are read from it; told by hand, they
    stand here. `since` is when it arrived, or was bought.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="things", verbose_name=_("member")
    )
    line = models.OneToOneField(
        OrderLine, models.PROTECT, null=True, related_name="thing", verbose_name=_("line of an order")
    )
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("what it is"))
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    bought_from = models.CharField(_("bought from"), max_length=LONGEST_PLACE, blank=True)
    price = models.BigIntegerField(_("price"), null=True)
    since = models.DateTimeField(_("owned since"))
    warranty_until = models.DateField(_("warranty until"), null=True)
    name = models.CharField(_("name of one's own"), max_length=LONGEST_NAME, blank=True)
    note = models.CharField(_("note of one's own"), max_length=LONGEST_NOTE, blank=True)
    hidden = models.BooleanField(_("hidden"), default=False)

    objects = ThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing on a shelf")
        verbose_name_plural = _("things on shelves")
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, title="", bought_from="", price=None, subject=None)
                | (Q(line=None) & ~Q(title="")),
                name="shelf_bought_here_or_told_by_hand",
            ),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="shelf_price_not_negative"),
        ]
        indexes = [
            models.Index(fields=["member", "-since", "-id"], name="shelf_of_member"),
        ]

    def __str__(self) -> str:
        return self.name or self.title or str(self.line_id)

    @property
    def by_hand(self) -> bool:
        return self.line_id is None


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, member: Any) -> "InvitationQuerySet":
        """One's own, once they were told."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self.filter(order__purchase__member=member, told_at__isnull=False)

    def due(self, moment: dt.datetime) -> "InvitationQuerySet":
        return self.filter(due_at__lte=moment, told_at=None, dropped_at=None)


class Invitation(models.Model):
    """That a buyer is asked for a review, once an order. `title` is what was asked about, when it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="review_invitation", verbose_name=_("order"))
    due_at = models.DateTimeField(_("to be asked"))
    told_at = models.DateTimeField(_("buyer asked"), null=True)
    dropped_at = models.DateTimeField(_("not asked any more"), null=True)
    title = models.CharField(_("asked about"), max_length=LONGEST_TITLE, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a review")
        verbose_name_plural = _("invitations to reviews")
        constraints = [
            models.CheckConstraint(condition=Q(told_at=None) | Q(dropped_at=None), name="shelf_asked_or_not_asked")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(told_at=None, dropped_at=None), name="shelf_invitations_due")
        ]

    def __str__(self) -> str:
        return self.title or str(self.order_id)
