"""Things of a bookshop. Each takes the sheet and the colour of the thing itself."""

import math

from config.demo.drawing.sheet import Sheet, tone

PAGE, INK, WOOD = "#f4eedf", "#2b2f38", "#b98552"


def _cover(s: Sheet, c: str) -> None:
    s.shadow(28, 76, 88)
    s.box(32, 18, 74, 88, tone(c, -0.35), 2)
    s.box(34, 20, 73, 86, PAGE)
    s.box(28, 16, 70, 86, c, 1.5)
    s.box(28, 16, 33, 86, tone(c, -0.14), 1.5)


def novel(s: Sheet, c: str) -> None:
    _cover(s, c)
    s.oval(42, 30, 58, 46, tone(c, 0.6))
    for row in range(3):
        points = [(x, 60 + row * 6 + 1.6 * math.sin(x / 4 + row)) for x in range(36, 68, 2)]
        s.line(points, tone(c, 0.45 - row * 0.12), 1.4)


def essays(s: Sheet, c: str) -> None:
    _cover(s, c)
    s.box(38, 26, 62, 34, tone(c, 0.7), 1)
    s.oval(42, 48, 58, 66, tone(c, 0.5))
    s.arc((55, 50, 65, 62), 260, 100, tone(c, 0.5), 2.4)
    s.line(((46, 49), (50, 55), (47, 59), (51, 65)), tone(c, -0.3), 1)


def garden_book(s: Sheet, c: str) -> None:
    _cover(s, c)
    s.shape(((42, 66), (58, 66), (56, 78), (44, 78)), "#b5643c")
    s.line(((50, 66), (50, 40)), tone(c, -0.35), 1.6)
    for y, side in ((42, 1), (50, -1), (58, 1)):
        s.oval(min(50, 50 + side * 14), y - 5, max(50, 50 + side * 14), y + 4, tone(c, 0.45))


def notebook(s: Sheet, c: str) -> None:
    s.shadow(26, 78, 88)
    s.box(30, 22, 76, 88, PAGE, 2)
    s.box(27, 19, 73, 86, c, 3)
    s.box(27, 19, 32, 86, tone(c, -0.2), 2)
    s.box(66, 19, 68.4, 86, tone(c, -0.4))
    s.box(40, 34, 60, 44, tone(c, 0.65), 1)
    s.line(((44, 39), (56, 39)), tone(c, -0.2), 0.8)


def pen(s: Sheet, c: str) -> None:
    s.shadow(16, 86, 82, strength=0.28)
    s.line(((24, 76), (60, 50)), c, 7)
    s.line(((62, 48), (84, 32)), tone(c, -0.2), 7.6)
    s.line(((25, 73.6), (60, 48.4)), tone(c, 0.35), 1.6)
    s.shape(((14, 85), (19, 74), (25, 82)), "#d3a73c")
    s.line(((61, 49), (64, 47)), "#d3a73c", 7.6)
    s.line(((66, 40), (82, 28)), "#d3a73c", 1.4)
    s.arc((20, 76, 62, 98), 190, 300, tone(c, 0.1), 1.2)


def bag(s: Sheet, c: str) -> None:
    s.shadow(26, 76, 88)
    for box in ((36, 12, 64, 60), (40, 16, 60, 60)):
        s.arc(box, 180, 360, tone(c, -0.18), 2.4)
    s.shape(((26, 36), (74, 36), (78, 88), (22, 88)), c)
    s.shape(((26, 36), (34, 36), (32, 88), (22, 88)), tone(c, 0.2))
    s.oval(40, 50, 62, 72, INK)
    s.oval(46, 48, 67, 68, c)
    s.line(((36, 79), (64, 79)), INK, 1)


def postcards(s: Sheet, c: str) -> None:
    s.shadow(16, 86, 84, strength=0.26)
    s.shape(((14, 40), (58, 26), (68, 60), (24, 74)), "#ffffff")
    s.shape(((18, 42), (56, 30), (64, 58), (26, 70)), tone(c, 0.35))
    s.shape(((36, 46), (84, 50), (81, 86), (33, 82)), "#ffffff")
    s.shape(((39, 50), (80, 53), (78, 82), (37, 78)), c)
    s.oval(60, 54, 70, 64, "#f3c96a")
    s.slice((42, 62, 62, 92), 185, 355, tone(c, -0.3))
    s.shape(((46, 67), (48, 60), (52, 66)), tone(c, -0.3))
    s.shape(((54, 66), (58, 60), (60, 68)), tone(c, -0.3))


def bundle(s: Sheet, c: str) -> None:
    s.shadow(20, 82, 88)
    for top, lighter in ((70, -0.1), (54, 0.3), (38, 0.0)):
        s.box(22, top, 80, top + 17, tone(c, lighter), 2)
        s.box(74, top + 2.4, 80, top + 14.6, PAGE)
    s.box(46, 38, 52, 87, "#a34d4d")
    s.shape(((49, 38), (34, 24), (38, 40)), "#b85c5c")
    s.shape(((49, 38), (64, 24), (60, 40)), "#b85c5c")
    s.oval(45, 33, 53, 41, "#8a3b3b")


def town_map(s: Sheet, c: str) -> None:
    s.shadow(12, 90, 84, strength=0.24)
    for place in range(4):
        up, down = (34, 40) if place % 2 else (40, 34)
        left = 12 + place * 19
        shape = ((left, up), (left + 19, down), (left + 19, down + 42), (left, up + 42))
        s.shape(shape, tone(c, 0.72 if place % 2 else 0.62))
    s.line(((16, 70), (34, 56), (50, 64), (66, 48), (84, 54)), tone(c, -0.1), 1.6)
    s.line(((22, 44), (40, 76)), tone(c, 0.3), 1)
    s.oval(60, 42, 72, 54, "#d9541e")
    s.shape(((61, 50), (71, 50), (66, 60)), "#d9541e")
    s.oval(64, 45.6, 68, 49.6, PAGE)


def record(s: Sheet, c: str) -> None:
    s.shadow(16, 84, 88)
    s.oval(36, 22, 92, 78, INK)
    for ring in (4, 8, 12):
        s.ring(36 + ring, 22 + ring, 92 - ring, 78 - ring, tone(INK, 0.16), 0.5)
    s.box(14, 22, 72, 86, tone(c, -0.2), 1.5)
    s.box(14, 20, 70, 84, c, 1.5)
    for place in range(9):
        x = 20 + place * 5.6
        s.line(((x, 28 + place % 4 * 6), (x - 2, 40 + place % 4 * 7)), tone(c, 0.5), 0.9)
    s.box(22, 66, 62, 78, PAGE, 1)
    for place in range(7):
        s.box(25 + place * 5, 66, 27.4 + place * 5, 73, INK)


def game(s: Sheet, c: str) -> None:
    s.shadow(12, 90, 86)
    s.box(12, 30, 70, 78, tone(c, -0.25), 2)
    s.box(12, 26, 70, 72, c, 2)
    for place in range(7):
        s.slice((17 + place * 7, 44, 23 + place * 7, 60), 180, 360, tone(c, 0.55))
        s.box(17 + place * 7, 52, 23 + place * 7, 62, tone(c, 0.55))
    s.box(22, 32, 60, 38, tone(c, 0.7), 1)
    s.box(66, 66, 84, 84, "#ffffff", 3)
    for x, y in ((70, 70), (80, 70), (75, 75), (70, 80), (80, 80)):
        s.oval(x - 1.5, y - 1.5, x + 1.5, y + 1.5, "#d9541e")


def book_stand(s: Sheet, c: str) -> None:
    s.shadow(18, 84, 88)
    s.shape(((24, 30), (76, 30), (82, 76), (18, 76)), tone(c, -0.15))
    s.shape(((28, 24), (50, 28), (50, 70), (24, 68)), PAGE)
    s.shape(((72, 24), (50, 28), (50, 70), (76, 68)), tone(PAGE, 0.5))
    for y in (36, 42, 48, 54):
        s.line(((31, y), (46, y + 2)), "#a8a294", 0.8)
        s.line(((54, y + 2), (69, y)), "#a8a294", 0.8)
    s.box(14, 74, 86, 84, c, 2)
    s.box(14, 74, 86, 76.6, tone(c, 0.2), 1)


def book_cover(s: Sheet, c: str) -> None:
    _cover(s, c)
    for row in range(6):
        for column in range(4):
            s.ring(37 + column * 8, 20 + row * 11, 43 + column * 8, 26 + row * 11, tone(c, 0.35), 0.8)
    s.box(52, 16, 55, 86, tone(c, -0.35))


THINGS = {
    "novel": novel, "essays": essays, "garden_book": garden_book, "notebook": notebook,
    "pen": pen, "bag": bag, "postcards": postcards, "bundle": bundle,
    "town_map": town_map, "record": record, "game": game, "book_stand": book_stand, "book_cover": book_cover,
}  # fmt: skip
