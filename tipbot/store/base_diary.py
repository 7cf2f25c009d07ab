"""What the diary may ask: check-ins, guided relief, treatments, and what was said of them.

A part of ``store.base``, which says what holds for every method.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tipbot.core.helped import Outcomes
from tipbot.core.model import (
    CheckIn,
    CheckInId,
    CheckInKind,
    DayContext,
    DeliveryId,
    Subscriber,
    SubscriberId,
    Tap,
)
from tipbot.core.relief import Pace, Technique
from tipbot.core.sessions import Answer, Session, SessionId
from tipbot.core.signs import Course, Sign
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind


@dataclass(frozen=True, slots=True)
class Logged:
    """The entry of a tap, whether this very call made it, and what the button carries next.

    ``person`` is whoever tapped, as kept at that moment. ``next_nonce`` lies above every nonce that
    was tapped on the same message, so that a tap handed over again, and drawn after a later one,
    never gives the button an old one.
    """

    entry: CheckIn
    fresh: bool
    next_nonce: int
    person: Subscriber


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list: at most ``limit`` after the first ``skip``."""

    skip: int
    limit: int


class CheckIns(Protocol):
    """Logged twitches, day ratings and what belongs to a day."""

    async def log_twitch(
        self,
        who: SubscriberId,
        tap: Tap,
        may: Callable[[Subscriber], bool] | None = None,
        *,
        on: DeliveryId | None = None,
    ) -> Logged | None:
        """Store a twitch with side and place of the newest entry.

        None, and nothing stored, for a stranger and for a person who ``may`` not. What was tapped
        ``on``, if it is this person's own delivery, has the reaction TWITCH from then on.

        The same ``tap.key``, or the same button within ``core.checkins.DOUBLE_TAP``, returns the
        entry that is already there. An undone entry does not count for the button, so a new press
        after an undo makes a new one.
        """
        ...

    async def rate_day(
        self, who: SubscriberId, local_date: date, strength: int, tap: Tap
    ) -> Logged | None:
        """Store or replace the rating of a local day (one a day); None for a stranger."""
        ...

    async def check_in(self, which: CheckInId, who: SubscriberId) -> CheckIn | None:
        """Return an entry if it is this person's own, undone ones included."""
        ...

    async def edit_check_in(
        self, which: CheckInId, who: SubscriberId, change: Callable[[CheckIn], CheckIn]
    ) -> CheckIn | None:
        """Apply a pure change in one transaction; None if it is not this person's own."""
        ...

    async def check_ins(
        self, who: SubscriberId, first: date, last: date, kind: CheckInKind | None = None
    ) -> list[CheckIn]:
        """Return the entries of the local dates ``first`` to ``last``, both included, oldest first.

        Undone entries are left out.
        """
        ...

    async def count_check_ins(self, who: SubscriberId, first: date, last: date) -> int:
        """Return how many entries ``check_ins`` would return, without reading them."""
        ...

    async def newest_check_ins(
        self, who: SubscriberId, first: date, last: date, page: Slice
    ) -> list[CheckIn]:
        """Return a slice of what ``check_ins`` would return, newest first."""
        ...

    async def day_context(self, who: SubscriberId, local_date: date) -> DayContext | None:
        """Return what was said about a day, or None."""
        ...

    async def day_contexts(self, who: SubscriberId, first: date, last: date) -> list[DayContext]:
        """Return what was said about the local dates ``first`` to ``last``, oldest first."""
        ...

    async def edit_day_context(
        self, who: SubscriberId, local_date: date, change: Callable[[DayContext], DayContext]
    ) -> DayContext | None:
        """Apply a pure change to a day's context, made if need be; None for a stranger."""
        ...


@dataclass(frozen=True, slots=True)
class Begun:
    """The session of a tap, and the one that it ended, if it ended one."""

    session: Session
    replaced: Session | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """A live session whose message is to change, with the person it leads."""

    session: Session
    person: Subscriber


@dataclass(frozen=True, slots=True)
class Rated:
    """A session with its answer, and the entry on which the answer ticked what helped."""

    session: Session
    entry: CheckIn | None


class Relief(Protocol):
    """Relief sessions; each person has at most one that is live."""

    async def begin_relief(
        self, who: SubscriberId, technique: Technique, pace: Pace, tap: Tap
    ) -> Begun | None:
        """Begin a session in the tapped message and end the other live one; None for a stranger.

        The same ``tap.key``, or another press while the message leads through a session, returns
        the session that is already there.
        """
        ...

    async def relief_session(self, which: SessionId, who: SubscriberId) -> Session | None:
        """Return a session if it is this person's own, else None: ids in buttons may be forged."""
        ...

    async def live_relief(self, who: SubscriberId) -> Session | None:
        """Return the session that a person is led through, or None."""
        ...

    async def claim_relief(self, now: datetime, limit: int) -> list[Led]:
        """Take up to ``limit`` live sessions that are due; each is due again at its next change.

        So no two callers get the same change, and one that was missed is not made up for. A
        session whose end lies further back than ``core.sessions.ASK_WITHIN``, or whose person is
        BLOCKED, ends without being returned.
        """
        ...

    async def hold_relief(self, which: SessionId, who: SubscriberId, until: datetime) -> None:
        """Make a live session due at ``until`` instead."""
        ...

    async def end_relief(
        self, which: SessionId, who: SubscriberId, now: datetime
    ) -> Session | None:
        """End a session unless it has ended; None if it is not this person's own."""
        ...

    async def rate_relief(
        self, which: SessionId, who: SubscriberId, answer: Answer, now: datetime
    ) -> Rated | None:
        """Keep the answer of an ended session, in place of an earlier one; None if not their own.

        BETTER ticks what helped on the newest entry of the last ``core.sessions.TICK_WITHIN``;
        another answer takes that very tick away again.
        """
        ...

    async def outcomes(self, who: SubscriberId, after: datetime, until: datetime) -> Outcomes:
        """Return what was said about what helped: of sessions begun and entries of that time.

        Both are after ``after`` and not after ``until``; undone entries are left out.
        """
        ...


class Treatments(Protocol):
    """Treatment marks: days of an injection or of a change of medicine."""

    async def mark_treatment(
        self, who: SubscriberId, kind: TreatmentKind, local_date: date, tap: Tap
    ) -> Treatment | None:
        """Mark a local day; None for a stranger.

        The same ``tap.key``, or the same kind and day from one message within
        ``core.checkins.DOUBLE_TAP``, returns the mark that is already there.
        """
        ...

    async def treatment(self, which: TreatmentId, who: SubscriberId) -> Treatment | None:
        """Return a mark if it is this person's own, undone ones included."""
        ...

    async def edit_treatment(
        self, which: TreatmentId, who: SubscriberId, change: Callable[[Treatment], Treatment]
    ) -> Treatment | None:
        """Apply a pure change in one transaction; None if it is not this person's own."""
        ...

    async def treatments(self, who: SubscriberId) -> list[Treatment]:
        """Return all marks of a person by local date, oldest first; undone ones are left out."""
        ...


class DiarySigns(Protocol):
    """Warning signs that the course of a diary shows; each is said once."""

    async def course(self, who: SubscriberId, first: date, last: date) -> Course:
        """Return what the rules look at of some local dates, and which signs were said.

        Undone entries are left out; once every sign was said, all are.
        """
        ...

    async def claim_signs(
        self, who: SubscriberId, signs: Collection[Sign], now: datetime
    ) -> frozenset[Sign]:
        """Return those of ``signs`` that the caller is to say now; none for a stranger.

        No other caller gets them, unless they are not marked as said within
        ``core.signs.SAY_WITHIN``.
        """
        ...

    async def mark_signs_said(
        self, who: SubscriberId, signs: Collection[Sign], now: datetime
    ) -> None:
        """Keep that these signs were said; they are never claimed again."""
        ...
