"""The words by which people type dates in a language."""

from datetime import date

from tipbot.core.dates import DateWords
from tipbot.core.instants import ONE_DAY
from tipbot.texts import Text


def date_words(text: Text, today: date) -> DateWords:
    """Return the names of months and days, of this language and of English."""
    days = dict.fromkeys(_listed(text.plain("today-words")), today)
    days |= dict.fromkeys(_listed(text.plain("yesterday-words")), today - ONE_DAY)
    return DateWords(today=today, months=text.month_numbers(), days=days)


def _listed(words: str) -> list[str]:
    return [word.strip().casefold() for word in words.split(",")]
