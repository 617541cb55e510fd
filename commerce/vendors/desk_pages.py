"""The desk's own pages: who the vendor is, who works there, and what members said and wait to hear."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from commerce.vendors import describing, hearing, trader
from commerce.vendors.desk import DeskForm, DeskPage, desk_site
from commerce.vendors.errors import NoSuchMember
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.reading import staff_of
from commerce.vendors.staffing import OWNERS
from community.boards.models import Topic
from community.complaints.models import Complaint
from community.ideas.models import Idea
from community.members import teaming
from community.members.models import Member, TeamMember
from community.reviews.models import Reply, Review
from community.reviews.replying import LONGEST_REPLY, reply_to_review

ALL_STATES = tuple(VendorState.values)
TALK = _("Members")


class VendorForm(DeskForm):
    class Meta:
        model = Vendor
        fields = ("name", "introduction", *trader.FIELDS)
        help_texts = {
            "name": _("What customers know you by."),
            "introduction": _("Who you are, what you make or sell, and what you promise. Markdown works."),
            **trader.EXPLAINED,
        }


@admin.register(Vendor, site=desk_site)
class VendorPage(DeskPage):
    """Who we are: what members see of the vendor, how its application stands, and the end of it."""

    states = ALL_STATES
    form = VendorForm
    icon = "store"
    list_display = ("name", "shown_state", "applied_at", "decided_at", "product_count")
    readonly_fields = ("state", "decision_reason", "applied_at", "decided_at")
    fieldsets = (
        (_("What members see"), {"fields": ("name", "introduction")}),
        (
            _("Trader data"),
            {
                "fields": trader.FIELDS,
                "description": _("The e-commerce act has a shop show these to everyone. Only owners change them."),
            },
        ),
        (_("Application"), {"fields": ("state", "decision_reason", "applied_at", "decided_at")}),
    )

    def rows_of(self, vendor: Vendor) -> QuerySet[Vendor]:
        return Vendor.objects.filter(pk=vendor.pk)

    def title(self) -> Any:
        return _("Who we are")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        place = self.place(request)
        return self.readonly_fields if place.role in OWNERS else (*self.readonly_fields, *trader.FIELDS)

    def save_model(self, request: HttpRequest, obj: Vendor, form: Any, change: bool) -> None:
        told = {name: form.cleaned_data[name] for name in form.changed_data}
        describing.describe(by=request.user, vendor=obj, **told)

    @display(description=_("state"), ordering="state", label={VendorState.APPROVED: "success", VendorState.SUSPENDED: "warning", VendorState.REFUSED: "danger"})  # fmt: skip
    def shown_state(self, vendor: Vendor) -> tuple[str, str]:
        return vendor.state, vendor.get_state_display()


class StaffForm(DeskForm):
    """A member by user name, and a role."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The member who is to work here."),
    )

    class Meta:
        model = TeamMember
        fields = ("role",)
        help_texts = {
            "role": _(
                "Clerks see orders and stock. Managers do everything but staff and payouts. Owners do everything."
            )
        }


class RoleForm(DeskForm):
    class Meta:
        model = TeamMember
        fields = ("role",)
        help_texts = StaffForm.Meta.help_texts


@admin.register(TeamMember, site=desk_site)
class StaffPage(DeskPage):
    """Who works here, and as what. Owners alone choose."""

    roles, states, icon = OWNERS, ALL_STATES, "badge"
    list_display = ("shown_member", "role", "since")
    list_select_related = ("member",)
    search_fields = ("member__username", "member__display_name")
    ordering = ("since", "pk")
    actions = ("let_go",)

    def rows_of(self, vendor: Vendor) -> QuerySet[TeamMember]:
        return staff_of(vendor)

    def title(self) -> Any:
        return _("Staff")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=RoleForm if obj else StaffForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("role",) if obj else ("username", "role")

    def save_model(self, request: HttpRequest, obj: TeamMember, form: Any, change: bool) -> None:
        member = obj.member if change else self._named(request, form.cleaned_data["username"])
        team = self.vendor(request).team
        row = teaming.put_member(by=request.user, team=team, member=member, role=form.cleaned_data["role"])  # type: ignore[arg-type]
        obj.pk, obj.team, obj.member = row.pk, team, member

    def _named(self, request: HttpRequest, username: str) -> Member:
        member = Member.objects.visible_to(request.user).named(username).first()
        if member is None:
            raise NoSuchMember(field="username")
        return member

    @admin.action(description=_("Let the chosen go"))
    def let_go(self, request: HttpRequest, chosen: QuerySet[TeamMember]) -> None:
        team = self.vendor(request).team
        self.each(
            request,
            chosen.select_related("member", "team"),
            lambda row: teaming.remove_member(by=request.user, team=team, member=row.member),  # type: ignore[arg-type]
        )

    @admin.display(description=_("member"), ordering="member__username")
    def shown_member(self, row: TeamMember) -> str:
        return row.member.shown_name


class RepliedFilter(admin.SimpleListFilter):
    """Whether the vendor's team answered."""

    title = _("answered")
    parameter_name = "replied"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Waits for an answer")), ("yes", _("Answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(replied=self.value() == "yes") if self.value() in {"yes", "no"} else queryset


class Heard(DeskPage):
    """What members said, by the eyes of the one who reads; who flagged it, and how to reach its author, is in no field."""

    section = TALK
    ordering: Any = ()
    list_filter: Any = (RepliedFilter,)

    def heard(self, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.heard(self.vendor(request), request.user).order_by(*self.ordering)


class AnswerForm(DeskForm):
    """A team's answer to a review."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_REPLY,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text=_("It stands below the review, in the name of your team. Thank, answer, say what you will do."),
    )

    class Meta:
        model = Review
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = Reply.objects.filter(review=self.instance, team=self.team).first() if self.instance.pk else None
        self.fields["answer"].initial = given.source if given else ""

    team: Any = None


@admin.register(Review, site=desk_site)
class ReviewPage(Heard):
    """Reviews of what we answer for; they are answered here."""

    icon = "star"
    form = AnswerForm
    list_display = ("subject", "rating", "shown_author", "published_at", "shown_replied")
    search_fields = ("source", "subject__name")
    ordering = ("-published_at", "-pk")
    readonly_fields = ("subject", "rating", "source", "shown_author", "published_at")
    fieldsets = ((None, {"fields": (*readonly_fields, "answer")}),)

    def heard(self, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
        return hearing.reviews(vendor, viewer)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.team = self.vendor(request).team
        return form

    def save_model(self, request: HttpRequest, obj: Review, form: Any, change: bool) -> None:
        team = self.vendor(request).team
        reply_to_review(by=request.user, review=obj, source=form.cleaned_data["answer"], team=team)

    @admin.display(description=_("written by"))
    def shown_author(self, review: Review) -> str:
        return review.shown_author

    @admin.display(description=_("answered"), boolean=True)
    def shown_replied(self, review: Any) -> bool:
        return review.replied


@admin.register(Topic, site=desk_site)
class QuestionPage(Heard):
    """Questions about what we answer for; "view on site" leads to where they are answered."""

    icon = "help"
    list_display = ("title", "shown_author", "created_at", "shown_replied")
    search_fields = ("title",)
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = ("title", "shown_author", "created_at")

    def heard(self, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
        return hearing.questions(vendor, viewer)

    def title(self) -> Any:
        return _("Questions")

    @admin.display(description=_("written by"))
    def shown_author(self, topic: Topic) -> str:
        return topic.author.shown_name if topic.author else ""

    @admin.display(description=_("answered"), boolean=True)
    def shown_replied(self, topic: Any) -> bool:
        return topic.replied


class OnTopic(Heard):
    """Ideas and complaints: what a topic's page adds to it."""

    search_fields = ("topic__title",)

    def view_on_site(self, obj: Any) -> str:
        return obj.topic.get_absolute_url()

    @admin.display(description=_("written by"))
    def shown_author(self, obj: Any) -> str:
        return obj.topic.author.shown_name if obj.topic.author else ""


@admin.register(Idea, site=desk_site)
class IdeaPage(OnTopic):
    """Ideas for what we answer for, the most wanted first."""

    icon = "lightbulb"
    list_display = ("topic", "status", "vote_count", "shown_author", "status_at")
    list_filter = ("status",)
    ordering = ("-vote_count", "-pk")
    fields = readonly_fields = ("topic", "status", "vote_count", "shown_author", "status_at")

    def heard(self, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
        return hearing.ideas(vendor, viewer)


@admin.register(Complaint, site=desk_site)
class ComplaintPage(OnTopic):
    """Complaints that our team owns, by their clocks."""

    icon = "support_agent"
    list_display = ("topic", "status", "due_at", "shown_late", "shown_author", "responded_at")
    list_filter = ("status",)
    ordering = ("due_at", "pk")
    fields = readonly_fields = ("topic", "status", "opened_at", "due_at", "shown_author", "responded_at")

    def heard(self, vendor: Vendor, viewer: Any) -> QuerySet[Any]:
        return hearing.complaints(vendor, viewer)

    @admin.display(description=_("late"), boolean=True)
    def shown_late(self, complaint: Complaint) -> bool:
        return complaint.late
