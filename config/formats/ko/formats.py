"""Korean says the half of the day before the hour; Django's own format puts it behind."""

DATETIME_FORMAT = "Y. n. j. A g:i"
SHORT_DATETIME_FORMAT = "Y. n. j. A g:i"
