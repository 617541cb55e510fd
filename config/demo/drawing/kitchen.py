"""Things of a kitchen. Each takes the sheet and the colour of the thing itself."""

from config.demo.drawing.sheet import Sheet, tone

STEEL, OAK, PALE = "#b9c0c4", "#c79a62", "#f6f1e6"


def thermos(s: Sheet, c: str) -> None:
    s.shadow(36, 64, 86)
    s.box(38, 30, 62, 86, c, 5)
    s.box(38, 30, 44, 86, tone(c, 0.18), 3)
    s.box(57, 34, 62, 86, tone(c, -0.16), 3)
    s.box(40, 14, 60, 31, tone(STEEL, -0.05), 4)
    s.box(40, 14, 45, 31, tone(STEEL, 0.35), 3)
    s.box(38, 30, 62, 33, tone(c, -0.3))
    s.oval(46, 52, 54, 60, tone(c, 0.55))
    s.oval(48.5, 51.5, 56, 59, c)


def kettle(s: Sheet, c: str) -> None:
    s.shadow(26, 76, 86)
    s.box(28, 80, 72, 87, tone("#3b3b3b", 0.05), 3)
    s.line(((32, 66), (22, 56), (20, 44), (15, 41)), c, 4.5)
    s.arc((60, 34, 88, 78), 270, 85, tone("#3b3b3b", 0.1), 5)
    s.shape(((36, 38), (64, 38), (72, 81), (28, 81)), c)
    s.shape(((36, 38), (43, 38), (38, 81), (28, 81)), tone(c, 0.22))
    s.oval(35, 34, 65, 42, tone(c, -0.15))
    s.oval(46, 27, 54, 36, "#3b3b3b")


def pan(s: Sheet, c: str) -> None:
    s.shadow(12, 66, 84)
    s.line(((58, 60), (90, 42)), tone(c, -0.15), 6)
    s.ring(84, 37, 93, 45, tone(c, 0.15), 1.6)
    s.oval(10, 46, 66, 86, tone(c, -0.3))
    s.oval(10, 42, 66, 80, c)
    s.oval(14, 45, 62, 77, tone(c, 0.14))
    s.oval(16, 49, 60, 77, tone(c, 0.06))
    s.arc((18, 50, 58, 75), 190, 280, tone(c, 0.35), 1)


def pot(s: Sheet, c: str) -> None:
    s.shadow(20, 80, 86)
    for left, right in ((10, 24), (76, 90)):
        s.box(left, 50, right, 57, tone(c, -0.2), 3.5)
    s.box(20, 44, 80, 86, c, 9)
    s.box(20, 44, 29, 84, tone(c, 0.14), 5)
    s.oval(18, 36, 82, 52, tone(c, -0.18))
    s.oval(18, 33, 82, 48, tone(c, 0.1))
    s.slice((22, 28, 78, 56), 180, 360, tone(c, 0.04))
    s.box(45, 22, 55, 30, tone(c, -0.25), 3)


def griddle(s: Sheet, c: str) -> None:
    s.shadow(10, 90, 82)
    s.oval(8, 52, 92, 84, tone(c, -0.3))
    s.oval(8, 49, 92, 80, c)
    s.oval(12, 51, 88, 77, tone(c, 0.12))
    for left in (4, 86):
        s.ring(left, 56, left + 10, 68, tone(c, -0.1), 2.4)
    for x, y in ((38, 60), (56, 67)):
        s.oval(x - 9, y - 4, x + 9, y + 4, "#e9c46a")
        s.oval(x - 7, y - 3.4, x + 6, y + 2.4, "#d9a441")


def egg_pan(s: Sheet, c: str) -> None:
    s.shadow(12, 66, 84)
    s.line(((60, 62), (92, 44)), OAK, 5.5)
    s.shape(((12, 54), (46, 44), (66, 66), (30, 84)), tone(c, -0.25))
    s.shape(((12, 50), (46, 40), (66, 62), (30, 79)), c)
    s.shape(((18, 51), (45, 43), (60, 61), (31, 74)), tone(c, 0.16))
    s.line(((27, 55), (43, 69)), "#f0cf6b", 8)
    s.line(((27, 54), (42, 67)), "#f7dd8b", 3)


def teapot(s: Sheet, c: str) -> None:
    s.shadow(26, 76, 86)
    s.arc((30, 14, 70, 66), 180, 360, tone(c, -0.25), 3.6)
    s.shape(((66, 60), (82, 46), (88, 47), (74, 74)), tone(c, -0.12))
    s.oval(24, 42, 76, 87, c)
    s.oval(28, 46, 54, 82, tone(c, 0.1))
    for row in range(3):
        for column in range(7):
            s.oval(31 + column * 6, 58 + row * 6, 33 + column * 6, 60 + row * 6, tone(c, 0.28))
    s.oval(36, 39, 64, 49, tone(c, -0.22))
    s.oval(46, 34, 54, 42, tone(c, 0.1))


def knife(s: Sheet, c: str) -> None:
    s.shadow(12, 88, 74, strength=0.26)
    s.shape(((8, 62), (56, 44), (66, 56), (26, 72)), tone(STEEL, 0.1))
    s.shape(((8, 62), (26, 72), (62, 58), (60, 55)), tone(STEEL, 0.5))
    s.line(((63, 50), (90, 41)), c, 7)
    s.line(((63, 49), (90, 39.4)), tone(c, 0.22), 2)
    for x, y in ((70, 47.8), (82, 43.6)):
        s.oval(x - 1, y - 1, x + 1, y + 1, STEEL)


def jar(s: Sheet, c: str) -> None:
    s.shadow(22, 78, 88)
    s.shape(((32, 36), (68, 36), (80, 56), (70, 87), (30, 87), (20, 56)), c)
    s.oval(19, 42, 81, 80, c)
    s.oval(24, 46, 46, 78, tone(c, 0.12))
    s.line(((24, 56), (40, 53), (60, 55), (77, 52)), tone(c, 0.3), 1)
    s.oval(27, 30, 73, 42, tone(c, -0.25))
    s.oval(29, 24, 71, 36, tone(c, 0.06))
    s.oval(44, 20, 56, 28, tone(c, -0.12))


def grinder(s: Sheet, c: str) -> None:
    s.shadow(38, 64, 88)
    s.box(38, 34, 62, 88, c, 4)
    s.box(38, 34, 43, 88, tone(c, 0.25), 3)
    s.box(38, 58, 62, 61, tone(c, -0.3))
    s.box(40, 28, 60, 36, tone("#2f2f2f", 0.1), 3)
    s.line(((50, 26), (80, 18)), STEEL, 2.6)
    s.oval(77, 10, 86, 20, OAK)
    s.oval(78.5, 11, 82, 15, tone(OAK, 0.35))


def lunchbox(s: Sheet, c: str) -> None:
    s.shadow(16, 86, 84)
    s.box(16, 56, 84, 84, tone(c, -0.12), 8)
    s.oval(16, 44, 84, 70, c)
    s.oval(19, 46, 81, 67, tone(c, 0.16))
    for y in (52, 56, 60):
        s.line(((28, y), (70, y - 1)), tone(c, -0.02), 0.5)
    s.box(44, 40, 56, 84, "#8a3b3b", 2)
    s.shape(((44, 52), (36, 44), (50, 49), (64, 44), (56, 52)), "#a34d4d")


def board(s: Sheet, c: str) -> None:
    s.shadow(22, 80, 88)
    s.box(24, 24, 78, 88, tone(c, -0.2), 6)
    s.box(22, 22, 76, 86, c, 6)
    for place in range(5):
        s.line(((31 + place * 9, 27), (29 + place * 9, 82)), tone(c, -0.08), 0.6)
    s.ring(45, 26, 54, 35, tone(c, -0.3), 1.4)
    s.shape(((34, 74), (56, 62), (61, 70)), "#e07a3a")
    s.oval(55, 61, 63, 71, "#e07a3a")
    for x, y in ((66, 58), (69, 63), (67, 69)):
        s.line(((60, 66), (x, y)), "#5f8d4e", 1.6)


def scrubber(s: Sheet, c: str) -> None:
    s.shadow(20, 82, 84)
    for x, y, size in ((34, 66, 17), (64, 70, 15), (48, 54, 14)):
        s.oval(x - size, y - size * 0.72, x + size, y + size * 0.72, tone(c, -0.12))
        s.oval(x - size, y - size * 0.8, x + size, y + size * 0.6, c)
        for ring in range(1, 4):
            inner = size * (1 - ring * 0.24)
            s.ring(x - inner, y - inner * 0.7, x + inner, y + inner * 0.55, tone(c, 0.25 - ring * 0.12), 0.7)


def oil(s: Sheet, c: str) -> None:
    s.shadow(38, 64, 88)
    s.box(44, 18, 56, 30, OAK, 2)
    s.box(46, 28, 54, 42, tone(c, 0.2))
    s.box(36, 40, 64, 88, c, 7)
    s.box(38, 44, 42, 84, tone(c, 0.4), 2)
    s.box(36, 56, 64, 76, PALE)
    s.line(((42, 63), (58, 63)), tone(c, -0.2), 1.2)
    s.line(((42, 69), (52, 69)), tone(c, -0.2), 1.2)


THINGS = {
    "thermos": thermos, "kettle": kettle, "pan": pan, "pot": pot, "griddle": griddle, "egg_pan": egg_pan,
    "teapot": teapot, "knife": knife, "jar": jar, "grinder": grinder, "lunchbox": lunchbox, "board": board,
    "scrubber": scrubber, "oil": oil,
}  # fmt: skip
