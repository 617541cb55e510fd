"""How subjects are drawn."""

import json
import zlib

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from community.foundation.addresses import absolute
from community.subjects.models import Subject, SubjectKind

register = template.Library()
TONES = ("pine", "plum", "sky", "mustard", "persimmon", "success")
SCHEMAS = {
    SubjectKind.PRODUCT: "Product",
    SubjectKind.BRAND: "Brand",
    SubjectKind.PLACE: "LocalBusiness",
    SubjectKind.WORK: "CreativeWork",
}


@register.simple_tag
def subject_tone(subject: Subject) -> str:
    """The colour of a subject without a picture; it stays the same."""
    return f"tone-{TONES[zlib.crc32(subject.pk.bytes) % len(TONES)]}"


@register.simple_tag
def subject_picture(subject: Subject, width: int) -> str:
    """The address of a version at least `width` pixels wide."""
    return subject.picture.thumbnail_url(width) if subject.picture else ""


@register.simple_tag
def full_address(subject: Subject) -> str:
    return absolute(subject.get_absolute_url())


@register.simple_tag
def subject_markup(subject: Subject) -> SafeString:
    """schema.org markup of a subject with its score."""
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": SCHEMAS[SubjectKind(subject.kind)],
        "name": subject.name,
        "url": full_address(subject),
    }
    if subject.summary:
        told["description"] = subject.summary
    if subject.rating_count:
        told["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(subject.score),
            "ratingCount": subject.rating_count,
            "reviewCount": subject.review_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return format_html('<script type="application/ld+json">{}</script>', _json(told))


def _json(told: dict[str, object]) -> SafeString:
    """JSON that cannot end the script element: "<", ">" and "&" are escaped as Django's json_script does."""
    text = json.dumps(told, ensure_ascii=False)
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E"))
