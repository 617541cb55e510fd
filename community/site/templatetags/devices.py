"""What a browser calls itself, in words that a person knows."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that is found counts: most browsers also name the ones that they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "Naver"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")


@register.filter
def device(user_agent: str) -> str:
    """As "Chrome, Android"; what is unknown is said to be so."""
    found = [name for name in (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)) if name]
    return ", ".join(found) or _("a device we do not know")


@register.filter
def device_icon(user_agent: str) -> str:
    return "smartphone" if _first(SYSTEMS, user_agent) in {"iPhone", "iPad", "Android"} else "globe"
