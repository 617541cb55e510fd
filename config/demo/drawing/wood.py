"""Lamps of paper and things of wood. Each takes the sheet and the colour of the thing itself."""

from config.demo.drawing.sheet import Sheet, tone

WOOD, DARK, GLOW = "#b98552", "#5a4330", "#fff2cf"


def desk_lamp(s: Sheet, c: str) -> None:
    s.shadow(32, 68, 86)
    s.oval(16, 6, 84, 70, tone(c, 0.42))
    s.box(48, 52, 52, 82, WOOD)
    s.box(34, 81, 66, 86, WOOD, 2)
    s.shape(((36, 18), (64, 18), (74, 54), (26, 54)), c)
    s.shape(((40, 18), (60, 18), (62, 54), (38, 54)), tone(c, 0.5))
    for x in (36, 45.3, 54.6, 64):
        s.line(((x, 18), (50 + (x - 50) * 1.72, 54)), tone(c, -0.2), 0.5)
    s.box(35, 17, 65, 19, WOOD, 1)
    s.box(25, 53, 75, 55, WOOD, 1)


def pendant(s: Sheet, c: str) -> None:
    s.shadow(34, 66, 90, strength=0.2)
    s.box(49.6, 0, 50.4, 26, DARK)
    s.oval(10, 16, 90, 82, tone(c, 0.42))
    s.oval(22, 24, 78, 74, c)
    s.oval(31, 27, 69, 71, tone(c, 0.35))
    s.oval(41, 30, 59, 68, tone(c, 0.6))
    for top in (33, 41, 49, 57, 65):
        half = (28**2 * (1 - ((top - 49) / 25) ** 2)) ** 0.5
        s.line(((50 - half, top), (50 + half, top)), tone(c, -0.14), 0.5)
    s.box(45, 22, 55, 26, WOOD, 1)
    s.box(44, 72, 56, 75, WOOD, 1)


def night_light(s: Sheet, c: str) -> None:
    s.shadow(30, 70, 86)
    s.oval(20, 30, 80, 86, tone(c, 0.42))
    s.box(32, 78, 68, 86, WOOD, 3)
    s.box(34, 38, 66, 80, c, 10)
    s.box(40, 42, 60, 78, tone(c, 0.5), 8)
    s.slice((44, 50, 58, 64), 0, 360, "#f3c96a")
    s.oval(48, 48, 60, 61, tone(c, 0.5))


def shade(s: Sheet, c: str) -> None:
    s.shadow(20, 80, 84)
    s.shape(((38, 30), (62, 30), (82, 80), (18, 80)), c)
    s.shape(((38, 30), (46, 30), (38, 80), (18, 80)), tone(c, 0.3))
    for x in (44, 50, 56):
        s.line(((x, 30), (50 + (x - 50) * 2.7, 80)), tone(c, -0.12), 0.5)
    s.oval(38, 27, 62, 33, tone(c, -0.2))
    s.oval(18, 75, 82, 86, tone(c, -0.08))
    s.oval(21, 76, 79, 84, tone(c, 0.4))


def tray(s: Sheet, c: str) -> None:
    s.shadow(10, 90, 82)
    s.oval(8, 50, 92, 84, tone(c, -0.2))
    s.oval(8, 47, 92, 80, c)
    s.oval(13, 50, 87, 76, tone(c, 0.14))
    for y in (56, 61, 66, 71):
        s.arc((18, y - 8, 82, y + 10), 200, 330, tone(c, 0.02), 0.6)
    s.oval(56, 44, 74, 56, "#eef0ec")
    s.box(56, 50, 74, 62, "#e2e5df", 4)
    s.oval(58, 46, 72, 54, "#8d5b3a")


def spoons(s: Sheet, c: str) -> None:
    s.shadow(18, 84, 82, strength=0.26)
    for place, lighter in ((0, 0.0), (18, 0.12), (36, -0.08)):
        s.line(((24 + place, 82), (34 + place, 44)), tone(c, lighter), 3)
        s.oval(28 + place, 22, 44 + place, 48, tone(c, lighter))
        s.oval(31 + place, 25, 41 + place, 44, tone(c, lighter - 0.12))


def clock(s: Sheet, c: str) -> None:
    s.shadow(24, 76, 90, strength=0.18)
    s.oval(18, 16, 86, 84, tone(c, -0.35))
    s.oval(16, 14, 84, 82, c)
    s.oval(21, 19, 79, 77, tone(c, 0.16))
    for x, y in ((50, 24), (74, 48), (50, 72), (26, 48)):
        s.oval(x - 1.4, y - 1.4, x + 1.4, y + 1.4, DARK)
    s.line(((50, 48), (40, 36)), DARK, 2.2)
    s.line(((50, 48), (66, 38)), DARK, 1.5)
    s.oval(48, 46, 52, 50, "#d9541e")


def stand(s: Sheet, c: str) -> None:
    s.shadow(30, 74, 86)
    s.shape(((36, 78), (48, 30), (56, 30), (70, 82), (62, 84), (52, 44), (44, 80)), tone(c, -0.15))
    s.box(34, 20, 58, 74, "#2b2f33", 3)
    s.box(36, 23, 56, 70, "#cfe0e6", 1.5)
    s.oval(40, 34, 52, 46, "#f3c96a")
    s.box(30, 74, 70, 84, c, 3)
    s.box(30, 74, 70, 77, tone(c, 0.2), 1.5)


def plaque(s: Sheet, c: str) -> None:
    s.shadow(16, 84, 84, strength=0.22)
    s.box(17, 36, 87, 78, tone(c, -0.3), 4)
    s.box(14, 33, 84, 75, c, 4)
    for y in (42, 50, 58, 66):
        s.line(((18, y), (80, y + 1.6)), tone(c, -0.07), 0.7)
    for x in (30, 47, 64):
        s.line(((x - 4, 48), (x + 4, 48)), DARK, 1.8)
        s.line(((x, 44), (x, 62)), DARK, 1.8)
        s.line(((x - 5, 64), (x + 5, 64)), DARK, 1.8)


def stool(s: Sheet, c: str) -> None:
    s.shadow(28, 72, 90)
    for top, foot in ((38, 29), (62, 71), (50, 50)):
        s.line(((top, 36), (foot, 89)), tone(c, -0.22), 3.6)
    s.line(((34, 70), (66, 70)), tone(c, -0.3), 2)
    s.oval(26, 26, 74, 40, tone(c, -0.1))
    s.oval(26, 22, 74, 36, tone(c, 0.12))


def kit(s: Sheet, c: str) -> None:
    s.shadow(14, 88, 86)
    s.box(16, 46, 84, 86, tone(WOOD, 0.1), 3)
    s.box(20, 50, 80, 82, tone(WOOD, 0.45), 2)
    s.shape(((24, 54), (44, 52), (48, 78), (24, 78)), c)
    s.box(50, 54, 54, 78, WOOD, 1)
    s.box(57, 54, 61, 78, WOOD, 1)
    s.oval(65, 54, 77, 66, "#e9e4d6")
    s.ring(68, 57, 74, 63, DARK, 1)
    s.line(((66, 78), (76, 70)), "#7a3e6d", 2.6)


def pattern(s: Sheet, c: str) -> None:
    s.shadow(22, 80, 86, strength=0.22)
    s.box(26, 20, 80, 86, "#ffffff", 1)
    s.box(22, 16, 76, 82, tone(c, 0.85), 1)
    s.shape(((40, 30), (58, 30), (66, 58), (32, 58)), tone(c, 0.5))
    for points in (((40, 30), (58, 30), (66, 58), (32, 58), (40, 30)), ((46, 30), (44, 58)), ((52, 30), (54, 58))):
        s.line(points, c, 0.7)
    for y in (66, 70, 74):
        s.line(((30, y), (30 + y * 0.5, y)), tone(c, 0.3), 1)


THINGS = {
    "desk_lamp": desk_lamp, "pendant": pendant, "night_light": night_light, "shade": shade, "tray": tray,
    "spoons": spoons, "clock": clock, "stand": stand, "plaque": plaque, "stool": stool, "kit": kit,     "pattern": pattern,
}  # fmt: skip
