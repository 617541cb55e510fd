"""How reviews are drawn."""

from django import template

from community.reviews.models import ReviewPhoto

register = template.Library()


@register.simple_tag
def photo_address(photo: ReviewPhoto, width: int) -> str:
    """The address of a version of the picture at least `width` pixels wide."""
    return photo.upload.thumbnail_url(width)
