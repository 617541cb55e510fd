"""Bounds of polls, checked before anything is made of them."""

LEAST_OPTIONS = 2
MOST_OPTIONS = 20
OPTION_LENGTH = 120
QUESTION_LENGTH = 200
LONGEST_DAYS = 365
