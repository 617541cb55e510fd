"""The import: everything that can be taken goes in once, the rest is named with its reason."""

import csv
import datetime as dt
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from community.foundation import counters
from community.members.models import Member
from community.reviews.importing import running
from community.reviews.importing.storing import store
from community.reviews.models import Review, ReviewRevision
from community.subjects.models import Subject

pytestmark = pytest.mark.django_db
TODAY = dt.datetime.now(dt.UTC).date()


def row(number: int, **said: object) -> dict[str, object]:
    told = {"subject": "movie-1", "author": "dino****", "rating": 7, "date": "2015-08-27", "text": f"좋아요 {number}"}
    return {**told, "external_id": f"x-{number}", **said}


def written(tmp_path: Path, *lines: object, name: str = "in.jsonl") -> Path:
    file = tmp_path / name
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    data = text.encode("utf-8", "surrogatepass") + b"\n"
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return file


def run(file: Path, tmp_path: Path, **options: object) -> tuple[str, int, list[list[str]]]:
    out, refused, code = StringIO(), tmp_path / "refused.csv", 0
    try:
        call_command("import_reviews", str(file), refused=refused, stdout=out, **options)
    except SystemExit as end:
        code = int(end.code or 0)
    with refused.open(encoding="utf-8") as paper:
        rows = list(csv.reader(paper))[1:]
    return out.getvalue().strip().splitlines()[-1], code, rows


def test_the_same_masked_name_is_one_person_a_row_and_scores_are_halved_upwards(tmp_path) -> None:
    lines = [row(1, rating=1), row(2, rating=2), row(3, rating=7), row(4, rating=10)]
    last, code, _rows = run(written(tmp_path, *lines, name="in.jsonl.gz"), tmp_path)
    assert last == f"imported 4, updated 0, refused 0 → {tmp_path / 'refused.csv'}"
    assert code == 0
    assert list(Review.objects.order_by("external_id").values_list("rating", flat=True)) == [1, 1, 4, 5]
    assert set(Review.objects.values_list("author", "author_name")) == {(None, "dino****")}
    assert not Member.objects.exists()
    subject = Subject.objects.get(slug="movie-1")
    assert (subject.rating_count, subject.rating_sum, subject.review_count) == (4, 11, 4)
    assert Review.objects.get(external_id="x-1").published_at == dt.datetime(2015, 8, 27, tzinfo=dt.UTC)
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []


def test_a_second_run_changes_nothing_and_a_changed_row_keeps_its_history(tmp_path) -> None:
    run(written(tmp_path, row(1), row(2)), tmp_path)
    last, _code, _rows = run(written(tmp_path, row(1), row(2)), tmp_path)
    assert last.startswith("imported 0, updated 0, refused 0")
    last, _code, _rows = run(written(tmp_path, row(1, text="다시 보니 별로", rating=3), row(2), row(3)), tmp_path)
    assert last.startswith("imported 1, updated 1, refused 0")
    assert [(old.source, old.rating) for old in ReviewRevision.objects.all()] == [("좋아요 1", 4)]
    assert Review.objects.get(external_id="x-1").rating == 2
    subject = Subject.objects.get(slug="movie-1")
    assert (subject.rating_count, subject.rating_sum) == (3, 10)


def test_what_cannot_be_taken_is_named_with_line_and_reason_and_the_rest_goes_in(tmp_path) -> None:
    bad = [
        '{"subject": "movie-1", "author":',
        '["a", "list"]',
        {key: value for key, value in row(3).items() if key != "subject"},
        row(4, rating=11),
        row(5, rating="8.5"),
        row(6, date="27.08.2015"),
        row(7, date="2015-02-30"),
        row(8, text="가" * 20_001),
        row(9, text="bell \u0007"),
        row(10, text="null \u0000"),
        row(11, subject="no/slash"),
        row(12, rating=True),
        '{"subject": "movie-1", "text": "' + "가" * 400_000 + '"}',
        row(14, date=str(TODAY + dt.timedelta(days=40))),
    ]
    last, code, rows = run(written(tmp_path, row(100), *bad, row(101)), tmp_path)
    assert last.startswith("imported 2, updated 0, refused 14")
    assert code == 3
    assert [int(line) for line, _reason in rows] == list(range(2, 16))
    assert all(reason for _line, reason in rows)
    assert set(Review.objects.values_list("external_id", flat=True)) == {"x-100", "x-101"}


def test_a_line_without_end_is_passed_over_without_being_held(tmp_path, monkeypatch) -> None:
    file = tmp_path / "in.jsonl"
    with file.open("wb") as paper:
        paper.write(json.dumps(row(1)).encode() + b"\n")
        for _nth in range(64):
            paper.write(b"x" * 1_000_000)
        paper.write(b"\n" + json.dumps(row(2)).encode())
    last, code, rows = run(file, tmp_path)
    assert (last[:34], code, [line for line, _reason in rows]) == ("imported 2, updated 0, refused 1 →", 3, ["2"])


def test_ratings_of_members_by_csv_with_titles(tmp_path) -> None:
    titles = written(
        tmp_path, "subject,title,authors,year", 'book-1,"The Hunger Games (#1)",Suzanne Collins,2008', name="titles.csv"
    )
    file = written(tmp_path, "member,subject,score", "reader-1,book-1,1", "reader-2,book-1,5", name="ratings.csv")
    last, code, _rows = run(file, tmp_path, titles=titles)
    assert (last[:22], code) == ("imported 2, updated 0,", 0)
    subject = Subject.objects.get(slug="book-1")
    assert (subject.name, subject.facts["authors"], subject.category.slug) == (
        "The Hunger Games (#1)", "Suzanne Collins", "books",
    )  # fmt: skip
    assert (subject.rating_count, subject.review_count) == (2, 0)
    reader = Member.objects.get(username="reader-1")
    assert not reader.has_usable_password()
    assert Review.objects.get(author=reader).published_at.date() == TODAY
    again, _code, _rows = run(file, tmp_path, titles=titles)
    assert again.startswith("imported 0, updated 0, refused 0")


def test_authors_as_members_are_one_member_a_name_and_a_second_review_of_theirs_is_refused(tmp_path) -> None:
    file = written(tmp_path, row(1), row(2), row(3, subject="movie-2"), row(4, author="mina"))
    last, code, rows = run(file, tmp_path, authors_are_members=True)
    assert (last[:34], code) == ("imported 3, updated 0, refused 1 →", 3)
    assert rows[0][0] == "2"
    assert {member.shown_name for member in Member.objects.all()} == {"dino****", "mina"}


def test_killed_half_way_it_is_simply_run_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    batches = []

    def dying(rows, catalogue):
        if len(batches) == 2:
            raise KeyboardInterrupt
        batches.append(rows)
        return store(rows, catalogue)

    file = written(tmp_path, *[row(number) for number in range(7)])
    with monkeypatch.context() as patch:
        patch.setattr(running, "store", dying)
        with pytest.raises(KeyboardInterrupt):
            run(file, tmp_path)
    assert Review.objects.count() == 4
    last, _code, _rows = run(file, tmp_path)
    assert last.startswith("imported 3, updated 0, refused 0")
    assert Review.objects.count() == 7
    assert Subject.objects.get(slug="movie-1").rating_count == 7


@pytest.mark.parametrize("content", [b"\x1f\x8bbroken", b"member,score\nx,1\n"])
def test_a_file_that_is_none_ends_with_a_sentence(tmp_path, content: bytes) -> None:
    file = tmp_path / "in"
    file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run(file, tmp_path)
    assert error.value.returncode == 2


def test_what_moderators_removed_stays_removed(tmp_path) -> None:
    run(written(tmp_path, row(1)), tmp_path)
    Review.objects.update(removed_at=dt.datetime.now(dt.UTC))
    last, _code, _rows = run(written(tmp_path, row(1, text="again")), tmp_path)
    assert last.startswith("imported 0, updated 0")
    assert Review.objects.get().source == "좋아요 1"
