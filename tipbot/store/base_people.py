"""What may be asked about the people: who they are, what they were asked, what is theirs.

A part of ``store.base``, which says what holds for every method.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from tipbot.core.enrolment import Enrolment
from tipbot.core.holdings import Holding, Record
from tipbot.core.model import (
    Dialog,
    Subscriber,
    SubscriberId,
)


class Subscribers(Protocol):
    """People, their settings and their plans."""

    async def subscriber(self, who: SubscriberId) -> Subscriber | None:
        """Return the person, or None if nothing is kept of them."""
        ...

    async def enrolment(self, who: SubscriberId) -> Enrolment | None:
        """Return the person with their plans in order of topic, or None."""
        ...

    async def enrol(self, newcomer: Subscriber) -> Subscriber:
        """Keep a newcomer who consented, or return the one already kept, made ACTIVE."""
        ...

    async def revise(
        self, who: SubscriberId, change: Callable[[Enrolment], Enrolment]
    ) -> Enrolment | None:
        """Apply a pure change to one person and their plans, read and written in one transaction.

        Plans are told apart by topic; a plan of a new topic is inserted (its id is then ignored),
        one that is missing in the result is deleted. Returns the result, or None for a stranger.
        """
        ...

    async def mark_unreachable(self, who: SubscriberId) -> None:
        """Telegram refused this person: BLOCKED, and what waits for them ends as unreachable."""
        ...

    async def mark_returned(self, who: SubscriberId) -> bool:
        """Make a BLOCKED person ACTIVE, False if they are not; missed slots stay missed."""
        ...

    async def move_chat(self, old_chat: int, new_chat: int) -> None:
        """Follow a chat that Telegram gave a new id."""
        ...


class Dialogs(Protocol):
    """Questions that wait for a typed answer."""

    async def open_dialog(self, dialog: Dialog) -> None:
        """Keep a question, in place of any other of the same person."""
        ...

    async def dialog(self, who: SubscriberId, now: datetime) -> Dialog | None:
        """Return the person's open question unless it expired."""
        ...

    async def close_dialog(self, who: SubscriberId) -> None:
        """Forget the person's open question."""
        ...


TakeHolding: TypeAlias = Callable[[Holding, tuple[str, ...], Iterator[Record]], None]
"""Takes all records of one kind, and the keys that each of them has, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thinned:
    """How many records one thinning removed."""

    deliveries: int
    taps: int
    questions: int
    answers: int
    """Keys of updates that were answered."""

    @property
    def most(self) -> int:
        """The greatest of them; below the limit, nothing old is left."""
        return max(self.deliveries, self.taps, self.questions, self.answers)


class DataRights(Protocol):
    """What a person may ask for about all that is kept of them, and how long records are kept."""

    async def exported_at(self, who: SubscriberId) -> datetime | None:
        """Return when a person last exported their data, or None."""
        ...

    async def mark_exported(self, who: SubscriberId, now: datetime) -> None:
        """Keep that a person exported their data; nothing for a stranger."""
        ...

    async def read_out(self, who: SubscriberId, take: TakeHolding) -> None:
        """Hand everything that is kept of a person to ``take``, each kind once.

        All of it is of one moment. ``take`` runs on a thread of the store's, never on the event
        loop's, and reads the records as it goes, so that they are never in memory all together.
        """
        ...

    async def forget(self, who: SubscriberId) -> bool:
        """Remove everything of a person from every table; return whether they were a subscriber.

        What waits for them is gone, and the record of a send that is in flight changes nothing.
        A SQLite file's log is emptied at once, unless somebody just reads it; ``scrub`` does the
        rest.
        """
        ...

    async def scrub(self) -> None:
        """Overwrite what is left of forgotten people in the gaps of a SQLite file and in its log.

        Does nothing if nobody was forgotten since, and tries again the next time if somebody reads
        just then.
        """
        ...

    async def thin_records(self, now: datetime, before: datetime, limit: int) -> Thinned:
        """Remove what is over and too old, about ``limit`` of each kind.

        That is deliveries due before ``before`` with their reactions, taps made before it,
        questions that have expired, and keys of updates older than ``ANSWERS_KEPT``. A plan keeps
        which tips it has used, so none comes again early.
        """
        ...
