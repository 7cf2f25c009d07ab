"""What helped, from what was said about it: 'did it help?' after sessions, and ticks on entries.

A session says both when something helped and when it did not; a tick says only that it did, so both
are told apart wherever they are shown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tipbot.core.model import CheckInId, Relief, require_aware
from tipbot.core.relief import GUIDES, Technique
from tipbot.core.sessions import TICK_WITHIN, Answer

LOOKED_AT = timedelta(days=90)
"""How far back 'what helped' looks, in the diary and in /relief alike."""
ENOUGH = 3
"""Outcomes from which on something is ranked.

Chance alone makes one of two 'better' most of the time, and three of three only one time in eight.
"""


@dataclass(frozen=True, slots=True)
class RatedSession:
    """A session that was answered; ``ticked`` is the entry on which the answer ticked something."""

    technique: Technique
    answer: Answer
    ended_at: datetime
    ticked: CheckInId | None = None

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.ended_at)


@dataclass(frozen=True, slots=True)
class TickedEntry:
    """An entry on which it was ticked what helped."""

    id: CheckInId
    at: datetime
    helped: frozenset[Relief]

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All that somebody said in some time about what helped."""

    sessions: Sequence[RatedSession] = ()
    entries: Sequence[TickedEntry] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """How many sessions were rated, how many of them 'better', and ticks that no session made."""

    rated: int = 0
    better: int = 0
    ticked: int = 0

    @property
    def helped(self) -> int:
        """How often it helped."""
        return self.better + self.ticked

    @property
    def tried(self) -> int:
        """How often anything was said of it."""
        return self.rated + self.ticked

    @property
    def score(self) -> float:
        """Laplace's rule of succession: so three of three do not outdo nineteen of twenty."""
        return (self.helped + 1) / (self.tried + 2)

    @property
    def known(self) -> bool:
        """Whether it is known to help: ``ENOUGH`` outcomes, half of them good or more."""
        return self.tried >= ENOUGH and 2 * self.helped >= self.tried


Tried = TypeVar("Tried", bound=StrEnum)


def by_relief(outcomes: Outcomes) -> Mapping[Relief, Record]:
    """Return the record of each kind of relief; a session and its own tick are one outcome."""
    rated = Counter(GUIDES[each.technique].helped for each in outcomes.sessions)
    better = Counter(GUIDES[each.technique].helped for each in _better(outcomes))
    ticked = _own_ticks(outcomes)
    return {
        relief: Record(rated[relief], better[relief], ticked[relief])
        for relief in Relief
        if rated[relief] or ticked[relief]
    }


def by_technique(outcomes: Outcomes) -> Mapping[Technique, Record]:
    """Return the record of each technique.

    A tick counts where its kind has one technique alone: 'massage' may have been either of two.
    """
    rated = Counter(each.technique for each in outcomes.sessions)
    better = Counter(each.technique for each in _better(outcomes))
    ticked, kinds = _own_ticks(outcomes), Counter(guide.helped for guide in GUIDES.values())
    own = {t: ticked[g.helped] if kinds[g.helped] == 1 else 0 for t, g in GUIDES.items()}
    return {
        technique: Record(rated[technique], better[technique], own[technique])
        for technique in Technique
        if rated[technique] or own[technique]
    }


def ranked(
    records: Mapping[Tried, Record], every: Collection[Tried]
) -> tuple[tuple[Tried, Record | None], ...]:
    """Return all of ``every``: those known to help first, best first, with their records.

    The others keep their order, without records.
    """
    good = {each: record for each, record in records.items() if record.known}
    first = [each for each in every if each in good]
    first.sort(key=lambda each: -good[each].score)
    return (
        *((each, good[each]) for each in first),
        *((each, None) for each in every if each not in good),
    )


def _better(outcomes: Outcomes) -> Iterable[RatedSession]:
    return (each for each in outcomes.sessions if each.answer is Answer.BETTER)


def _own_ticks(outcomes: Outcomes) -> Counter[Relief]:
    """Count the ticks that say more than a session said already.

    A session that helped ticks its entry; where that stood ticked before, it is the same outcome.
    """
    left = {(entry.id, relief) for entry in outcomes.entries for relief in entry.helped}
    for session in _better(outcomes):
        relief = GUIDES[session.technique].helped
        entry = session.ticked or _entry_of(session, relief, outcomes.entries)
        if entry is not None:
            left.discard((entry, relief))
    return Counter(relief for _, relief in left)


def _entry_of(
    session: RatedSession, relief: Relief, entries: Iterable[TickedEntry]
) -> CheckInId | None:
    """Return the newest ticked entry that a session was for, if there is one."""
    close = (
        entry
        for entry in entries
        if relief in entry.helped and session.ended_at - TICK_WITHIN < entry.at <= session.ended_at
    )
    newest = max(close, key=lambda entry: entry.at, default=None)
    return None if newest is None else newest.id
