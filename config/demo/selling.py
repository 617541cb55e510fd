"""Opens the demo's market by the acts that vendors use: four vendors, what they sell, its pictures, prices and stock."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from commerce.catalog import downloading, offering, picturing, variants
from commerce.catalog.models import Attribute, Product, ProductKind, Variant
from commerce.changes.writing import publish_change
from commerce.specifications.defining import define
from commerce.stock import counting
from commerce.vendors import applying, deciding, replying
from commerce.vendors.models import Vendor
from community.boards.models import Topic
from community.ideas.answering import answer_idea
from community.members import teaming
from community.members.models import Member, TeamMember
from community.reviews.models import Review
from community.subjects.categories import place_category
from community.subjects.creating import create_subject
from community.subjects.models import Aspect, Category, Subject
from community.subjects.sampling import show_picture
from community.subjects.stewarding import appoint_steward
from community.uploads.models import Upload
from community.uploads.storing import store_upload
from config.demo import script
from config.demo.days import days_ago
from config.demo.drawing import product_picture

OPENED = 60
"""Days ago on which the market opened; the first products follow."""
TRADER = (
    "legal_name", "representative", "business_number", "mail_order_number", "address", "phone", "email",
)  # fmt: skip
Told = Mapping[str, Any]


class DemoMarket:
    """Sells among the members and subjects of the demo community; new subjects and how they are liked join those."""

    def __init__(self, members: Mapping[str, Member], subjects: dict[str, Subject], likes: dict[str, int]) -> None:
        self.members, self.subjects, self.likes = members, subjects, likes
        self.vendors: dict[str, Vendor] = {}
        self.sellers: dict[str, Member] = {}
        self.categories: dict[str, Category] = {}

    def open(self) -> None:
        """Vendors, shelves and products, each on the day on which it came."""
        with days_ago(OPENED):
            self._shelves()
            for slug, told in script.table("vendors").items():
                self._vendor(slug, told)
        products = [(slug, told) for slug in self.vendors for told in script.table(f"goods/{slug}")]
        for slug, told in sorted(products, key=lambda each: -each[1]["days"]):
            self._sell(slug, told)

    def answer(self) -> None:
        """What vendors said to ideas, and how long people waited for them."""
        for told in script.table("answers"):
            topic, by = Topic.objects.get(title=told["title"]), self.members[told["by"]]
            with days_ago(told["days_ago"]):
                answer_idea(by=by, topic_id=topic.pk, status=told["status"], answer=told["answer"])
        for told in script.table("changes"):
            self._change(told)
        for vendor in self.vendors.values():
            replying.refresh(vendor)

    def answering(self) -> set[tuple[Any, Any]]:
        """(subject, member) of those who answer for what they sell, and therefore do not rate it."""
        staff = TeamMember.objects.filter(team__stewardships__isnull=False)
        return set(staff.values_list("team__stewardships__subject", "member"))

    def _shelves(self) -> None:
        told = script.table("goods/shelves")
        for place, one in enumerate(told["categories"]):
            parent = Category.objects.get(slug=one["parent"])
            category = place_category(
                slug=one["slug"], name=one["name"], name_ko=one["name_ko"], parent=parent, position=place
            )
            for row, (slug, name, name_ko) in enumerate(one.get("aspects", ())):
                Aspect.objects.create(category=category, slug=slug, name=name, name_ko=name_ko, position=row)
        self.categories = {category.slug: category for category in Category.objects.all()}
        for place, (under, slug, name, name_ko, kind, *more) in enumerate(told["attributes"]):
            extra = {"unit": more[0]} if kind == "number" else {"choices": more[0] if more else []}
            Attribute.objects.create(
                category=self.categories[under], slug=slug, name=name, name_ko=name_ko, kind=kind, position=place,
                **extra,
            )  # fmt: skip

    def _vendor(self, slug: str, told: Told) -> None:
        (owner, *_roles), keeper = told["staff"], self.members["keeper"]
        trader = {name: told[name] for name in TRADER}
        vendor = applying.apply(
            by=self.members[owner], slug=slug, name=told["name"], introduction=told["introduction"], **trader
        )
        self.vendors[slug] = deciding.approve(by=keeper, vendor=vendor)
        self.sellers[slug] = self.members[owner]
        for username, role in list(told["staff"].items())[1:]:
            teaming.put_member(by=keeper, team=vendor.team, member=self.members[username], role=role)
        for subject in told["answers_for"]:
            appoint_steward(by=keeper, subject=self.subjects[subject], team=vendor.team)

    def _sell(self, seller: str, told: Told) -> None:
        by, vendor = self.sellers[seller], self.vendors[seller]
        with days_ago(told["days"]):
            subject, front = self._subject(by, told), self._upload(by, seller, told, told["colour"], told["alt"])
            if subject.picture_id is None:
                subject = self.subjects[subject.slug] = show_picture(by=by, subject=subject, upload_id=front.pk)
            product = offering.create_product(
                by=by, vendor=vendor, subject=subject, title=told["title"], slug=told["slug"],
                category=self.categories[told["category"]], kind=_kind(told), options=_options(told),
                attributes=told.get("attributes"), summary=told["summary"], source=told["text"],
                tax_rate=told.get("tax", 1000), warranty_months=told.get("warranty", 0),
            )  # fmt: skip
            picturing.add_picture(by=by, product=product, upload_id=front.pk, alt=told["alt"])
            rows = self._variants(by, product, told)
            self._more_pictures(by, seller, product, rows, told)
            self._made_or_kept(by, product, told)
            offering.list_product(by=by, product=product)
        self._prices(by, rows, told)

    def _subject(self, by: Member, told: Told) -> Subject:
        named = told["subject"]
        if isinstance(named, str):
            return self.subjects[named]
        slug, category = told["slug"], self.categories[told["category"]]
        self.likes[slug] = named["likes"]
        self.subjects[slug] = create_subject(
            by=by, name=named["name"], kind=named["kind"], category=category, summary=named["summary"], slug=slug
        )
        return self.subjects[slug]

    def _change(self, told: Told) -> None:
        """What changed on a product, because of whom."""
        product = Product.objects.get(slug=told["product"])
        reviews = Review.objects.filter(subject=product.subject_id, author__username__in=told["reviews"])
        sources = [("topic", topic.pk) for topic in Topic.objects.filter(title__in=told["ideas"])]
        sources += [("review", review.pk) for review in reviews.order_by("pk")]
        with days_ago(told["days_ago"]):
            publish_change(
                by=self.members[told["by"]], product=product, title=told["title"], source=told["text"], sources=sources
            )

    def _upload(self, by: Member, seller: str, told: Told, colour: str, alt: str) -> Upload:
        file = product_picture(seller, told["motif"], colour)
        return store_upload(by=by, file=file, name=f"{told['slug']}.png", alt=alt)

    def _variants(self, by: Member, product: Product, told: Told) -> list[tuple[Variant, int]]:
        """Each variant with the price that it has today; before, it cost what the first of `was` says."""
        number = len(told.get("options", ()))
        rows = told.get("variants") or [[told["price"], told.get("stock")]]
        before = told["was"][0][1] - rows[0][number] if "was" in told else 0
        made = []
        for place, (*values, price, stock) in enumerate(rows, 1):
            chosen = dict(zip(told.get("options", ()), values, strict=True))
            sku = f"{told['slug']}-{place:02}".upper()
            variant = variants.add(by=by, product=product, sku=sku, price=price + before, options=chosen)
            if stock is not None:
                counting.set_on_hand(by=by, variant=variant, on_hand=stock)
            if "refill_at" in told:
                counting.set_refill_at(by=by, variant=variant, refill_at=told["refill_at"])
            made.append((variant, price))
        return made

    def _more_pictures(
        self, by: Member, seller: str, product: Product, rows: list[tuple[Variant, int]], told: Told
    ) -> None:
        """One for each colour that looks otherwise: of its variant where the colour alone makes one."""
        for value, colour in told.get("looks", {}).items():
            alt = f"{told['alt']}, {value}"
            upload = self._upload(by, seller, told, colour, alt)
            alone = next((one for one, _price in rows if list(one.options.values()) == [value]), None)
            picturing.add_picture(by=by, product=product, upload_id=upload.pk, alt=alt, variant=alone)

    def _made_or_kept(self, by: Member, product: Product, told: Told) -> None:
        """What can be specified of it, or the files that its buyers get."""
        if "made" in told:
            define(by=by, product=product, **told["made"])
        for name in told.get("files", ()):
            file = io.BytesIO()
            Image.open(product_picture(product.vendor.slug, told["motif"], told["colour"])).save(file, "PDF")
            size = file.tell()
            file.seek(0)
            downloading.add_file(by=by, product=product, file=file, name=name, size=size)

    def _prices(self, by: Member, rows: list[tuple[Variant, int]], told: Told) -> None:
        """The former prices, one after the other, to the price of today."""
        if "was" not in told:
            return
        today = rows[0][1]
        for days, price in [*told["was"][1:], (told["changed"], today)]:
            with days_ago(days):
                for variant, own in rows:
                    variants.change_price(by=by, variant=variant, price=own + price - today)


def _kind(told: Told) -> str:
    return ProductKind.MADE_TO_ORDER if "made" in told else told.get("kind", ProductKind.GOODS)


def _options(told: Told) -> list[dict[str, Any]]:
    """The options with their values, in the order in which the variants name them."""
    return [
        {"name": name, "values": list(dict.fromkeys(row[place] for row in told["variants"]))}
        for place, name in enumerate(told.get("options", ()))
    ]
