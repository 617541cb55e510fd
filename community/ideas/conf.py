"""Bounds of ideas."""

ANSWER_LENGTH = 5_000
