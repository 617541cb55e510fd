"""Pictures of the demo's subjects, drawn here: a motif in two colours on a ground, no photograph of anyone's."""

import io
import math
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (800, 600)
GROUNDS = ("#e6f0ec", "#f4eaf1", "#e7f0f7", "#f9f1db", "#fcebe3", "#eef0e6")
INKS = ("#1f6b57", "#7a3e6d", "#2f6f9f", "#b98900", "#d9541e", "#5b6b2f")
PALE = "#fbfaf7"
Draw = Callable[[ImageDraw.ImageDraw, str], None]


def picture(slug: str, motif: str) -> io.BytesIO:
    """A PNG for the subject at this address; the same at every call."""
    mark = zlib.crc32(slug.encode())
    ground, ink = GROUNDS[mark % 6], INKS[mark % 6]
    image = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(image)
    _hills(draw, ink, mark)
    MOTIFS[motif](draw, ink)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    file.seek(0)
    return file


def _hills(draw: ImageDraw.ImageDraw, ink: str, mark: int) -> None:
    """A sun and a horizon that differ from subject to subject."""
    x, y = 120 + mark % 560, 90 + mark // 7 % 90
    draw.ellipse((x - 48, y - 48, x + 48, y + 48), fill=PALE)
    points = [(step * 20, 480 + 26 * math.sin(step / 5 + mark % 13)) for step in range(41)]
    draw.polygon([*points, (800, 600), (0, 600)], fill=_mixed(ink, 0.22))


def _mixed(colour: str, share: float) -> tuple[int, int, int]:
    """`share` of a colour on paper."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    red, green, blue = (round(part * share + 244 * (1 - share)) for part in parts)
    return red, green, blue


def _vessel(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((320, 180, 480, 510), 44, fill=ink)
    draw.rounded_rectangle((340, 120, 460, 196), 18, fill=_mixed(ink, 0.55))
    draw.rounded_rectangle((346, 260, 366, 440), 10, fill=_mixed(ink, 0.4))


def _kettle(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.pieslice((260, 220, 560, 600), 180, 360, fill=ink)
    draw.rectangle((260, 408, 560, 500), fill=ink)
    draw.arc((330, 120, 490, 330), 180, 360, fill=_mixed(ink, 0.6), width=22)
    draw.line(((264, 440), (190, 330), (170, 336)), fill=ink, width=24, joint="curve")


def _pan(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.ellipse((180, 220, 500, 500), fill=ink)
    draw.ellipse((220, 256, 460, 464), fill=_mixed(ink, 0.75))
    draw.line(((490, 340), (690, 260)), fill=ink, width=40)
    draw.ellipse((300, 320, 380, 392), fill=PALE)
    draw.ellipse((326, 344, 356, 370), fill="#e9bd55")


def _blade(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.polygon(((150, 380), (520, 240), (540, 320), (300, 420)), fill=_mixed(ink, 0.35))
    draw.line(((524, 280), (690, 216)), fill=ink, width=46)


def _box(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((220, 250, 580, 500), 36, fill=ink)
    draw.rounded_rectangle((270, 210, 400, 300), 16, fill=_mixed(ink, 0.45))
    draw.rounded_rectangle((420, 210, 540, 300), 16, fill=_mixed(ink, 0.45))
    draw.line(((220, 380), (580, 380)), fill=_mixed(ink, 0.6), width=8)


def _lamp(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.polygon(((310, 150), (490, 150), (550, 350), (250, 350)), fill="#fff3d0")
    draw.line(((310, 150), (490, 150), (550, 350), (250, 350), (310, 150)), fill=ink, width=8)
    draw.rectangle((390, 350, 410, 490), fill=ink)
    draw.rounded_rectangle((320, 486, 480, 514), 12, fill=ink)


def _keys(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((150, 270, 650, 490), 24, fill=ink)
    for row in range(3):
        for column in range(9):
            left, top = 172 + column * 52, 290 + row * 48
            draw.rounded_rectangle((left, top, left + 42, top + 38), 8, fill=_mixed(ink, 0.25))
    draw.rounded_rectangle((270, 440, 530, 474), 8, fill=_mixed(ink, 0.4))


def _book(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.polygon(((400, 250), (190, 210), (190, 460), (400, 500)), fill=ink)
    draw.polygon(((400, 250), (610, 210), (610, 460), (400, 500)), fill=_mixed(ink, 0.6))
    for line in range(4):
        draw.line(((230, 270 + line * 42), (364, 294 + line * 42)), fill=PALE, width=6)


def _pen(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.line(((230, 460), (560, 170)), fill=ink, width=44)
    draw.polygon(((190, 500), (214, 432), (256, 478)), fill="#c58a00")
    draw.arc((130, 440, 420, 560), 20, 170, fill=_mixed(ink, 0.6), width=6)


def _phones(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.arc((240, 150, 560, 520), 180, 360, fill=ink, width=34)
    for left in (220, 500):
        draw.rounded_rectangle((left, 330, left + 84, 490), 36, fill=ink)
        draw.rounded_rectangle((left + 18, 354, left + 66, 466), 22, fill=_mixed(ink, 0.4))


def _stool(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((290, 200, 510, 250), 24, fill=ink)
    for top, foot in ((330, 280), (400, 400), (470, 520)):
        draw.line(((top, 246), (foot, 510)), fill=_mixed(ink, 0.7), width=18)


def _umbrella(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.pieslice((190, 150, 610, 560), 180, 360, fill=ink)
    for left in (190, 330, 470):
        draw.ellipse((left, 326, left + 140, 390), fill=_mixed(ink, 0.12))
    draw.line(((400, 340), (400, 500)), fill=ink, width=14)
    draw.arc((340, 470, 414, 540), 0, 180, fill=ink, width=14)


def _bag(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.arc((320, 120, 480, 280), 180, 360, fill=ink, width=18)
    draw.rounded_rectangle((260, 190, 540, 510), 60, fill=ink)
    draw.rounded_rectangle((300, 350, 500, 480), 26, fill=_mixed(ink, 0.5))


def _tent(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.polygon(((400, 190), (650, 500), (150, 500)), fill=ink)
    draw.polygon(((400, 270), (470, 500), (330, 500)), fill=_mixed(ink, 0.25))


def _wheel(draw: ImageDraw.ImageDraw, ink: str) -> None:
    for left in (180, 460):
        draw.ellipse((left, 340, left + 160, 500), outline=ink, width=16)
    draw.line(((260, 420), (340, 280), (500, 280), (540, 420), (340, 420), (260, 420)), fill=ink, width=14)
    draw.line(((340, 280), (320, 240)), fill=ink, width=14)
    draw.line(((500, 280), (520, 220), (560, 220)), fill=ink, width=14)


def _shoe(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.polygon(((200, 300), (360, 300), (560, 400), (620, 460), (200, 460)), fill=ink)
    draw.rounded_rectangle((186, 452, 636, 494), 20, fill=PALE)
    for step in range(3):
        draw.line(((370 + step * 46, 318 + step * 24), (340 + step * 46, 360 + step * 22)), fill=PALE, width=8)


def _sign(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rectangle((392, 130, 408, 510), fill=ink)
    draw.rounded_rectangle((230, 180, 570, 330), 20, fill=ink)
    draw.ellipse((270, 214, 350, 294), fill=_mixed(ink, 0.3))
    draw.rounded_rectangle((380, 236, 530, 272), 14, fill=_mixed(ink, 0.3))


def _bowl(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.pieslice((220, 180, 580, 520), 0, 180, fill=ink)
    draw.ellipse((220, 310, 580, 390), fill=_mixed(ink, 0.3))
    for left in (330, 400, 470):
        draw.arc((left - 26, 170, left + 26, 240), 90, 270, fill=PALE, width=10)
        draw.arc((left - 26, 230, left + 26, 300), 270, 90, fill=PALE, width=10)


def _cup(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.arc((480, 300, 620, 440), 270, 90, fill=ink, width=24)
    draw.rounded_rectangle((250, 270, 530, 490), 60, fill=ink)
    draw.ellipse((250, 250, 530, 316), fill=_mixed(ink, 0.35))


def _bread(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.ellipse((200, 260, 600, 510), fill=ink)
    for left in (290, 380, 470):
        draw.arc((left - 40, 280, left + 50, 440), 200, 300, fill=_mixed(ink, 0.25), width=14)


def _tree(draw: ImageDraw.ImageDraw, ink: str) -> None:
    for x, height in ((250, 200), (400, 280), (560, 220)):
        draw.rectangle((x - 8, 500 - height / 2, x + 8, 510), fill=_mixed(ink, 0.8))
        draw.ellipse((x - 74, 500 - height - 40, x + 74, 540 - height / 2), fill=ink)


def _wave(draw: ImageDraw.ImageDraw, ink: str) -> None:
    for row in range(4):
        points = [(x, 330 + row * 46 + 16 * math.sin(x / 44 + row)) for x in range(90, 711, 10)]
        draw.line(points, fill=_mixed(ink, 1 - row * 0.2), width=14, joint="curve")


def _film(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((180, 220, 620, 490), 20, fill=ink)
    for column in range(9):
        for top in (234, 450):
            draw.rounded_rectangle((200 + column * 46, top, 226 + column * 46, top + 26), 6, fill=PALE)
    draw.polygon(((360, 300), (360, 410), (456, 355)), fill=PALE)


def _leaf(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.line(((400, 510), (400, 260)), fill=ink, width=12)
    for top, side in ((250, 1), (310, -1), (370, 1)):
        draw.pieslice(
            (400 - 130, top - 60, 400 + 130, top + 90), 270 if side > 0 else 180, 360 if side > 0 else 270, fill=ink
        )
    draw.polygon(((300, 500), (500, 500), (470, 560), (330, 560)), fill=_mixed(ink, 0.6))


def _dice(draw: ImageDraw.ImageDraw, ink: str) -> None:
    draw.rounded_rectangle((230, 270, 430, 470), 34, fill=ink)
    draw.rounded_rectangle((420, 210, 580, 370), 28, fill=_mixed(ink, 0.6))
    for x, y in ((280, 320), (380, 320), (330, 370), (280, 420), (380, 420), (500, 290)):
        draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill=PALE)


MOTIFS: dict[str, Draw] = {
    "vessel": _vessel, "kettle": _kettle, "pan": _pan, "blade": _blade, "box": _box, "lamp": _lamp, "keys": _keys,
    "book": _book, "pen": _pen, "phones": _phones, "stool": _stool, "umbrella": _umbrella, "bag": _bag, "tent": _tent,
    "wheel": _wheel, "shoe": _shoe, "sign": _sign, "bowl": _bowl, "cup": _cup, "bread": _bread, "tree": _tree,
    "wave": _wave, "film": _film, "leaf": _leaf, "dice": _dice,
}  # fmt: skip
