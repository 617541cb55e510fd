from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.vendors import trader
from commerce.vendors.forms import LENGTHS, OPTIONAL
from commerce.vendors.models import ReplyTime, Vendor
from community.foundation.rest import Body
from community.members.models import TeamMember


class VendorFilters(Body):
    q = serializers.CharField(required=False, max_length=80, help_text="Part of the name.")


class VendorReply(serializers.ModelSerializer):
    """A vendor; its slug is its name in addresses, `team` that of its team, which answers reviews and complaints."""

    id = serializers.CharField(read_only=True)
    team = serializers.CharField(source="team.slug")
    picture = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Vendor
        fields: Any = ("id", "slug", "name", "team", "picture", "product_count", "url")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, vendor: Vendor) -> str | None:
        return vendor.team.picture_url or None


class TraderReply(serializers.ModelSerializer):
    """What the e-commerce act has a trader tell."""

    class Meta:
        model = Vendor
        fields = trader.FIELDS


class ReplyTimeReply(serializers.ModelSerializer):
    """The median minutes to the first answer, of `answered` out of `asked` in 180 days."""

    class Meta:
        model = ReplyTime
        fields = ("kind", "median_minutes", "answered", "asked", "computed_at")


class VendorDetailReply(VendorReply):
    """With what the law asks for. `role` is one's own there; `reason` goes with a refusal, suspension or closing, and
    is told to its staff and to operators alone."""

    trader = TraderReply(source="*")
    reply_times = ReplyTimeReply(many=True)
    role = serializers.CharField(allow_null=True)
    reason = serializers.SerializerMethodField()

    class Meta(VendorReply.Meta):
        fields: Any = (
            *VendorReply.Meta.fields,
            "state",
            "introduction",
            "introduction_html",
            "trader",
            "reply_times",
            "role",
            "reason",
        )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_reason(self, vendor: Any) -> str | None:
        return (
            vendor.decision_reason
            if vendor.role or getattr(self.context["request"].user, "is_operator", False)
            else None
        )


def _told(required: bool) -> dict[str, serializers.Field]:
    """The trader data as fields of a body."""
    return {
        name: (serializers.EmailField if name == "email" else serializers.CharField)(
            max_length=LENGTHS[name],
            required=required and name not in OPTIONAL,
            allow_blank=name in OPTIONAL,
            help_text=str(trader.EXPLAINED[name]),
        )
        for name in trader.FIELDS
    }


class VendorChanges(Body):
    """What a vendor tells of itself: managers change name and introduction, owners everything."""

    name = serializers.CharField(max_length=80, required=False)
    introduction = serializers.CharField(max_length=4000, allow_blank=True, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), **_told(required=False)}


class VendorBody(Body):
    """An application to sell here."""

    slug = serializers.SlugField(max_length=60, allow_unicode=True)
    name = serializers.CharField(max_length=80)
    introduction = serializers.CharField(max_length=4000, allow_blank=True, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), **_told(required=True)}


class StaffBody(Body):
    member = serializers.CharField(max_length=60, help_text="User name.")
    role = serializers.ChoiceField(choices=[role for role, _label in TeamMember.ROLES])


class StaffReply(serializers.ModelSerializer):
    """Someone who works for a vendor."""

    member = serializers.CharField(source="member.username")

    class Meta:
        model = TeamMember
        fields = ("member", "role", "since")
