"""The picture of a product: a thing by name, in a colour, in the seller's light."""

import io
from collections.abc import Mapping

from config.demo.drawing import kitchen, outdoors, paper, wood
from config.demo.drawing.sheet import Sheet

LIGHTS: Mapping[str, tuple[str, str]] = {
    "dure": ("#efe3d0", "#c9a97c"),
    "moru": ("#d9dedb", "#a9a59b"),
    "moonlight": ("#d5d6e6", "#8f7a6b"),
    "field-and-thread": ("#d8e2cf", "#b8a888"),
}
"""By seller: the colours of its wall and of its table."""
THINGS = {**kitchen.THINGS, **wood.THINGS, **paper.THINGS, **outdoors.THINGS}


def product_picture(seller: str, thing: str, colour: str) -> io.BytesIO:
    """A square PNG; the same at every call."""
    sheet = Sheet(*LIGHTS[seller])
    THINGS[thing](sheet, colour)
    file = io.BytesIO()
    sheet.finished().save(file, "PNG", compress_level=1)
    file.seek(0)
    return file
