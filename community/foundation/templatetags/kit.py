"""The kit: every element that pages are built from, as template tags.

`{% load kit %}` and look at `/kit/`, where each is shown with its call. Small elements that appear many times
in a list (icon, time, picture, chip) are put together here; larger ones have a template in `templates/kit/`.
Keyword arguments that a tag does not know become attributes: `hx_post=` is written `hx-post`.
"""

import functools
import zlib

from babel.core import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_compact_decimal, format_decimal
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, to_locale

from community.foundation import clock

register = template.Library()

SPRITE = "vendor/lucide/icons.svg"
TONES = ("pine", "plum", "sky", "mustard", "persimmon", "success")
FOLDED, GONE = 1, 3  # times someone did a thing before guidance for it folds, and goes
EXACT = {Locale("ko"): "y. M. d. aaaa h:mm:ss"}  # the usual short form says AM and PM in Latin letters


def _locale() -> Locale:
    """The reader's language, as Babel names it."""
    return _locale_of(get_language() or settings.LANGUAGE_CODE)


@functools.lru_cache(maxsize=16)
def _locale_of(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def _attributes(given: dict) -> str:
    """Write keyword arguments as attributes; True is a bare one, None and False leave it out."""
    kept = [
        (name.strip("_").replace("_", "-"), value) for name, value in given.items() if value not in (None, False, "")
    ]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in kept
        ),
    )


@register.simple_tag(name="icon")
def draw_icon(name, label="", size=""):
    """An outline icon. With a label it is an image that says so, else it is hidden from screen readers."""
    return _plain_icon(name, size) if not label else _icon(name, label, size)


@functools.lru_cache(maxsize=512)
def _plain_icon(name, size):
    return _icon(name, "", size)


def _icon(name, label, size):
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"'),
        static(SPRITE),
        name,
    )


@register.simple_tag
def sprite():
    """Where the icons are, for the rare template that writes its own `<use>`."""
    return static(SPRITE)


@register.simple_tag
def button(label="", *, kind="plain", href=None, size="", icon=None, only_icon=False, wide=False, **attributes):
    """A button, or with `href` a link that looks like one. Kinds: primary, plain, quiet, danger."""
    classes = ["button", f"button-{kind}"]
    classes += [f"button-{size}"] if size else []
    classes += ["button-icon"] if only_icon else []
    classes += ["button-wide"] if wide else []
    classes += [attributes.pop("class", "")]
    if only_icon:
        attributes.setdefault("aria_label", label)
        attributes.setdefault("title", label)
    if href is None:
        attributes.setdefault("type", "submit")
    return format_html(
        '<{tag} class="{classes}"{attributes}>{icon}{label}</{tag}>',
        tag="button" if href is None else "a",
        classes=" ".join(name for name in classes if name),
        attributes=_attributes({"href": href, **attributes}),
        icon=draw_icon(icon) if icon else "",
        label="" if only_icon else label,
    )


@register.simple_tag
def chip(label, tone="", href=None, icon=None):
    """A small label. Tones: pine, persimmon, plum, sky, mustard, success, danger; none is neutral."""
    return format_html(
        '<{tag} class="chip{tone}"{href}>{icon}{label}</{tag}>',
        tag="a" if href else "span",
        tone=f" tone-{tone}" if tone else "",
        href=_attributes({"href": href}),
        icon=draw_icon(icon) if icon else "",
        label=label,
    )


@register.simple_tag
def avatar(member, size=""):
    """A member's picture, or the first letter of the name on a colour that stays the member's own.

    Sizes: tiny 20, small 28, none 40, large 64, huge 112 px. `None` is a former member.
    """
    if member is None:
        return format_html('<span class="avatar avatar-{} soft">{}</span>', size or "plain", draw_icon("leaf"))
    name = str(member)
    address = getattr(member, "large_picture_url" if size in {"large", "huge"} else "picture_url", "")
    if address:
        return format_html('<img class="avatar avatar-{}" src="{}" alt="" loading="lazy">', size or "plain", address)
    tone = TONES[zlib.crc32(str(member.pk).encode()) % len(TONES)]
    return format_html(
        '<span class="avatar avatar-{} tone-{}" aria-hidden="true">{}</span>', size or "plain", tone, name[:1].upper()
    )


@register.simple_tag
def when(moment, exact=False):
    """A moment as "3 hours ago", the exact time in the reader's zone on hover; `exact=True` shows that alone."""
    if moment is None:
        return ""
    locale, local = _locale(), timezone.localtime(moment)
    full = format_datetime(local, EXACT.get(locale, "medium"), tzinfo=local.tzinfo, locale=locale)
    distance = clock.how_long_ago(moment)
    if exact:
        text = full
    elif distance is None:
        text = format_date(local, "medium", locale=locale)
    elif not distance:
        text = gettext("just now")
    else:
        text = format_timedelta(distance, add_direction=True, locale=locale, threshold=1)
    return format_html(
        '<time datetime="{}" title="{}" data-when="{}">{}</time>',
        moment.isoformat(),
        full,
        "exact" if exact else "relative",
        text,
    )


@register.simple_tag
def count(number):
    """A count in few letters, as the reader's language writes it: 950, 1.2K, 1.2천."""
    if number < 1000:
        return format_html('<span class="count">{}</span>', number)
    locale = _locale()
    return format_html(
        '<span class="count" title="{}">{}</span>',
        format_decimal(number, locale=locale),
        format_compact_decimal(number, fraction_digits=1, locale=locale),
    )


@register.inclusion_tag("kit/field.html")
def field(bound_field):
    """One field of a form with its label, help and errors."""
    return {"field": bound_field}


@register.inclusion_tag("kit/score.html")
def score(value, of=None, size=""):
    """A score of one to five as stars and words; `of` is the number of ratings behind it."""
    shown = None if value is None else round(float(value), 1)
    places = 0 if of is None and shown is not None and shown.is_integer() else 1
    halves = 0 if shown is None else round(shown * 2)
    stars = ["full" if halves >= 2 * n else "half" if halves == 2 * n - 1 else "none" for n in range(1, 6)]
    spoken = ""
    if shown is not None:
        spoken = gettext("%(score)s out of 5") % {"score": format_decimal(shown, locale=_locale())}
        if of is not None:
            spoken += ", " + ngettext("%(n)s rating", "%(n)s ratings", of) % {"n": format_decimal(of, locale=_locale())}
    return {"value": shown, "places": places, "of": of, "stars": stars, "size": size, "spoken": spoken}


@register.inclusion_tag("kit/histogram.html")
def histogram(counts):
    """How many gave each score. `counts` maps 1..5 to numbers."""
    counts = {int(key): value for key, value in dict(counts).items()}
    return {"rows": [(n, counts.get(n, 0)) for n in range(5, 0, -1)], "total": sum(counts.values()) or 1}


@register.inclusion_tag("kit/empty.html")
def empty(title, text="", *, action="", href="", icon="leaf"):
    """What a list shows while it holds nothing: why, and the act that would fill it."""
    return {"title": title, "text": text, "action": action, "href": href, "icon": icon}


@register.inclusion_tag("kit/pager.html", takes_context=True)
def pager(context, page):
    """The ways to the neighbours of a page of `community.foundation.paging`: newer and older where the newest stand
    first, else previous and next."""
    query = context["request"].GET.copy() if "request" in context else None

    def link(cursor):
        if not cursor or query is None:
            return ""
        query["cursor"] = cursor
        return "?" + query.urlencode()

    first = (getattr(page, "order", None) or ("",))[0]
    by_age = first in {"-id", "-at"} or (first.startswith("-") and first.endswith("_at"))
    return {"before": link(page.previous), "after": link(page.next), "by_age": by_age}


@register.inclusion_tag("kit/progress.html")
def progress(value, most, label="", remaining=""):
    """How far a long job is, with an estimate in words."""
    share = min(100, round(100 * value / most)) if most else 0
    return {"value": value, "most": most, "share": share, "label": label, "remaining": remaining}


@register.inclusion_tag("kit/skeleton.html")
def skeleton(lines=3):
    """Grey lines in the place of text that is on its way."""
    return {"lines": range(lines)}


@register.inclusion_tag("kit/chart.html")
def chart(name, title, labels, series, kind="line"):
    """A chart with its table. `series` maps a name to as many numbers as there are labels; kinds: line, bar, step."""
    rows = [(label, [values[n] for values in series.values()]) for n, label in enumerate(labels)]
    data = {"kind": kind, "labels": [str(label) for label in labels]}
    data["series"] = [{"name": str(key), "values": list(values)} for key, values in series.items()]
    return {"name": name, "title": title, "heads": list(series), "rows": rows, "data": data, "data_id": f"{name}-data"}


@register.inclusion_tag("kit/crumbs.html")
def crumbs(*steps):
    """The way back: label, address, label, address, … outermost first."""
    return {"steps": list(zip(steps[::2], steps[1::2], strict=True))}


@register.simple_block_tag
def card(content, title="", *, href="", link="", kind="", level=2, **attributes):
    """A raised box. `href` and `link` put a way on into its head; kinds: sunken, guidance."""
    classes = {"": "card-plain", "sunken": "card-plain card-sunken", "guidance": "card-plain guidance"}[kind]
    head = ""
    if title:
        more = format_html('<a href="{}">{}</a>', href, link) if href else ""
        head = format_html('<div class="card-head"><h{}>{}</h{}>{}</div>', level, title, level, more)
    return format_html('<section class="{}"{}>{}{}</section>', classes, _attributes(attributes), head, content)


@register.simple_block_tag
def guidance(content, name, title, *, acts=0):
    """How to do something well, for those who have not done it often: open at first, folded after `FOLDED` times,
    gone after `GONE`. `acts` is how often the reader has done it; closing it keeps it closed in this browser."""
    if acts >= GONE:
        return ""
    return format_html(
        '<details class="card-plain guidance" data-guidance="{}"{}><summary>{} <strong>{}</strong></summary>{}{}</details>',
        name,
        mark_safe(" open") if acts < FOLDED else "",
        draw_icon("sprout"),
        title,
        content,
        button(
            gettext("I know this"),
            kind="quiet",
            size="small",
            type="button",
            data_guidance_close=True,
            **{"class": "needs-js"},
        ),
    )


@register.simple_block_tag
def notice(content, tone="info", **attributes):
    """Something to know, in the page. Tones: info, success, warning, danger."""
    sign = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "circle-x"}[tone]
    role = "alert" if tone == "danger" else "status"
    return format_html(
        '<div class="notice notice-{}" role="{}"{}>{}<div>{}</div></div>',
        tone,
        role,
        _attributes(attributes),
        draw_icon(sign),
        content,
    )


@register.simple_block_tag
def tabs(content, label):
    """Views of the same thing, side by side. Holds `{% tab %}`s."""
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, content)


@register.simple_tag
def tab(label, href, current=False, number=None):
    """One of `{% tabs %}`."""
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        href,
        mark_safe(' aria-current="page"') if current else "",
        label,
        count(number) if number is not None else "",
    )


@register.simple_block_tag
def menu(content, label, *, icon="ellipsis", only_icon=True, side="end"):
    """A menu that opens on press, also without JavaScript. Holds links and buttons."""
    name = format_html('aria-label="{}" title="{}"', label, label) if only_icon else ""
    return format_html(
        '<details class="menu menu-{}"><summary class="button button-quiet{}" {}>{}{}</summary>'
        '<div class="menu-items">{}</div></details>',
        side,
        " button-icon" if only_icon else "",
        name,
        draw_icon(icon),
        "" if only_icon else label,
        content,
    )


@register.simple_block_tag
def dialog(content, name, title):
    """A dialog, opened by any `<button data-dialog="name">`; Escape and the cross close it."""
    return format_html(
        '<dialog class="dialog" id="{}" aria-labelledby="{}-title"><div class="dialog-head"><h2 id="{}-title">{}</h2>'
        '<form method="dialog">{}</form></div><div class="dialog-body">{}</div></dialog>',
        name,
        name,
        name,
        title,
        button(gettext("Close"), kind="quiet", icon="x", only_icon=True),
        content,
    )


@register.simple_tag
def flash_tone(level_tag):
    """The tone of the kit for a level of `django.contrib.messages`."""
    return {"success": "success", "warning": "warning", "error": "danger"}.get(level_tag, "info")
