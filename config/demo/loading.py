"""Brings the demo community to life by the same acts that members use, on past days by the shifted clock."""

import contextlib
import random
from collections.abc import Iterator

from django.core.management import CommandError
from django.db import connection, transaction

from community.boards.answering import accept_answer
from community.boards.arranging import open_to_all, settle_board
from community.boards.models import Board, BoardCategory, Topic
from community.boards.publishing import publish_post, publish_topic
from community.ideas.voting import vote
from community.members import joining
from community.members.models import Member
from community.reactions.reacting import react
from community.reviews import digest
from community.reviews.models import Incentive, Review
from community.reviews.publishing import publish_review, rate
from community.reviews.replying import reply_to_review
from community.reviews.voting import vote_helpful
from community.reviews.vouching import disclose_incentive, vouch_for_purchase
from community.scorecards.listing import make_list
from community.scorecards.making import make_card
from community.scorecards.scoring import score_card
from community.subjects import scoring
from community.subjects.categories import place_category
from community.subjects.creating import create_subject
from community.subjects.models import Aspect, Category, Subject
from community.subjects.sampling import show_picture
from community.uploads.storing import store_upload
from config.demo import script
from config.demo.days import days_ago, later
from config.demo.pictures import picture
from config.demo.selling import DemoMarket
from config.demo_accounts import ACCOUNTS

DAYS = 62
MOST_HOURS = 5.0


class DemoCommunity:
    """Loads everything in one transaction: after a fault nothing is there."""

    def __init__(self) -> None:
        self.chance = random.Random(42)  # noqa: S311  (the same community every time)
        self.members: dict[str, Member] = {}
        self.subjects: dict[str, Subject] = {}
        self.boards: dict[str, Board] = {}
        self.likes: dict[str, int] = {}
        self.market = DemoMarket(self.members, self.subjects, self.likes)

    def load(self) -> None:
        """Raises CommandError where one of the demo's members is here already."""
        with transaction.atomic(), _without_savepoints():
            self._load()

    def _load(self) -> None:
        with days_ago(DAYS):
            self._people()
            self._categories()
            self._subjects()
            self._boards()
        self.market.open()
        self._reviews()
        self._ratings()
        self._topics()
        self._cards()
        self.market.answer()
        scoring.refresh_priors()
        for subject in Subject.objects.filter(review_count__gte=digest.FEWEST_REVIEWS):
            digest.compute(subject.pk)

    def _people(self) -> None:
        accounts = {account.username: account for account in ACCOUNTS}
        people = {person["username"]: person for person in script.table("people")}
        if Member.objects.filter(username__in=list(people)).exists():
            raise CommandError(
                "A member of the demo community is here already; start with an empty site.", returncode=2
            )
        for username, person in people.items():
            account = accounts.get(username)
            self.members[username] = joining.create(
                username=username,
                email=account.email if account else None,
                password=account.password if account else None,
                operator=bool(account and account.is_operator),
                trust_level=3,
                reserved_name=True,
                display_name=person["name"],
                language=person["language"],
                bio=person["bio"],
            )

    def _categories(self) -> None:
        for told in script.table("subjects")["categories"]:
            parent = Category.objects.get(slug=told["parent"])
            category = place_category(slug=told["slug"], name=told["name"], name_ko=told["name_ko"], parent=parent)
            for place, (slug, name, name_ko) in enumerate(told["aspects"]):
                Aspect.objects.create(category=category, slug=slug, name=name, name_ko=name_ko, position=place)

    def _subjects(self) -> None:
        categories = {category.slug: category for category in Category.objects.all()}
        for place, told in enumerate(script.table("subjects")["subjects"]):
            with later(minutes=place * 11):
                by, slug = self.members[told["by"]], told["slug"]
                subject = create_subject(
                    by=by, name=told["name"], kind=told["kind"], category=categories[told["category"]],
                    summary=told["summary"], slug=slug,
                )  # fmt: skip
                upload = store_upload(by=by, file=picture(slug, told["motif"]), name=f"{slug}.png", alt=told["name"])
                self.subjects[slug] = show_picture(by=by, subject=subject, upload_id=upload.pk)
            self.likes[slug] = told["likes"]

    def _boards(self) -> None:
        told = script.table("boards")
        headings = {
            one["slug"]: BoardCategory.objects.create(
                slug=one["slug"], name=one["name"], name_ko=one["name_ko"], position=place
            )
            for place, one in enumerate(told["headings"])
        }
        for place, one in enumerate(told["boards"]):
            board = Board.objects.create(
                slug=one["slug"], name=one["name"], name_ko=one["name_ko"], kind=one["kind"], position=place,
                category=headings[one["heading"]], description=one["description"],
                description_ko=one["description_ko"], customs=one.get("customs", ""),
            )  # fmt: skip
            open_to_all(board, post_level=one.get("post_level", 0))
            self.boards[board.slug] = settle_board(board=board)

    def _reviews(self) -> None:
        told = script.reviews()
        for place, one in enumerate(told):
            days = DAYS - 4 - place * (DAYS - 6) / len(told)
            with days_ago(days):
                review = publish_review(
                    by=self.members[one.author], subject=self.subjects[one.subject], rating=one.rating,
                    source=one.text, aspects=one.aspects,
                )  # fmt: skip
            for said in one.replies:
                with days_ago(days - said.hours / 24):
                    reply_to_review(by=self.members[said.author], review=review, source=said.text)
            with days_ago(1 + self.chance.random()):
                self._vote(review)
        bought = Review.objects.filter(author__username__in=("yuna", "oliver-b", "priya")).exclude(source="")
        for number, review in enumerate(bought.order_by("id")):
            vouch_for_purchase(review=review, proof=f"demo:{number}")
        sent = Review.objects.get(subject__slug="tall-stool", author__username="dohyun")
        disclose_incentive(review=sent, incentive=Incentive.PRODUCT, note="만든 곳에서 받은 제품이에요.")

    def _vote(self, review: Review) -> None:
        others = [member for member in self.members.values() if member.pk != review.author_id]
        for member in self.chance.sample(others, self.chance.choice((0, 0, 1, 2, 3, 6, 8))):
            vote_helpful(by=member, review=review, helpful=self.chance.random() < 0.85)

    def _ratings(self) -> None:
        """Ratings alone, around what people think of each subject."""
        said = set(Review.objects.values_list("subject", "author")) | self.market.answering()
        for slug, usual in self.likes.items():
            for username in self.chance.sample(sorted(self.members), self.chance.randint(3, 7)):
                if (self.subjects[slug].pk, self.members[username].pk) in said:
                    continue
                score = max(1, min(5, usual + self.chance.choice((-2, -1, -1, 0, 0, 0, 0, 1))))
                with days_ago(self.chance.uniform(1, DAYS - 5)):
                    rate(by=self.members[username], subject=self.subjects[slug], score=score, on_card=True)

    def _topics(self) -> None:
        for told in script.topics():
            with days_ago(told.days_ago):
                topic = self._open(told)
            step = min(MOST_HOURS, told.days_ago * 20 / (len(told.replies) + 1))
            for place, said in enumerate(told.replies, 1):
                with days_ago(told.days_ago - place * step / 24):
                    post = publish_post(by=self.members[said.author], topic=topic, body=said.text)
                    if said.accepted:
                        accept_answer(by=self.members[told.author], topic=topic, post=post)
            with days_ago(min(told.days_ago / 8, 3)):
                self._applaud(topic)

    def _open(self, told: script.Told) -> Topic:
        board = self.boards[told.board]
        first, _semicolon, second = (part.strip() for part in told.more.partition(";"))
        wom = board.kind == "word_of_mouth"
        return publish_topic(
            by=self.members[told.author],
            board=board,
            title=told.title,
            body=told.body.strip(),
            tags=told.tags,
            subjects=[self.subjects[slug] for slug in told.subjects],
            verdict=first if wom else "",
            for_whom=second if wom else "",
            data={"idea": {"stage": first}} if board.kind == "idea" else {},
        )

    def _applaud(self, topic: Topic) -> None:
        """Some like a post or two; ideas get votes."""
        for post in topic.posts.all():
            others = [member for member in self.members.values() if member.pk != post.author_id]
            for member in self.chance.sample(others, self.chance.choice((0, 0, 0, 1, 1, 3))):
                react(by=member, post_id=post.pk, kind=self.chance.choice(("like", "thanks", "agree")))
        if topic.board.kind == "idea":
            others = [member for member in self.members.values() if member.pk != topic.author_id]
            for member in self.chance.sample(others, self.chance.randint(2, 11)):
                vote(by=member, topic_id=topic.pk)

    def _cards(self) -> None:
        """A score card at the library and three ranked lists."""
        with days_ago(9):
            card = make_card(
                by=self.members["taeyang"], title="도서관 상영회: 올해의 영화",
                subjects=["the-long-spring", "night-bus-42", "the-cartographer"],
            )  # fmt: skip
        for username in ("sora-k", "jaeho", "eunji"):
            scores = {"the-long-spring": 5, "night-bus-42": self.chance.randint(3, 5)}
            with days_ago(self.chance.uniform(1, 8)):
                score_card(by=self.members[username], card=card, scores=scores)
        for username, title, slugs in (
            ("mina", "성수에서 하루를 보낸다면", ["golmok-noodles", "second-cup", "moonlight-bookshop", "old-railway"]),
            ("priya", "Kitchen things I would buy again", ["moru-pan", "dalbit-thermos", "bori-knife"]),
            ("taeyang", "비 오는 날의 목록", ["the-long-spring", "rain-playlist", "salt-and-paper", "hanji-lamp"]),
        ):
            with days_ago(self.chance.uniform(2, 20)):
                make_list(by=self.members[username], title=title, subjects=slugs)


@contextlib.contextmanager
def _without_savepoints() -> Iterator[None]:
    """Acts set savepoints, a third of all round trips; here every fault undoes the whole, so that none is needed."""
    usual, connection.features.uses_savepoints = connection.features.uses_savepoints, False
    try:
        yield
    finally:
        connection.features.uses_savepoints = usual
