"""Pictures in templates."""

from django import template

from community.uploads.models import Upload

register = template.Library()


@register.simple_tag
def thumbnail_url(upload: Upload, width: int) -> str:
    """The address of the narrowest version of a picture that is at least `width` pixels wide."""
    return upload.thumbnail_url(width)


@register.simple_tag
def markdown_line(upload: Upload) -> str:
    """The line that shows the picture in a post."""
    alt = upload.alt.translate(str.maketrans("[]\\", "()/"))
    return f"![{alt}]({upload.get_absolute_url()})"
