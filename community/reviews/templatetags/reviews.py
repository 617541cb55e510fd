"""How reviews are drawn."""

from django import template
from django.utils.translation import gettext as _

from community.reviews.models import ReviewPhoto

register = template.Library()


@register.simple_tag
def photo_address(photo: ReviewPhoto, width: int) -> str:
    """The address of a version of the picture at least `width` pixels wide."""
    return photo.upload.thumbnail_url(width)


@register.simple_tag
def photo_words(photo: ReviewPhoto) -> str:
    """What it shows, in its sender's words, or whose it is; a link around it needs a name. Knows `photo.review`."""
    if photo.upload.alt:
        return photo.upload.alt
    return _("Photo of %(name)s by %(author)s") % {
        "name": photo.review.subject.name,
        "author": photo.review.shown_author,
    }
