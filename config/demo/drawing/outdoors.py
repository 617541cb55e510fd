"""Things for outside. Each takes the sheet and the colour of the thing itself."""

import math

from config.demo.drawing.sheet import Sheet, tone

STEEL, WOOD, DARK = "#b9c0c4", "#b98552", "#33383c"


def backpack(s: Sheet, c: str) -> None:
    s.shadow(26, 76, 90)
    s.arc((40, 8, 60, 30), 180, 360, tone(c, -0.3), 2.6)
    s.box(26, 18, 74, 90, c, 14)
    s.box(26, 24, 34, 84, tone(c, 0.16), 4)
    s.box(28, 18, 72, 40, tone(c, -0.16), 10)
    s.box(32, 54, 68, 84, tone(c, 0.12), 6)
    s.line(((36, 60), (64, 60)), tone(c, -0.35), 1.2)
    for x in (40, 58):
        s.box(x, 36, x + 2.6, 52, tone(c, -0.4))
        s.box(x - 1, 44, x + 3.6, 48, "#d9a441", 0.6)


def umbrella(s: Sheet, c: str) -> None:
    s.shadow(30, 74, 92)
    s.box(49, 18, 51, 80, DARK)
    s.arc((49, 70, 63, 90), 0, 180, WOOD, 3.4)
    s.slice((10, 14, 90, 94), 180, 360, c)
    s.shape(((50, 14), (36, 54), (64, 54)), tone(c, 0.14))
    s.shape(((50, 14), (10, 54), (23, 54)), tone(c, -0.14))
    for place in range(6):
        s.oval(10 + place * 13.4, 49, 23 + place * 13.4, 60, s.wall)
    s.line(((50, 14), (50, 8)), DARK, 1.6)


def tent(s: Sheet, c: str) -> None:
    s.shadow(6, 94, 84)
    s.shape(((50, 26), (94, 84), (60, 84)), tone(c, -0.18))
    s.shape(((50, 26), (6, 84), (60, 84)), c)
    s.shape(((46, 44), (58, 84), (30, 84)), tone(c, -0.4))
    s.shape(((46, 44), (36, 84), (26, 84)), tone(c, 0.25))
    s.line(((50, 26), (50, 20)), DARK, 1)
    for x, y in ((20, 12), (34, 20), (74, 14), (84, 26)):
        s.oval(x - 0.8, y - 0.8, x + 0.8, y + 0.8, "#ffffff")


def lantern(s: Sheet, c: str) -> None:
    s.shadow(34, 68, 88)
    s.arc((36, 14, 64, 54), 180, 360, DARK, 1.8)
    s.oval(22, 28, 78, 84, "#f6ecc9")
    s.box(36, 32, 64, 42, c, 3)
    s.box(38, 42, 62, 74, "#fff3cf", 3)
    s.oval(44, 48, 56, 66, "#f7cf6b")
    s.box(34, 72, 66, 88, c, 4)
    s.box(34, 72, 40, 88, tone(c, 0.22), 3)


def shoes(s: Sheet, c: str) -> None:
    s.shadow(12, 88, 84)
    for left, top, lighter in ((22, 40, -0.14), (12, 52, 0.0)):
        body = ((0, 6), (16, 4), (24, 14), (48, 18), (60, 26), (60, 34), (0, 34))
        s.shape([(left + x, top + y) for x, y in body], tone(c, lighter))
        s.oval(left + 44, top + 17, left + 64, top + 36, tone(c, lighter))
        s.box(left - 1, top + 30, left + 65, top + 37, "#f1eee6", 3)
        for step in range(4):
            x = left + 22 + step * 6
            s.line(((x, top + 15 + step), (x + 4, top + 20 + step)), "#f1eee6", 1.1)


def jacket(s: Sheet, c: str) -> None:
    s.shadow(24, 78, 92, strength=0.2)
    s.shape(((30, 28), (16, 40), (12, 74), (23, 77), (31, 50)), tone(c, -0.1))
    s.shape(((70, 28), (84, 40), (88, 74), (77, 77), (69, 50)), tone(c, -0.18))
    s.shape(((32, 26), (68, 26), (74, 88), (26, 88)), c)
    s.slice((36, 8, 64, 40), 0, 360, tone(c, -0.26))
    s.oval(41, 14, 59, 36, tone(c, -0.45))
    s.box(49.2, 34, 50.8, 88, tone(c, -0.35))
    for left in (32, 56):
        s.box(left, 62, left + 12, 65, tone(c, -0.25), 1)


def trousers(s: Sheet, c: str) -> None:
    s.shadow(28, 74, 92, strength=0.2)
    s.shape(((32, 16), (68, 16), (74, 90), (57, 90), (50, 42), (43, 90), (26, 90)), c)
    s.shape(((32, 16), (40, 16), (34, 90), (26, 90)), tone(c, 0.14))
    s.box(32, 15, 68, 21, tone(c, -0.25), 1.5)
    s.line(((50, 21), (50, 38)), tone(c, -0.3), 0.8)
    s.shape(((28, 60), (44, 62), (43, 74), (27, 73)), tone(c, 0.22))


def socks(s: Sheet, c: str) -> None:
    s.shadow(20, 84, 86, strength=0.26)
    for left, lighter in ((34, -0.1), (20, 0.08)):
        s.box(left, 18, left + 20, 66, tone(c, lighter), 3)
        s.shape(
            [(left, 56), (left + 20, 56), (left + 42, 72), (left + 42, 84), (left + 8, 84), (left, 74)],
            tone(c, lighter),
        )
        s.oval(left + 32, 71, left + 48, 86, tone("#d9a441", lighter))
        s.box(left, 18, left + 20, 26, tone("#d9a441", lighter), 2)
        s.oval(left - 1, 66, left + 14, 84, tone(c, lighter - 0.18))


def mending(s: Sheet, c: str) -> None:
    s.shadow(14, 88, 84)
    s.box(16, 46, 58, 84, c, 4)
    s.box(16, 46, 58, 54, tone(c, -0.2), 3)
    s.line(((22, 70), (34, 66), (44, 74), (52, 68)), "#ffffff", 1)
    for place, thread in enumerate(("#d9541e", "#2f6f9f", "#b98900")):
        x = 64 + place * 8
        s.box(x, 58, x + 6, 80, thread, 1)
        s.box(x - 0.6, 56, x + 6.6, 59, WOOD, 0.6)
        s.box(x - 0.6, 79, x + 6.6, 82, WOOD, 0.6)
    s.line(((28, 30), (72, 42)), STEEL, 1.1)
    s.ring(67, 39, 74, 44, STEEL, 0.7)


def mug(s: Sheet, c: str) -> None:
    s.shadow(26, 76, 86)
    s.arc((58, 46, 84, 76), 270, 90, tone(c, -0.2), 4)
    s.box(28, 38, 68, 86, c, 6)
    s.box(30, 42, 36, 80, tone(c, 0.3), 3)
    s.oval(28, 33, 68, 44, tone(STEEL, 0.1))
    s.oval(31, 35, 65, 43, "#5b4030")
    for x in (40, 50):
        s.line([(x + 2 * math.sin(y / 3), y) for y in range(16, 31)], tone(STEEL, 0.45), 1.2)


def chair(s: Sheet, c: str) -> None:
    s.shadow(20, 82, 90)
    for points in (((26, 40), (72, 88)), ((74, 40), (28, 88)), ((22, 58), (34, 88)), ((78, 58), (66, 88))):
        s.line(points, STEEL, 2)
    s.shape(((28, 18), (72, 18), (76, 60), (24, 60)), c)
    s.shape(((24, 58), (76, 58), (82, 72), (18, 72)), tone(c, -0.2))
    s.line(((28, 20), (72, 20)), tone(c, 0.25), 1.6)


def sleeping_bag(s: Sheet, c: str) -> None:
    s.shadow(12, 90, 84)
    s.box(12, 46, 88, 84, c, 19)
    for x in range(24, 82, 9):
        s.line(((x, 47), (x, 83)), tone(c, -0.16), 0.9)
    s.oval(12, 46, 40, 84, tone(c, -0.12))
    for ring in (4, 8, 12):
        s.ring(12 + ring, 46 + ring * 1.2, 40 - ring, 84 - ring * 1.2, tone(c, 0.25), 1)
    s.box(56, 44, 60, 86, "#d9a441", 1)


def bicycle(s: Sheet, c: str) -> None:
    s.shadow(10, 90, 88)
    for left in (10, 58):
        s.ring(left, 54, left + 32, 86, DARK, 2.4)
        s.ring(left + 3, 57, left + 29, 83, STEEL, 0.7)
    frame = ((26, 70), (44, 46), (66, 48), (74, 70), (52, 72), (26, 70))
    s.line(frame, c, 3)
    s.line(((52, 72), (42, 36)), c, 3)
    s.line(((66, 48), (64, 28), (72, 26)), DARK, 2)
    s.box(34, 32, 50, 37, WOOD, 2.4)
    s.oval(48, 68, 56, 76, DARK)


THINGS = {
    "backpack": backpack, "umbrella": umbrella, "tent": tent, "lantern": lantern, "shoes": shoes, "jacket": jacket,
    "trousers": trousers, "socks": socks, "mending": mending, "mug": mug, "chair": chair,
    "sleeping_bag": sleeping_bag, "bicycle": bicycle,
}  # fmt: skip
