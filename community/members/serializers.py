"""Members, teams, tokens and exports as clients see them."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.members import names
from community.members.models import DataExport, Member, PersonalToken, Team, TeamMember


class MemberReply(serializers.ModelSerializer):
    """A member as others see them."""

    id = serializers.CharField(read_only=True)
    shown_name = serializers.CharField(read_only=True)
    picture = serializers.SerializerMethodField(help_text="Address of a square picture, 96 pixels wide.")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Member
        fields: Any = (
            "id", "username", "shown_name", "display_name", "bio", "picture", "url", "trust_level", "is_operator",
            "follower_count", "following_count", "joined_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, member: Member) -> str | None:
        return member.picture_url or None


class MemberDetailReply(MemberReply):
    """With what the asker has to do with them; false for guests."""

    followed = serializers.SerializerMethodField()
    ignored = serializers.SerializerMethodField()

    class Meta(MemberReply.Meta):
        fields: Any = (*MemberReply.Meta.fields, "followed", "ignored")

    @extend_schema_field(bool)
    def get_followed(self, member: Member) -> bool:
        viewer = self.context["view"].viewer
        return viewer.is_authenticated and member.followers.filter(follower_id=viewer.pk).exists()

    @extend_schema_field(bool)
    def get_ignored(self, member: Member) -> bool:
        viewer = self.context["view"].viewer
        return viewer.is_authenticated and member.ignored_by.filter(member_id=viewer.pk).exists()


class MeReply(MemberReply):
    """Oneself, with what only oneself may know."""

    class Meta(MemberReply.Meta):
        fields: Any = (
            *MemberReply.Meta.fields, "email", "language", "time_zone", "profile_open", "is_moderator",
            "silenced_until", "suspended_until",
        )  # fmt: skip


class MeBody(Body):
    """What one may change; what is left out stays."""

    username = serializers.CharField(required=False, max_length=60)
    display_name = serializers.CharField(required=False, max_length=50, allow_blank=True)
    bio = serializers.CharField(required=False, max_length=500, allow_blank=True)
    language = serializers.ChoiceField(
        required=False, choices=[code for code, _name in settings.LANGUAGES], allow_blank=True
    )
    time_zone = serializers.CharField(required=False, max_length=50, allow_blank=True)
    profile_open = serializers.BooleanField(required=False)


class RoleReply(serializers.ModelSerializer):
    username = serializers.CharField(source="member.username")
    shown_name = serializers.CharField(source="member.shown_name")

    class Meta:
        model = TeamMember
        fields: Any = ("username", "shown_name", "role")


class TeamReply(serializers.ModelSerializer):
    """A team; its slug is its name in addresses."""

    id = serializers.CharField(read_only=True)
    picture = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Team
        fields: Any = ("id", "slug", "name", "about", "picture", "url")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, team: Team) -> str | None:
        return team.picture_url or None


class TeamDetailReply(TeamReply):
    members = RoleReply(source="shown_memberships", many=True)

    class Meta(TeamReply.Meta):
        fields: Any = (*TeamReply.Meta.fields, "members")


class TokenReply(serializers.ModelSerializer):
    """A personal token without its secret."""

    id = serializers.CharField(read_only=True)
    scopes = serializers.SerializerMethodField()
    expires_at = serializers.DateTimeField(source="access_token.expires")

    class Meta:
        model = PersonalToken
        fields: Any = ("id", "name", "scopes", "ending", "created_at", "last_used_at", "expires_at")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_scopes(self, row: PersonalToken) -> list[str]:
        return row.access_token.scope.split()


class NewTokenReply(TokenReply):
    """With the secret, this once; a repeated request by Idempotency-Key gets null."""

    token = serializers.CharField(allow_null=True, source="secret")

    class Meta(TokenReply.Meta):
        fields: Any = (*TokenReply.Meta.fields, "token")


class TokenBody(Body):
    name = serializers.CharField(max_length=60)
    scopes = serializers.ListField(child=serializers.CharField(max_length=30), min_length=1, max_length=10)


class ExportReply(serializers.ModelSerializer):
    """An archive of everything about oneself; `download` is there once it is ready."""

    id = serializers.CharField(read_only=True)
    download = serializers.SerializerMethodField()

    class Meta:
        model = DataExport
        fields: Any = ("id", "state", "size", "asked_at", "ready_at", "download")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_download(self, row: DataExport) -> str | None:
        if row.state != DataExport.READY:
            return None
        return self.context["request"].build_absolute_uri(f"/api/v1/members/me/export/{row.pk}/file/")


class ErasureBody(Body):
    """One's own user name, so that no slip erases an account, and for a log-in the password, so that none who finds a
    browser open does."""

    username = serializers.CharField(required=False, max_length=names.LONGEST)
    password = serializers.CharField(
        required=False,
        max_length=500,
        trim_whitespace=False,
        help_text="For a session, unless the member has none; a personal token needs none.",
    )


class ErasureReply(serializers.Serializer):
    """The account is closed; the worker empties it."""

    state = serializers.SerializerMethodField()
    asked_at = serializers.DateTimeField(source="leaving_at")

    @extend_schema_field(serializers.ChoiceField(choices=["erasing"]))
    def get_state(self, member: Member) -> str:
        return "erasing"
