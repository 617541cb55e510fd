"""What a browser calls itself, told to a person."""

import pytest
from django.utils.translation import override

from community.site.templatetags.devices import device, device_icon

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
WHALE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0 Whale/3.25 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "told", "sign"),
    [(CHROME, "Chrome, Linux", "globe"), (WHALE, "Whale, Windows", "globe"), (SAFARI, "Safari, iPhone", "smartphone")],
)
def test_a_browser_is_told_by_name_and_system(user_agent: str, told: str, sign: str) -> None:
    assert device(user_agent) == told
    assert device_icon(user_agent) == sign


def test_an_unknown_one_is_said_to_be_so() -> None:
    with override("en"):
        assert device("curl/8") == "a device we do not know"
