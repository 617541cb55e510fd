"""Each operation on points, called once for real."""

from tests.factories.members import a_member
from tests.factories.points import granted
from tests.rest.calls import Call, call


@call("points_retrieve")
def _():
    member = a_member()
    granted(member, 100)
    return Call(by=member)
