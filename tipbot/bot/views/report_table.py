"""The table behind a report: a row for each entry, each day's facts and each treatment mark."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from tipbot.bot.views.entry import minutes_lasted
from tipbot.core.model import CheckIn, CheckInKind, DayContext, Flag, Relief, Trigger
from tipbot.core.reports import Material
from tipbot.core.treatments import Treatment
from tipbot.texts import Text

COLUMNS = (
    "what", "date", "time", "zone", "strength", "side", "place", "how-long", "minutes",
    "triggers", "helped", "signs", "sleep", "coffees", "screen", "water", "stress", "treatment",
    "note",
)  # fmt: skip
"""Each is named by the text ``csv-<column>``."""
_CELLS = tuple(column.replace("-", "_") for column in COLUMNS)


class Table:
    """Writes rows in one language, looking each word up once."""

    def __init__(self, text: Text) -> None:
        """Take the words."""
        self._text = text
        self._known: dict[str, str] = {}

    def rows(self, material: Material, first: date, last: date) -> Iterator[Sequence[str]]:
        """Yield the head, the period, and everything in it day by day; marks before it come, too.

        A day has its marks first, then what was said about it, then its entries.
        """
        yield tuple(self._word(f"csv-{column}") for column in COLUMNS)
        some = material.within(first, last)
        yield self._row("first-day", first)
        yield self._row("last-day", last)
        kept = (entry for entry in some.entries if not entry.undone)
        every: list[Treatment | DayContext | CheckIn] = [*some.marks, *some.contexts, *kept]
        for one in sorted(every, key=lambda each: each.local_date):
            yield self._told(one)

    def _told(self, one: Treatment | DayContext | CheckIn) -> Sequence[str]:
        if isinstance(one, Treatment):
            return self._mark(one)
        return self._context(one) if isinstance(one, DayContext) else self._entry(one)

    def _word(self, key: str) -> str:
        if key not in self._known:
            self._known[key] = self._text.plain(key)
        return self._known[key]

    def _row(self, kind: str, day: date, **cells: str) -> Sequence[str]:
        known = {"what": self._word(f"csv-is-{kind}"), "date": day.isoformat(), **cells}
        return tuple([known.get(cell, "") for cell in _CELLS])

    def _mark(self, mark: Treatment) -> Sequence[str]:
        kind = self._word(f"treatment-{mark.kind}")
        return self._row("treatment", mark.local_date, treatment=kind, note=mark.note)

    def _context(self, context: DayContext) -> Sequence[str]:
        def level(key: str, value: int | None) -> str:
            return "" if value is None else self._word(f"{key}-{value}")

        return self._row(
            "facts",
            context.local_date,
            sleep=_number(context.sleep_hours),
            coffees=_number(context.coffees),
            screen=_number(context.screen_hours),
            water=level("report-water", context.water),
            stress=level("report-stress", context.stress),
        )

    def _entry(self, entry: CheckIn) -> Sequence[str]:
        note, signs = entry.note, self._listed("flag", Flag, entry.flags)
        strength = _number(entry.strength)
        if entry.kind is CheckInKind.DAY:
            return self._row("day", entry.local_date, strength=strength, signs=signs, note=note,
                             helped=self._listed("helped", Relief, entry.helped))  # fmt: skip
        local = entry.at.astimezone(ZoneInfo(entry.zone))
        return self._row(
            "twitch",
            entry.local_date,
            time=f"{local:%H:%M}",
            zone=entry.zone,
            strength=strength,
            side=self._word(f"side-{entry.side}") if entry.side else "",
            place=self._word(f"place-{entry.place}") if entry.place else "",
            how_long=self._word(f"duration-{entry.duration}") if entry.duration else "",
            minutes=str(minutes_lasted(entry)) if entry.ended_at else "",
            triggers=self._listed("trigger", Trigger, entry.triggers),
            helped=self._listed("helped", Relief, entry.helped),
            signs=signs,
            note=note,
        )

    def _listed(self, group: str, every: type[StrEnum], some: frozenset[StrEnum]) -> str:
        if not some:
            return ""
        return "; ".join(self._word(f"{group}-{one}") for one in every if one in some)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
