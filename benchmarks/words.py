"""Words to search for, taken from the corpus as it is."""

import re
from collections import Counter

from community.boards.models import Post

SAMPLE = 5_000
NOWHERE = "뷁쀍"  # two syllables that no one writes


def korean() -> dict[str, str]:
    """A common word, one of two syllables that hardly any text holds, and one that none holds."""
    counted: Counter[str] = Counter()
    for text in Post.objects.order_by("pk").values_list("text", flat=True)[:SAMPLE]:
        counted.update(set(re.findall(r"(?<![가-힣])[가-힣]{2}(?![가-힣])", text)))
    common = counted.most_common(1)[0][0]
    return {"common": common, "rare": _rare(counted), "absent": NOWHERE}


def _rare(counted: Counter[str]) -> str:
    """Of the words that the sample holds once, the one that the whole corpus holds least."""
    once = sorted(word for word, number in counted.items() if number == 1)[:20] or [counted.most_common()[-1][0]]
    return min(once, key=lambda word: Post.objects.filter(text__contains=word).count())
