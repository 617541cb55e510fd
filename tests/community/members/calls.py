"""One real call of each operation of this app."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from community.members import following, ignoring, tokens
from community.members.models import DataExport
from tests.factories.members import a_member, a_team
from tests.rest.calls import Call, call


@call("members_me")
def _():
    return Call(by=a_member())


@call("members_me_change")
def _():
    body = {"username": "mina-of-the-hill", "display_name": "Mina", "bio": "Bread.", "language": "ko"}
    return Call(by=a_member(), body={**body, "time_zone": "Asia/Seoul", "profile_open": True})


@call("members_read")
def _():
    return Call(kwargs={"username": a_member("mina").username})


@call("members_follow")
def _():
    return Call(by=a_member(), kwargs={"username": a_member("mina").username})


@call("members_unfollow")
def _():
    reader, author = a_member(), a_member("mina")
    following.follow(by=reader, member=author)
    return Call(by=reader, kwargs={"username": "mina"})


@call("members_ignore")
def _():
    return Call(by=a_member(), kwargs={"username": a_member("mina").username})


@call("members_unignore")
def _():
    reader, author = a_member(), a_member("mina")
    ignoring.ignore(by=reader, member=author)
    return Call(by=reader, kwargs={"username": "mina"})


@call("members_me_exports")
def _():
    member = a_member()
    DataExport.objects.create(member=member)
    return Call(by=member)


@call("members_me_export")
def _():
    return Call(by=a_member())


@call("members_me_export_read")
def _():
    member = a_member()
    return Call(by=member, kwargs={"export_id": DataExport.objects.create(member=member).pk})


@call("members_me_export_file")
def _():
    member = a_member()
    file = default_storage.save("exports/a.zip", ContentFile(b"PK"))
    row = DataExport.objects.create(member=member, state=DataExport.READY, file=file, size=2)
    return Call(by=member, kwargs={"export_id": row.pk})


@call("members_me_erasure")
def _():
    member = a_member("mina")
    return Call(by=member, body={"username": "mina"})


@call("tokens_list")
def _():
    member = a_member()
    tokens.create_token(by=member, name="till", scopes=["read"])
    return Call(by=member)


@call("tokens_create")
def _():
    return Call(by=a_member(), body={"name": "till", "scopes": ["read", "write"]})


@call("tokens_delete")
def _():
    member = a_member()
    made = tokens.create_token(by=member, name="till", scopes=["read"])
    return Call(by=member, kwargs={"token_id": made.personal.pk})


@call("teams_list")
def _():
    a_team(a_member(), slug="bakers")
    return Call()


@call("teams_read")
def _():
    return Call(kwargs={"team_slug": a_team(a_member(), slug="bakers").slug})
