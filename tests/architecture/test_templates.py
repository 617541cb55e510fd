"""Templates mirror views, name their inputs, and hold neither code nor style."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"application/(?:ld\+)?json\"))[^>]*>|<style|\son[a-z]+=|\sstyle=|javascript:", re.I
)


def own(path: Path) -> bool:
    """Ours; not an override of a library's template, nor a letter (mail readers know no style sheets)."""
    return not {"admin", "unfold", "letters", "allauth", "account", "mfa", "socialaccount", "usersessions"} & set(
        path.parts
    )


@pytest.mark.parametrize(
    "path", [path for path in PAGES if own(path)], ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_template_begins_by_naming_its_inputs(path: Path) -> None:
    head = path.read_text(encoding="utf-8").lstrip()
    first = re.sub(r"^(\{% (extends|load)[^%]*%\}\s*)+", "", head)
    assert first.startswith(("{% comment %}", "{#")), "begin with a comment that names the inputs"


@pytest.mark.parametrize("path", [p for p in PAGES if "letters" not in p.parts and "admin" not in p.parts and "unfold" not in p.parts], ids=lambda path: str(path.relative_to(TEMPLATES)))  # fmt: skip
def test_a_template_holds_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert INLINE.findall(text) == []
