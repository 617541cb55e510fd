"""A query meets every text that holds its words: particles, forms, scripts and spellings aside."""

import re
import unicodedata

import pytest
from django.db import connection

from community.foundation.analyser import (
    QUERY_CHARACTERS,
    TooLongToSearch,
    initials,
    only_initials,
    plain,
    search_document,
    search_query,
    suggestion_query,
    tokens,
)


def found(query, text, weight="D"):
    """Whether PostgreSQL itself finds `text` by `query`."""
    sought = search_query(query)
    with connection.cursor() as cursor:
        cursor.execute("select %s::tsvector @@ %s::tsquery", [search_document((text, weight)), sought.match])
        return cursor.fetchone()[0]


TEXTS = [
    "마당에서 아이들이 뛰어놀아요. 저녁에는 이웃과 책을 읽습니다.",
    "iPhone15를 샀는데 배터리가 정말 오래가네요 ㅋㅋㅋ 추천합니다!",
    "조선시대의 숲길을 걸으며 C++와 Node.js를 생각했다. Café에서 3.5점",
    "뷁쉙은 세상에 없는 말이지만 찾을 수 있어야 해요. 예뻐요, 예쁘다!",
    "東京タワーに行きました。서울과 東京을 잇는 길",
    "The neighbours' reviews are useful, naïve readers say; don't trust \"stars\".",
    "집 앞 꽃 한 송이, 물 두 컵. 김철수님이 나이키는 비싸다고 했어요ㅠㅠ",
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS)
def test_every_word_of_a_text_finds_it(text):
    for word in re.findall(r"[^\s.,!;。]+", text):
        assert found(word, text), word


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["책", "마당", "숲길", "나이키", "뷁쉙", "고양이", "조선시대", "꽃"])
def test_a_word_is_found_with_every_particle_and_by_every_particle(noun):
    for particle in [
        "이",
        "가",
        "은",
        "는",
        "을",
        "를",
        "의",
        "에",
        "도",
        "만",
        "과",
        "와",
        "에서",
        "까지",
        "부터",
        "처럼",
        "보다",
    ]:
        assert found(noun, f"어제 {noun}{particle} 봤어요")
        if len(noun) > 1:
            assert found(noun + particle, f"오늘은 {noun} 이야기")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "text"),
    [("책을", "책이 좋다"), ("예쁘다", "정말 예뻐요"), ("재미있게", "재미있는 영화"), ("reviews", "one review")],
)
def test_other_forms_of_a_word_find_it(query, text):
    assert found(query, text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("책을", "정책이 바뀌었다"),
        ("고양이", "고양시에 산다"),
        ("마당 바다", "마당만 있는 집"),
        ("phone", "telephone"),
        ("東京", "京東"),
    ],
)
def test_what_does_not_hold_the_words_is_not_found(query, text):
    assert not found(query, text)


@pytest.mark.django_db
def test_spellings_of_the_same_letters_meet():
    for text, query in [
        ("마당에서 ㅋㅋㅋ", "마당 ㅋㅋ"),
        ("ＡＢＣ１２", "abc12"),
        ("Café", "CAFE"),
        ("STRASSE", "straße"),
    ]:
        for form in ("NFC", "NFD"):
            assert found(unicodedata.normalize(form, query), text)
            assert found(query, unicodedata.normalize(form, text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "'",
        "\\",
        "':* & | !",
        '"',
        "it's",
        "a' | 'b",
        "(((",
        "<->",
        "책':1A",
        "%_",
        "\ud800책",
        "\x00책",
        "=책",
        "*",
        "책" * 100,
        "a " * 100,
    ],
)
def test_no_query_is_more_than_words(query):
    sought = search_query(query)
    if sought is None:
        assert not re.search(r"[^\W_]", query)
    else:
        assert found(query, query.replace("\x00", "").replace("\ud800", ""))


def test_a_query_of_a_megabyte_is_refused_unread():
    with pytest.raises(TooLongToSearch) as refused:
        search_query("책" * 1_000_000)
    assert (refused.value.status, refused.value.code) == (413, "query_too_long")
    assert search_query("책" * QUERY_CHARACTERS).words


def test_nothing_to_look_for_is_none():
    assert search_query("") is None
    assert search_query(" … !!! ") is None


def test_weights_and_counts_are_kept_within_three():
    assert search_document(("ab", "A"), ("ab cd cd cd cd", "D")) == "'ab':1A,2 '^ab':1A 'cd':1,2,3"
    with pytest.raises(ValueError, match="a weight"):
        search_document(("ab", "E"))


def test_phrases_and_words_to_mark():
    sought = search_query('"좋은 책" 마당에서')
    assert sought.phrases == ("좋은 책",)
    assert set(sought.words) >= {"좋은", "책", "마당", "마당에서"}


def test_hostile_documents_are_indexed_in_pieces():
    lexemes = tokens("a" * 60_000 + "가" * 60_000)
    assert max(len(lexeme) for lexeme in lexemes) == 40
    assert len(tokens("가나" * 10_000)) < 60_000


def test_initials_abbreviate_hangul():
    assert initials("마당 Shop") == "ㅁㄷ shop"
    assert only_initials("ㅁㄷ")
    assert only_initials(unicodedata.normalize("NFKC", "ㅁㄷ"))
    assert not only_initials("마ㄷ")
    assert not only_initials("ㅏ")
    assert plain("한글ㅋㅋ") == "한글ㅋㅋ"


def suggested(typed, title):
    with connection.cursor() as cursor:
        cursor.execute(
            "select %s::tsvector @@ %s::tsquery", [search_document((title, "A")), suggestion_query(typed).literal]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "ㅁ",
        "마",
        "마ㄷ",
        "맏",
        "마다",
        "마당",
        "ㅁㄷ",
        "ㅁㄷㅇㅅ",
        "마당에",
        "ㅁㄷ ㅊ",
        "책 마",
        "ip",
        "IPHONE",
        "iphone15 ㅁㄷ",
    ],
)
def test_a_title_is_suggested_while_it_is_typed(typed):
    assert suggested(typed, "마당에서 책 읽기, iPhone15")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["당", "ㄷ", "마돈", "ㅁㄴ", "phone", "마당 꽃"])
def test_what_no_word_begins_with_is_not_suggested(typed):
    assert not suggested(typed, "마당에서 책 읽기, iPhone15")


def test_nothing_typed_suggests_nothing():
    assert suggestion_query(" !? ") is None
    with pytest.raises(TooLongToSearch):
        suggestion_query("책" * 1_000_000)
