"""The words of the program: one Fluent file a language, and how dates and numbers read there."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import Any
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_day_names,
    get_month_names,
    get_timezone_location,
)
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from tipbot.core.model import Minute

DEFAULT = "en"
Value = str | int | float
_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that open and close runs of one direction; one left open would reach into what follows."""
_UNMARKED = dict.fromkeys(map(ord, _CONTROLS))
_TURNING = frozenset({"R", "AL", "AN", *(bidirectional(sign) for sign in _CONTROLS)})
# A message begins with its name in the first column; what belongs to it is indented.
_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)")
_AT_SEA = re.compile(r"Etc/GMT([+-])([1-9]\d?)")
_LONGEST_VALUE = 1000
"""Characters of a value that Fluent is handed; from 2,501 on it refuses one (MAX_PART_LENGTH)."""
_PRIVATE = range(0xF0000, 0xFFFFE)
"""Signs that mean nothing (Unicode Standard, private-use planes)."""


class MissingTextError(LookupError):
    """A key or one of its placeholders is not there; the words themselves are never guessed."""


class Text:
    """All words of one language, with dates and times as one region writes them.

    Each is read when it is first spoken: to read thousands of them at the start would take longer
    than everything else there. In the words, ``CLOCK("14:30")``, ``HOUR("14:00")`` and
    ``DAY("2026-03-14")`` are examples in the reader's own way.
    """

    def __init__(
        self, language: str, source: str, region: str = "", *, to_24: bool = False
    ) -> None:
        """Speak ``language`` with the messages of a Fluent file, as in a ``region`` like en_GB.

        With ``to_24`` the hours are counted to 24, whatever the language does.
        """
        self.language = language
        self._locale = Locale.parse(region or language)
        self._clock = str(self._locale.datetime_skeletons["Hm"]) if to_24 else "short"
        examples: dict[str, Callable[[Any], Any]] = {
            "CLOCK": lambda said: self._time(time.fromisoformat(f"{said:0>5}")),
            "HOUR": lambda said: self.hour(time.fromisoformat(said).hour),
            "DAY": lambda said: self.date(date.fromisoformat(said)),
        }
        self._bundle = FluentBundle([language], functions=examples, use_isolating=False)
        self._unread = _entries(source)
        self._keys = frozenset(self._unread)

    def plain(self, key: str, **values: Value) -> str:
        """Return a text without markup, for buttons and toasts.

        Raises ``MissingTextError`` for an unknown key or a placeholder without a value.
        """
        if key in self._unread:
            self._read(key)
        if not self._bundle.has_message(key):
            raise MissingTextError(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingTextError(key)
        stand_ins = _stand_ins(values)
        text, faults = self._bundle.format_pattern(pattern, {**values, **stand_ins})
        if faults:
            message = f"{key}: {faults[0]}"
            raise MissingTextError(message)
        shown = str(text)
        for name, sign in stand_ins.items():
            shown = shown.replace(sign, str(values[name]))
        return shown

    def html(self, key: str, **values: Value) -> str:
        """Return a text in Telegram's HTML; the values are escaped, the text's own tags are not.

        A value written from right to left cannot turn the words around it: it is isolated (Unicode
        Standard Annex 9). A text that is nothing but the value is left as it is, to be copied.
        """
        safe = {k: _escaped(value) for k, value in values.items()}
        shown = self.plain(key, **{k: _isolated(value) for k, value in safe.items()})
        return next((str(v) for v in safe.values() if shown == _isolated(v)), shown)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in self._keys

    def _read(self, key: str) -> None:
        """Read a message and all that it refers to."""
        wanted, sources = [key], dict[str, str]()
        for name in wanted:
            source = self._unread.get(name)
            if source is not None and name not in sources:
                sources[name] = source
                wanted += _REFERENCE.findall(source)
        self._bundle.add_resource(FluentResource("\n".join(sources.values())))
        for name in sources:
            self._unread.pop(name, None)

    def minute(self, minute: Minute) -> str:
        """Return a local wall-clock minute as this language writes it."""
        return self._time(time(*divmod(minute, 60)))

    def hour(self, hour: int) -> str:
        """Return a full hour for a narrow button: 14:00, or 2 PM where hours are counted to 12."""
        counts_to_12 = "a" in _pattern(self._clock, self._locale)
        pattern = str(self._locale.datetime_skeletons["h"]) if counts_to_12 else self._clock
        return _clock_time(time(hour), pattern, self._locale)

    def _time(self, clock: time) -> str:
        return _clock_time(clock.replace(second=0, microsecond=0), self._clock, self._locale)

    def moment(self, moment: datetime, zone: str) -> str:
        """Return the local time of a moment."""
        return self._time(moment.astimezone(ZoneInfo(zone)).time())

    def day(self, day: date) -> str:
        """Return a date with its weekday."""
        return _date("MMMEd", day, self._locale)

    def short_day(self, day: date) -> str:
        """Return a date in little room, without weekday and year."""
        return _date("MMMd", day, self._locale)

    def short_date(self, day: date) -> str:
        """Return a date with its year in little room."""
        return _date("yMMMd", day, self._locale)

    def month(self, day: date) -> str:
        """Return the month and year of a date."""
        return _date("yMMMM", day, self._locale)

    def number(self, value: float) -> str:
        """Return a number with at most one decimal."""
        return _decimal(value, self._locale)

    def list_sign(self) -> str:
        """Return the sign at which spreadsheets here cut the lines of a CSV file.

        It is the semicolon wherever the comma is the decimal sign (Excel, "list separator").
        """
        return ";" if self._locale.number_symbols["latn"]["decimal"] == "," else ","

    def date(self, day: date) -> str:
        """Return a date with its year."""
        return format_date(day, "long", locale=self._locale)

    def place(self, zone: str) -> str:
        """Return the city that an IANA zone is named after; ``UTC+12`` for one at sea.

        The sign in ``Etc/GMT-12`` is that of POSIX, which counts west of Greenwich (tz database,
        file ``etcetera``).
        """
        if at_sea := _AT_SEA.fullmatch(zone):
            return f"UTC{'+' if at_sea[1] == '-' else '-'}{at_sea[2]}"
        located = get_timezone_location(ZoneInfo(zone), locale=self._locale, return_city=True)
        return str(located).rpartition("/")[2]

    def language_name(self) -> str:
        """Return what this language calls itself."""
        return Locale.parse(self.language).get_display_name() or self.language

    def month_numbers(self) -> dict[str, int]:
        """Return the month of each name, long or short, in lower case; English ones too."""
        return {
            str(name).rstrip(".").casefold(): number
            for locale in (Locale.parse(DEFAULT), self._locale)
            for width in ("wide", "abbreviated")
            for number, name in get_month_names(width, locale=locale).items()
        }

    def weekday(self, weekday: int) -> str:
        """Return the short name of a weekday; Monday is 0."""
        return str(get_day_names("abbreviated", locale=self._locale)[weekday])


@lru_cache(maxsize=4096)
def _clock_time(clock: time, pattern: str, locale: Locale) -> str:
    """Return a full minute as a region writes it: each tap is answered with one."""
    return format_time(clock, pattern, locale=locale)


@lru_cache(maxsize=2048)
def _date(skeleton: str, day: date, locale: Locale) -> str:
    """Return a date as a region writes it: a chart and its words name the same days many times."""
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(maxsize=1024)
def _decimal(value: float, locale: Locale) -> str:
    """Return a number with at most one decimal; those in a diary are few and small."""
    return format_decimal(value, "#,##0.#", locale=locale)


def _pattern(clock: str, locale: Locale) -> str:
    """Return how a region writes a time of day: a pattern of letters, ``a`` for AM or PM."""
    return str(locale.time_formats[clock]) if clock == "short" else clock


def _stand_ins(values: Mapping[str, Value]) -> dict[str, str]:
    """Return a sign for each value too long for Fluent: one that stands in none of the values."""
    words = {name: value for name, value in values.items() if isinstance(value, str)}
    long = [name for name, value in words.items() if len(value) > _LONGEST_VALUE]
    if not long:
        return {}
    taken = set().union(*words.values())
    free = (sign for sign in map(chr, _PRIVATE) if sign not in taken)
    return dict(zip(long, free, strict=False))


def _entries(source: str) -> dict[str, str]:
    """Return the source of each message and term of a Fluent file, by its name."""
    begins = [*_ENTRY.finditer(source)]
    ends = [*(each.start() for each in begins[1:]), len(source)]
    return {each[1]: source[each.start() : end] for each, end in zip(begins, ends, strict=True)}


def _isolated(value: Value) -> Value:
    if not isinstance(value, str) or not any(bidirectional(sign) in _TURNING for sign in value):
        return value
    inner = value.translate(_UNMARKED)
    return "\n".join(
        f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" for line in inner.split("\n")
    )


def _escaped(value: Value) -> Value:
    return escape(value, quote=False) if isinstance(value, str) else value


def territory(zone: str) -> str | None:
    """Return the code of the country in which an IANA zone lies, None for one like UTC."""
    name = get_global("zone_aliases").get(zone, zone)
    found = get_global("zone_territories").get(name)
    return None if found in {None, "001"} else str(found)


class Texts:
    """All languages that have a file."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Hold the Fluent files by language tag; ``DEFAULT`` must be among them."""
        self._words = words
        self._spoken: dict[tuple[str, bool], Text] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The language tags, sorted."""
        return tuple(sorted(self._words))

    def speak(self, language: str | None, zone: str | None = None) -> Text:
        """Return the best match for a Telegram language tag, English where there is none.

        A region in the tag decides how dates and times read: ``en-GB`` has 24 hours and the day
        first. Without one, hours are counted to 24 where the language does so or the country of
        ``zone``: Telegram says ``en`` of many who never saw another clock. What is asked for in
        the same way is always the same ``Text``.
        """
        base, _, region = (language or DEFAULT).partition("-")
        tag = base.lower()
        if tag not in self._words:
            tag, region = DEFAULT, ""
        name = f"{tag}_{region.upper()}"
        if name not in _regions():
            name = tag
        by_place = name == tag and zone is not None and _counts_to_24(zone)
        key = (name, by_place and not _to_24(name))
        if key not in self._spoken:
            self._spoken[key] = Text(tag, self._words[tag], name, to_24=key[1])
        return self._spoken[key]


@cache
def _to_24(locale: str) -> bool:
    """Tell whether a language or a region counts the hours of a day to 24 (CLDR)."""
    return "H" in Locale.parse(locale).time_formats["short"].pattern


@cache
def _counts_to_24(zone: str) -> bool:
    """Tell whether the country of an IANA zone counts the hours of a day to 24."""
    country = territory(zone)
    try:
        return country is not None and _to_24(f"und_{country}")
    except UnknownLocaleError:  # Antarctica has no language of its own
        return False


@cache
def _regions() -> frozenset[str]:
    """Return the languages and regions that are known, like ``en_GB``."""
    return frozenset(locale_identifiers())


@cache
def load_texts() -> Texts:
    """Read every ``*.ftl`` of this package, once a process."""
    found = {}
    for entry in files(__name__).iterdir():
        if entry.name.endswith(".ftl"):
            language = entry.name.removesuffix(".ftl")
            found[language] = entry.read_text(encoding="utf-8")
    return Texts(found)
