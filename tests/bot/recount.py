"""Counts every figure of a report again, from its CSV file alone and without the program's code."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

Row = dict[str, str]
STRENGTH = "strength (0 to 4, own rating)"
SIDES = ("left side", "right side", "both sides", "")
WORDS = ("none", "faint", "some", "strong", "worst")


def read(table: bytes) -> list[Row]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def number(value: float | None) -> str:
    """Return a number with one decimal at most, a dash for none."""
    if value is None:
        return "–"  # noqa: RUF001 - an en dash, as on the page
    shown = Decimal(str(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return f"{shown:f}".removesuffix(".0")


def middle(values: Sequence[int]) -> float | None:
    """Return the median, None of nothing."""
    return median(values) if values else None


def english(day: date, *, year: bool = True) -> str:
    """Return a date as it reads in English."""
    short = f"{day:%b} {day.day}"
    return f"{short}, {day.year}" if year else short


class Recount:
    """The lines that a report of these rows must have."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        (first,), (last,) = (
            self._dates("first day of the report"),
            self._dates("last day of the report"),
        )
        self.first, self.last = first, last
        self.dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self.twitches = self._of("twitch")
        self.ratings = {row["date"]: int(row[STRENGTH]) for row in self._of("rating of the day")}
        self.marks = self._of("treatment mark")
        self.facts = self._of("about the day")

    def _of(self, what: str) -> list[Row]:
        return [row for row in self.rows if row["what"] == what]

    def _dates(self, what: str) -> list[date]:
        return [date.fromisoformat(row["date"]) for row in self._of(what)]

    def _on(self, day: date) -> list[Row]:
        return [row for row in self.twitches if row["date"] == day.isoformat()]

    def logged(self, days: Iterable[date]) -> list[date]:
        return [day for day in days if self._on(day) or day.isoformat() in self.ratings]

    def counted(self, days: Iterable[date]) -> list[date]:
        """Return the days on which there was a twitch, or which were rated 0."""
        return [d for d in days if self._on(d) or self.ratings.get(d.isoformat()) == 0]

    def strongest(self, day: date) -> int | None:
        said = [int(row[STRENGTH]) for row in self._on(day) if row[STRENGTH]]
        if day.isoformat() in self.ratings:
            said.append(self.ratings[day.isoformat()])
        return max(said, default=None)

    def lines(self) -> list[str]:
        """Return every line with a figure, in any order."""
        return [*self._period(), *self._strength(), *self._places(), *self._ticks(), *self._days(),
                *self._facts(), *self._course(), *self._treatments()]  # fmt: skip

    def _period(self) -> list[str]:
        known, all_days = self.logged(self.dates), len(self.dates)
        free = [day for day in known if not self._on(day) and not self.ratings[day.isoformat()]]
        counted = self.counted(self.dates)
        weekly = len(self.twitches) / len(counted) * 7 if counted else None
        rated = len(known) - len(counted)
        return [
            f"{english(self.first)} to {english(self.last)} ({all_days} days)",
            f"Days logged {len(known)} of {all_days}",
            f"Days with nothing logged (unknown) {all_days - len(known)}",
            f"Days logged as free of twitches {len(free)}",
            *([f"Days rated, twitches not counted {rated}"] if rated else []),
            f"Twitches logged {len(self.twitches)}",
            f"Twitches per 7 counted days {number(weekly)}",
        ]

    def _strength(self) -> list[str]:
        rated = [int(row[STRENGTH]) for row in self.twitches if row[STRENGTH]]
        days = [s for day in self.dates if (s := self.strongest(day)) is not None]
        worst = max(days, default=None)
        marks = [date.fromisoformat(row["date"]) for row in self.marks]
        since = (self.last - max(marks)).days if marks else None
        return [
            f"Twitches rated {len(rated)} of {len(self.twitches)}",
            f"Median of the rated twitches {number(middle(rated))}",
            f"Median of the days' strongest {number(middle(days))}",
            f"Worst {number(worst)}",
            f"Days since the last treatment mark {number(since)}",
        ]

    def _places(self) -> list[str]:
        found = []
        for place in {row["place"] for row in self.twitches}:
            sides = Counter(row["side"] for row in self.twitches if row["place"] == place)
            counts = " ".join(str(sides[side]) for side in SIDES)
            found.append(f"{place or 'place not said'} {counts} {sides.total()}")
        lengths = Counter(row["how long"] or "not said" for row in self.twitches)
        return found + [f"{word} {count}" for word, count in lengths.items()]

    def _ticks(self) -> list[str]:
        found = []
        for column in ("possible triggers", "what helped", "warning signs"):
            ticked: dict[str, list[date]] = {}
            for row in self.rows:
                for word in filter(None, row[column].split("; ")):
                    ticked.setdefault(word, []).append(date.fromisoformat(row["date"]))
            for word, days in ticked.items():
                last = f" {english(max(days))}" if column == "warning signs" else ""
                found.append(f"{word}{last} {len(days)}")
        return found

    def _days(self) -> list[str]:
        levels = Counter(self.strongest(day) for day in self.logged(self.dates))
        missing = len(self.dates) - len(self.logged(self.dates))
        return [
            *(f"{level} {word} {levels[level]}" for level, word in enumerate(WORDS)),
            f"logged, not rated {levels[None]}",
            f"nothing logged {missing}",
        ]

    def _facts(self) -> list[str]:
        found = []
        names = {"hours of sleep": "Sleep, hours", "coffees": "Coffees",
                 "hours of screen": "Screen, hours"}  # fmt: skip
        for column, name in names.items():
            values = [int(row[column]) for row in self.facts if row[column]]
            if values:
                days = "1 day" if len(values) == 1 else f"{len(values)} days"
                said = f"median {number(middle(values))}, {min(values)} to {max(values)} ({days})"
                found.append(f"{name} {said}")
        for column, words in (("water", ("little", "some", "plenty")),
                              ("stress", ("calm", "some", "a lot"))):  # fmt: skip
            counts = Counter(row[column] for row in self.facts)
            if any(counts[word] for word in words):
                parts = ", ".join(f"{word} {counts[word]}" for word in words)
                found.append(f"{column.capitalize()} {parts}")
        return found

    def _course(self) -> list[str]:
        runs = [self.dates[at : at + 7] for at in range(0, len(self.dates), 7)]
        if len(self.dates) > 98:
            months = sorted({(day.year, day.month) for day in self.dates})
            runs = [[d for d in self.dates if (d.year, d.month) == month] for month in months]
        return [self._run(run) for run in runs]

    def _run(self, run: list[date]) -> str:
        own = [row for day in run for row in self._on(day)]
        rated = [int(row[STRENGTH]) for row in own if row[STRENGTH]]
        known, counted = self.logged(run), self.counted(run)
        worst = max((s for day in run if (s := self.strongest(day)) is not None), default=None)
        weekly = len(own) / len(counted) * 7 if counted else None
        first = english(run[0], year=run[0].year != run[-1].year)
        day = english(run[0]) if len(run) == 1 else f"{first} to {english(run[-1])}"
        return " ".join(
            (
                day,
                str(len(own)) if counted else number(None),
                f"{len(known)} of {len(run)}",
                number(weekly),
                number(middle(rated)),
                number(worst),
            )
        )

    def _treatments(self) -> list[str]:
        found = []
        for row in self.marks:
            day = date.fromisoformat(row["date"])
            note = f". “{row['note']}”" if row["note"] else ""
            before = "Last one before the period: " if day < self.first else ""
            found.append(f"{before}{english(day)}: {row['treatment']}{note}")
        return found
