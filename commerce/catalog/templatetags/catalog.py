"""How products and amounts of money are drawn."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from commerce import money
from commerce.catalog.choosing import Shown
from commerce.catalog.history import HEIGHT, WIDTH, History
from commerce.catalog.models import Product
from community.foundation.addresses import absolute

register = template.Library()


@register.filter
def amount(units: int | None) -> str:
    """An amount in smallest units as people read it: ₩12,000."""
    return "" if units is None else money.formatted(units)


@register.simple_tag
def front_picture(product: Product) -> dict[str, Any] | None:
    """What stands for a product: its first picture, else its subject's. Inputs of the card's template."""
    first = next(iter(product.pictures.all()), None)
    if first is not None:
        return {"upload": first.upload, "alt": first.alt}
    upload = product.subject.picture
    return {"upload": upload, "alt": upload.alt} if upload else None


@register.simple_tag
def product_picture_url(product: Product) -> str:
    """The whole address of the picture in front, for links shared elsewhere; empty without one."""
    front = front_picture(product)
    return absolute(front["upload"].thumbnail_url(960)) if front else ""


@register.simple_tag
def full_address(product: Product) -> str:
    return absolute(product.get_absolute_url())


@register.simple_tag
def sparkline(history: History) -> SafeString:
    """The price in time as a line with a mark at today; the table beside it says the same in words."""
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="sparkline-under" d="{line}V{height}H0Z"/><path d="{line}"/>'
        '<path class="sparkline-today" d="M{width} {end}h0"/></svg>',
        width=WIDTH,
        height=HEIGHT,
        line=history.path,
        end=history.end,
    )


@register.simple_tag
def product_markup(shown: Shown) -> SafeString:
    """schema.org markup of a product with its offers and the score of its subject."""
    product, subject = shown.product, shown.product.subject
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "url": full_address(product),
        "category": product.category.name,
        "offers": [_offer(product, variant) for variant in shown.variants],
    }
    if product.summary:
        told["description"] = product.summary
    if picture := product_picture_url(product):
        told["image"] = picture
    if subject.rating_count:
        told["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(subject.score),
            "ratingCount": subject.rating_count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return format_html('<script type="application/ld+json">{}</script>', _json(told))


def _offer(product: Product, variant: Any) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": money.to_text(variant.price),
        "priceCurrency": settings.CURRENCY,
        "availability": f"https://schema.org/{'InStock' if variant.can_buy else 'OutOfStock'}",
        "url": f"{full_address(product)}?variant={variant.pk}",
        "seller": {"@type": "Organization", "name": product.vendor.name},
    }


def _json(told: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element: "<", ">" and "&" are escaped as Django's json_script does."""
    text = json.dumps(told, ensure_ascii=False)
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E"))
