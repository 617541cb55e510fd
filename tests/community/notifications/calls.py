"""Each operation of this app, called once."""

from tests.factories.members import a_member
from tests.factories.notifications import replied
from tests.rest.calls import Call, call


@call("notifications_list")
def _list() -> Call:
    member = a_member()
    replied(member, a_member())
    return Call(by=member)


@call("notifications_read")
def _read() -> Call:
    member = a_member()
    replied(member, a_member())
    return Call(by=member, body={"notifications": [str(member.notices.get().pk)]})


@call("notifications_settings_get")
def _settings_get() -> Call:
    return Call(by=a_member())


@call("notifications_settings_put")
def _settings_put() -> Call:
    body = {"switches": {"reply": {"letter": False}}, "quiet_from": "22:00", "quiet_until": "07:00", "rhythm": "daily"}
    return Call(by=a_member(), body=body)
