"""Sentences that nobody said: Korean and English, with word frequencies that follow Zipf's law.

The head of the vocabulary are common words, the tail is made of syllables: thousands of rare words, most of them two
syllables long, since a rare two-syllable word is what Korean search is measured by.
"""

import random

_NOUNS = """
마당 이웃 책 커피 고양이 강아지 사진 카메라 렌즈 노트북 키보드 마우스 모니터 의자 책상 조명 이불 베개 냄비 프라이팬 칼 도마 그릇 컵 접시 김치 된장 고추장 간장 참기름
쌀 밥 국 찌개 반찬 과일 사과 배 귤 딸기 포도 수박 토마토 감자 고구마 양파 마늘 대파 두부 달걀 우유 치즈 빵 케이크 쿠키 초콜릿 차 녹차 홍차 맥주 와인 물 얼음 식당
카페 시장 가게 마트 편의점 서점 도서관 공원 산책로 숲길 강변 바다 산 계곡 캠핑 텐트 침낭 등산 자전거 헬멧 운동화 옷 셔츠 바지 치마 코트 양말 모자 가방 지갑 시계 안경
화장품 비누 샴푸 수건 세탁기 청소기 냉장고 에어컨 선풍기 난로 전기장판 가습기 공기청정기 이어폰 스피커 음악 노래 기타 피아노 영화 드라마 소설 만화 그림 전시 공연 연극 여행
기차 버스 지하철 비행기 호텔 숙소 지도 길 주차 운전 자동차 충전 배터리 전화 문자 화면 색깔 크기 무게 가격 할인 쿠폰 포인트 배송 포장 교환 환불 판매자 구매 주문 결제 영수증
후기 평점 별점 추천 질문 답변 의견 생각 마음 기분 이유 방법 순서 차이 장점 단점 문제 해결 도움 정보 소식 날씨 비 눈 바람 햇빛 봄 여름 가을 겨울 아침 점심 저녁 주말 휴일
친구 가족 아이 부모님 할머니 동생 선생님 학생 회사 학교 동네 골목 아파트 베란다 텃밭 화분 꽃 나무 씨앗 흙 거름 모종 취미 뜨개질 실 바늘 재봉틀 도자기 목공 공구 드라이버
"""
_ADVERBS = """
정말 아주 조금 많이 너무 꽤 훨씬 가장 다시 자주 가끔 항상 벌써 아직 이제 어제 오늘 내일 먼저 나중에 천천히 빨리 같이 혼자 아마 혹시 역시 사실 그래서 그런데 하지만 그리고
"""
_VERBS = """
샀어요 썼어요 봤어요 먹었어요 갔어요 왔어요 만들었어요 골랐어요 바꿨어요 보냈어요 받았어요 읽었어요 들었어요 찾았어요 물어봤어요 추천해요 좋아해요 궁금해요 고민이에요 기다려요
좋았어요 괜찮았어요 아쉬웠어요 맛있었어요 편했어요 불편했어요 비쌌어요 저렴했어요 예뻤어요 튼튼했어요 가벼웠어요 무거웠어요 조용했어요 시끄러웠어요 만족해요 실망했어요 놀랐어요
마음에 들어요 써 볼 만해요 다시 살 거예요 도움이 됐어요 알려 주세요 부탁드려요 고맙습니다 어떨까요 있나요 없더라고요 그렇더라고요 같아요 모르겠어요 해 봤습니다 다녀왔습니다
"""
_ENDS = ("마음에 들어요", "써 볼 만해요", "다시 살 거예요", "도움이 됐어요", "알려 주세요", "해 봤습니다")
_ENGLISH = """
the of and to a in is it for that on with as this was at by we you not are have from one all can more my has but what about very
good really bought used works price review quality camera lens keyboard battery screen coffee bread book garden walk river mountain
tent bike shoes jacket market shop cafe recipe soup noodles rice kimchi tea weather rain snow spring summer autumn winter morning
evening weekend friend neighbour family child dog cat photo music song movie story question answer problem reason idea place road
train bus trip hotel map parking charger cable phone laptop monitor chair desk lamp pillow blanket pan knife bowl cup shipping refund
exchange coupon discount seller order payment receipt score rating useful cheap heavy light quiet loud comfortable sturdy broken new
old small large first last best better worse again often never always sometimes maybe probably yesterday today tomorrow together alone
"""
_SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저처고노도로모보소오조초구누두루무부수우주추그느드르므브스으즈기니디리미비시이지치피히"
    "감남담람맘밤삼암잠참강낭당랑망방상앙장창건넌던런먼번선언전천곤논돈론몬본손온존골놀돌롤몰볼솔올졸군눈둔룬문분순운준굴눌둘룰물불술울줄"
    "근는든른민빈신인진친길닐딜릴밀빌실일질칠"
)
_CONSONANTS, _VOWELS = "bcdfghklmnprstvw", "aeiou"
TAIL_KOREAN, TAIL_ENGLISH = 40_000, 20_000
COMMON_SHARE = 0.86  # of the nouns in a sentence that come from the head


def _made(generator: random.Random, size: int, make) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < size:
        found[make(generator)] = None
    return list(found)


def _korean_word(generator: random.Random) -> str:
    length = generator.choices((2, 3, 4), (6, 3, 1))[0]
    return "".join(generator.choice(_SYLLABLES) for _nth in range(length))


def _english_word(generator: random.Random) -> str:
    length = generator.choices((2, 3, 4), (3, 4, 1))[0]
    return "".join(generator.choice(_CONSONANTS) + generator.choice(_VOWELS) for _nth in range(length))


class Vocabulary:
    """The words of one corpus: the same for the same seed, in every process that makes a part of it."""

    def __init__(self, seed: int) -> None:
        generator = random.Random(f"vocabulary-{seed}")  # noqa: S311  (no secret)
        self.korean = _NOUNS.split()
        self.english = _ENGLISH.split()
        self.korean_tail = _made(generator, TAIL_KOREAN, _korean_word)
        self.english_tail = _made(generator, TAIL_ENGLISH, _english_word)
        self.adverbs = _ADVERBS.split()
        self.verbs = [*(word for word in _VERBS.split() if word.endswith(("요", "다"))), *_ENDS]


def zipf(generator: random.Random, words: list[str]) -> str:
    """A word of a list by rank: the n-th is chosen about 1/n as often as the first."""
    return words[int(len(words) ** generator.random()) - 1]


def has_final(word: str) -> bool:
    """Whether the last syllable ends in a consonant, which decides its particles."""
    return "가" <= word[-1] <= "힣" and (ord(word[-1]) - 0xAC00) % 28 > 0


_PARTICLES = (("이", "가"), ("은", "는"), ("을", "를"), ("으로", "로"), ("과", "와"), ("에서", "에서"), ("도", "도"), ("만", "만"), ("의", "의"), ("에", "에"), ("까지", "까지"), ("", ""))  # fmt: skip


class Speaker:
    """Says sentences with the words of a vocabulary, by a generator of its own."""

    def __init__(self, vocabulary: Vocabulary, generator: random.Random) -> None:
        self.words = vocabulary
        self.random = generator

    def _noun(self) -> str:
        if self.random.random() < COMMON_SHARE:
            return zipf(self.random, self.words.korean)
        return self.random.choice(self.words.korean_tail)

    def _phrase(self) -> str:
        noun = self._noun()
        with_final, without = self.random.choice(_PARTICLES)
        return noun + (with_final if has_final(noun) else without)

    def korean_sentence(self) -> str:
        parts = [zipf(self.random, self.words.adverbs)] if self.random.random() < 0.5 else []
        parts += [self._phrase() for _nth in range(self.random.randint(1, 4))]
        if self.random.random() < 0.06:
            parts.append(zipf(self.random, self.words.english))
        parts.append(zipf(self.random, self.words.verbs))
        return " ".join(parts) + self.random.choice((".", ".", ".", "!", "?", " ㅎㅎ", " ㅠㅠ"))

    def english_sentence(self) -> str:
        length = self.random.randint(5, 14)
        words = [
            zipf(self.random, self.words.english)
            if self.random.random() < COMMON_SHARE
            else self.random.choice(self.words.english_tail)
            for _nth in range(length)
        ]
        return " ".join(words).capitalize() + self.random.choice((".", ".", "!", "?"))

    def paragraph(self) -> str:
        """One to five sentences of one language, now and then with a little Markdown."""
        sentence = self.korean_sentence if self.random.random() < 0.75 else self.english_sentence
        said = [sentence() for _nth in range(self.random.choices((1, 2, 3, 5), (3, 4, 3, 1))[0])]
        chance = self.random.random()
        if chance < 0.04:
            return "\n".join(f"- {each}" for each in said)
        if chance < 0.07:
            return "> " + said[0]
        if chance < 0.12:
            said[0] = f"**{said[0]}**"
        return " ".join(said)

    def title(self) -> str:
        if self.random.random() < 0.75:
            parts = [self._phrase() for _nth in range(self.random.randint(2, 4))]
            return " ".join(parts)[:100]
        return self.english_sentence().rstrip(".!?")[:100]
