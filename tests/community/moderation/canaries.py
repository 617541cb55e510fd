"""What of cases, flags, decisions and sanctions not everyone may see."""

from community.moderation.appealing import appeal
from community.moderation.deciding import decide
from community.moderation.flagging import flag
from community.moderation.sanctioning import sanction
from tests.factories.boards import a_post
from tests.factories.members import a_member, an_operator
from tests.leak.world import World


def plant_public(world: World) -> None:
    """A flag that everyone may raise, and an open post for one that someone raised."""
    world.flagged_post = a_post(world.public_topic, by=world.author)
    world.sanction = sanction(by=an_operator(), member=a_member(), kind="warning", reason="Mind your words.")
    world.route(kind="post", target_id=a_post(world.public_topic, by=world.author).pk)


def plant(world: World) -> None:
    operator, reporter = an_operator(), a_member(display_name=world.secret("name of who flagged").split()[1])
    post = a_post(world.private_topic, by=world.author, body=world.secret("flagged words"))
    world.route(target_id=post.pk)
    note = world.secret("note of a flag")
    open_case = flag(by=operator, kind="post", target_id=post.pk, reason="spam", note=note).case
    reported = flag(by=reporter, kind="post", target_id=world.flagged_post.pk, reason="abuse").case
    world.route(case_id=reported.pk)
    hidden = a_post(world.private_topic, by=world.author, body=world.secret("hidden words"))
    case = flag(by=operator, kind="post", target_id=hidden.pk, reason="spam").case
    decision = decide(by=operator, case_id=case.pk, outcome="hidden", reason=world.secret("reason on a private board"))
    made = appeal(by=world.author, decision_id=decision.pk, text=world.secret("answer of an author"))
    world.route(case_id=open_case.pk, decision_id=decision.pk, sanction_id=world.sanction.pk, appeal_id=made.pk)
    world.route(case_id=case.pk)
