"""Who works for which vendor: its team's members, by their roles."""

from collections.abc import Sequence
from typing import Any

from commerce.vendors.errors import Ambiguous, NoStaff, NotOpen
from commerce.vendors.models import Vendor, VendorState
from community.foundation.problems import NotThere
from community.members.models import TeamMember

OWNERS = (TeamMember.OWNER,)
MANAGERS = (TeamMember.OWNER, TeamMember.MANAGER)
EVERYONE = (TeamMember.OWNER, TeamMember.MANAGER, TeamMember.CLERK)
WORKING = (VendorState.APPROVED, VendorState.SUSPENDED)
"""States in which there is work: a suspended vendor sells nothing, but sends and answers for what it sold."""


def vendor_of(
    member: Any, slug: str | None = None, roles: Sequence[str] = (), *, states: Sequence[str] = WORKING
) -> Vendor:
    """The vendor that `member` acts for, in one of `roles` (none given: in any). Who works for several names it.

    Raises Ambiguous (400 `vendor_required`), NotThere for a vendor that the member may not see, NoStaff (403), and
    NotOpen (409) when the vendor is in none of `states`.
    """
    own = list(Vendor.objects.staffed_by(member, *roles).select_related("team"))
    if slug:
        own = [vendor for vendor in own if vendor.slug == slug]
    if not own:
        if slug and not Vendor.objects.visible_to(member).filter(slug=slug).exists():
            raise NotThere
        raise NoStaff
    at_work = [vendor for vendor in own if vendor.state in states]
    if not at_work:
        raise NotOpen
    if len(at_work) > 1:
        raise Ambiguous(field="vendor")
    return at_work[0]
