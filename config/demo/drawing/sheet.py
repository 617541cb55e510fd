"""A square sheet to draw things on, measured from 0 to 100 from the left top; colours by a base and its tones."""

import functools
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter

SIDE = 640
FINER = 2
"""Drawn this much larger and then reduced: Pillow itself leaves edges rough."""
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Rgb = tuple[int, int, int]


def tone(colour: str, lighter: float) -> Rgb:
    """A colour moved towards white (up to 1) or black (down to -1)."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    end, share = (255, lighter) if lighter > 0 else (0, -lighter)
    return tuple(round(part + (end - part) * share) for part in (red, green, blue))  # type: ignore[return-value]


class Sheet:
    """A wall above a table, and whatever is drawn before them."""

    def __init__(self, wall: str, table: str) -> None:
        self.wall = tone(wall, 0.4)
        self.image = _room(wall, table).copy()
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Rgb | str, round: float = 0) -> None:
        self.draw.rounded_rectangle(self._box(left, top, right, bottom), self._one(round), fill=colour)

    def oval(self, left: float, top: float, right: float, bottom: float, colour: Rgb | str) -> None:
        self.draw.ellipse(self._box(left, top, right, bottom), fill=colour)

    def ring(self, left: float, top: float, right: float, bottom: float, colour: Rgb | str, width: float) -> None:
        self.draw.ellipse(self._box(left, top, right, bottom), outline=colour, width=self._one(width))

    def slice(self, box: Box, begin: float, end: float, colour: Rgb | str) -> None:
        self.draw.pieslice(self._box(*box), begin, end, fill=colour)

    def arc(self, box: Box, begin: float, end: float, colour: Rgb | str, width: float) -> None:
        self.draw.arc(self._box(*box), begin, end, fill=colour, width=self._one(width))

    def shape(self, points: Sequence[Point], colour: Rgb | str) -> None:
        self.draw.polygon([self._at(point) for point in points], fill=colour)

    def line(self, points: Sequence[Point], colour: Rgb | str, width: float) -> None:
        """With round joints and ends."""
        self.draw.line([self._at(point) for point in points], fill=colour, width=self._one(width), joint="curve")
        half = width / 2
        for x, y in (points[0], points[-1]):
            self.oval(x - half, y - half, x + half, y + half, colour)

    def shadow(self, left: float, right: float, bottom: float, *, strength: float = 0.34) -> None:
        """A soft one, where the thing stands."""
        high = max(5.0, (right - left) * 0.16)
        box = self._box(left - 4, bottom - high / 2, right + 6, bottom + high / 2)
        size = (box[2] - box[0], box[3] - box[1])
        mask = _blot().resize(size).point(lambda value: int(value * strength))
        self.image.paste((34, 28, 22), (box[0], box[1]), mask)

    def finished(self) -> Image.Image:
        return self.image.reduce(FINER)

    def _one(self, value: float) -> int:
        return round(value * SIDE * FINER / 100)

    def _at(self, point: Point) -> tuple[int, int]:
        return self._one(point[0]), self._one(point[1])

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        return self._one(left), self._one(top), self._one(right), self._one(bottom)


@functools.cache
def _room(wall: str, table: str) -> Image.Image:
    """The wall, lit from the left top as by a window, and the table before it; drawn once a seller."""
    whole = SIDE * FINER
    edge = round(whole * 0.66)
    light = Image.radial_gradient("L").point(lambda value: 255 - value)
    near = light.transform((128, 128), Image.Transform.EXTENT, (80, 92, 256, 256)).resize((whole, whole))
    room = Image.composite(Image.new("RGB", near.size, tone(wall, 0.55)), Image.new("RGB", near.size, wall), near)
    room.paste(table, (0, edge, whole, whole))
    room.paste(tone(table, -0.12), (0, edge, whole, edge + whole // 200))
    return room


@functools.cache
def _blot() -> Image.Image:
    blot = Image.new("L", (160, 64), 0)
    ImageDraw.Draw(blot).ellipse((22, 14, 138, 50), fill=255)
    return blot.filter(ImageFilter.GaussianBlur(9))
