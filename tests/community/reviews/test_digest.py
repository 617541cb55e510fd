"""The digest: sentences that people wrote, n of N, never from removed or rewarded reviews."""

import pytest

from community.reviews import digest
from community.reviews.models import DigestLine, Incentive
from community.reviews.removing import remove_review
from community.reviews.vouching import disclose_incentive
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db

SAID = [
    "뚜껑이 꽉 닫혀서 좋아요. 여행에 가져갔어요.",
    "뚜껑이 잘 닫히고 가벼워요.",
    "뚜껑 고무가 금방 헐거워졌어요.",
    "색깔이 사진보다 어두워요.",
    "보온이 오래가요. 아침에 담은 물이 저녁에도 따뜻해요.",
    "보온이 정말 좋아요.",
    "보온 하나는 최고예요. 설거지는 어려워요.",
    "그냥 그래요.",
]


def reviewed():
    subject = a_subject("보온병")
    return subject, [a_review(subject, body=text, rating=4) for text in SAID]


def test_a_line_names_a_word_that_many_use_with_how_many_of_how_many() -> None:
    subject, _reviews = reviewed()
    digest.compute(subject.pk)
    lines = digest.lines_of(subject, None)
    assert {(line.term, line.number, line.total) for line in lines} == {("뚜껑", 3, 8), ("보온", 3, 8)}
    everything = " ".join(SAID)
    assert all(line.quote in everything and line.quote in line.quoted.source for line in lines)
    assert all(line.mean == 4 for line in lines)


def test_too_few_reviews_make_no_digest() -> None:
    subject = a_subject()
    for text in SAID[:4]:
        a_review(subject, body=text)
    assert digest.compute(subject.pk) == 0


def test_a_removed_review_leaves_the_digest_in_the_same_transaction() -> None:
    subject, reviews = reviewed()
    digest.compute(subject.pk)
    quoted = DigestLine.objects.get(term="뚜껑").quoted
    remove_review(target=quoted, by=an_operator(), reason="spam")
    assert [line.term for line in digest.lines_of(subject, None)] == ["보온"]
    assert quoted.source not in logged_in(None).get(f"/subjects/{subject.slug}/").content.decode()
    digest.compute(subject.pk)
    assert [line.term for line in digest.lines_of(subject, None)] == ["보온"]
    assert len(reviews) == 8


def test_a_removed_witness_lowers_the_number() -> None:
    subject, _reviews = reviewed()
    digest.compute(subject.pk)
    line = DigestLine.objects.get(term="보온")
    witness = line.evidence.exclude(review=line.quoted).first().review
    remove_review(target=witness, by=an_operator())
    shown = next(one for one in digest.lines_of(subject, None) if one.term == "보온")
    assert (shown.number, shown.total) == (2, 7)


def test_a_rewarded_review_takes_no_part() -> None:
    subject, _reviews = reviewed()
    digest.compute(subject.pk)
    quoted = DigestLine.objects.get(term="보온").quoted
    disclose_incentive(review=quoted, incentive=Incentive.PRODUCT, note="sent by the maker")
    assert [line.term for line in digest.lines_of(subject, None)] == ["뚜껑"]
    digest.compute(subject.pk)
    assert quoted.pk not in set(DigestLine.objects.values_list("quoted", flat=True))


def test_a_line_of_someone_ignored_is_not_shown() -> None:
    subject, _reviews = reviewed()
    digest.compute(subject.pk)
    reader = a_member()
    quoted = DigestLine.objects.get(term="뚜껑").quoted
    reader.__dict__["_ignored_ids"] = frozenset({quoted.author_id})
    assert [line.term for line in digest.lines_of(subject, reader)] == ["보온"]


def test_reviews_renew_the_digest_by_the_worker(relay) -> None:
    subject, _reviews = reviewed()
    relay()
    assert DigestLine.objects.filter(subject=subject).count() == 2
