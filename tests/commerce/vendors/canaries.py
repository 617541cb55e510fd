"""A vendor that is not open, and why, are known to its staff and to operators alone."""

from commerce.vendors.models import VendorState
from tests.factories.members import a_member, a_team
from tests.factories.vendors import a_vendor
from tests.leak.world import World


def plant_public(world: World) -> None:
    """Two open vendors whose staff are the actors of the matrix."""
    world.vendor = a_vendor(world.actors["vendor_staff"], slug="open-shop", name="Open shop")
    world.other_vendor = a_vendor(world.actors["other_vendor_staff"], slug="other-shop", name="Other shop")
    world.route(vendor_slug=world.vendor.slug, username=world.actors["vendor_staff"].username)


def plant(world: World) -> None:
    team = a_team(a_member(), name=world.secret("name of a team that does not speak yet"), speaks=False)
    vendor = a_vendor(
        team=team,
        slug="hidden-shop",
        name=world.secret("name of an application"),
        legal_name=world.secret("legal name of an application"),
        introduction_html=world.secret("introduction of an application"),
        state=VendorState.REFUSED,
        decision_reason=world.secret("reason of a refusal"),
    )
    world.route(vendor_slug=vendor.slug, team_slug=team.slug)
