"""What owners and editors may ask: who they are, what they announce, count and did.

A part of ``store.base``, which says what holds for every method.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from tipbot.core.announcements import Announcement
from tipbot.core.audit import Act, ActId, Entry
from tipbot.core.figures import DayFigures, People, Tally, TipVotes
from tipbot.core.model import (
    AnnouncementId,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.notices import Notice
from tipbot.core.roles import ActorId, Invite, InviteId, Member


class Joining(Enum):
    """What opening an invitation came to."""

    DONE = auto()
    ALREADY = auto()
    """They are an editor; the invitation, if it is one, stays open."""
    NO_INVITE = auto()
    """Opened by someone else, withdrawn, expired, or never made."""


class NoEditorError(Exception):
    """Whoever acts as an editor is none any more; nothing of the call took effect."""


class Staff(Protocol):
    """Editors and invitations. Every change is written into the log with the act it is handed.

    Whatever takes an act ``as_editor`` raises ``NoEditorError`` once they are no editor: whether
    they are is looked at in the step that makes the change.
    """

    async def is_editor(self, who: SubscriberId) -> bool:
        """Tell whether somebody is an editor at this moment."""
        ...

    async def member(self, who: SubscriberId) -> Member | None:
        """Return what is kept of an owner or editor who acted, None for anyone else."""
        ...

    async def members(self) -> list[Member]:
        """Return everyone who is or was an owner or editor and whose data was not removed."""
        ...

    async def editors(self) -> list[Member]:
        """Return the editors, the longest-serving first."""
        ...

    async def invite(
        self, token_hash: str, tap_key: str, expires_at: datetime, act: Act
    ) -> InviteId:
        """Keep an invitation; the same tap makes one, to which the newest token leads."""
        ...

    async def invites(self, now: datetime) -> list[Invite]:
        """Return the invitations that can still be opened, oldest first."""
        ...

    async def withdraw_invite(self, which: InviteId, act: Act) -> bool:
        """Let an invitation lead nowhere any more; False if it did so already."""
        ...

    async def join(self, token_hash: str, act: Act, owners: Collection[int]) -> Joining:
        """Make whoever acts an editor if nobody opened this invitation before; it is used up.

        One that was made by somebody who is not among the ``owners`` any more leads nowhere. A
        notice for its maker is kept in the same step.
        """
        ...

    async def remove_editor(self, which: ActorId, act: Act) -> SubscriberId | None:
        """End somebody's being an editor, and the question they were asked; a notice tells them.

        Returns who it was, None if that number is no editor.
        """
        ...


class Announcements(Protocol):
    """Messages of owners to many; each recipient's is a delivery in a lane of its own."""

    async def save_draft(
        self, body: str, topic: Topic | None, tap_key: str, act: Act
    ) -> AnnouncementId:
        """Keep a text that is not sent yet, in place of any other draft of whoever acts.

        The same ``tap_key`` returns the same draft, or what became of it. Drafts are in no log.
        """
        ...

    async def drop_draft(self, which: AnnouncementId, by: SubscriberId) -> bool:
        """Forget a draft; False if it is not a draft of this person's own."""
        ...

    async def count_audience(self, topic: Topic | None, now: datetime) -> int:
        """Return how many would get an announcement now.

        That is who is ACTIVE, through onboarding and not paused, and has the topic switched on.
        """
        ...

    async def start_announcement(
        self, which: AnnouncementId, message_id: int, act: Act
    ) -> Announcement | None:
        """Let a draft of whoever acts, not older than ``DRAFT_KEPT``, be sent from now on.

        One that was started before is returned as it is; None if it is not this person's own, or
        too old. ``message_id`` is where its figures are shown. ``heads`` is whom it is for a moment
        before: who comes or goes meanwhile may be counted or not.
        """
        ...

    async def stop_announcement(self, which: AnnouncementId, act: Act) -> Announcement | None:
        """Send no more of a running announcement from now on; None if there is no such one.

        One that is over is returned as it is.
        """
        ...

    async def announcement(self, which: AnnouncementId) -> Announcement | None:
        """Return an announcement or draft with its figures."""
        ...

    async def announcements(self, limit: int) -> list[Announcement]:
        """Return the newest announcements that were started, with their figures."""
        ...

    async def tend_announcements(
        self,
        now: datetime,
        limit: int,
        due_for: Callable[[Subscriber, datetime, datetime], datetime | None],
    ) -> bool:
        """Take announcements one step on; return whether there is more to do at once.

        A step looks at up to ``limit`` subscribers and writes their deliveries, or ends up to
        ``limit`` that wait in spite of a stop, or finds that an announcement is over. ``due_for``
        (``core.announcements``) says when a person may get what was started at a moment.
        """
        ...

    async def open_announcements(self) -> list[Announcement]:
        """Return those whose last figures have not been shown yet, with their figures."""
        ...

    async def claim_showing(self, which: AnnouncementId, now: datetime, before: datetime) -> bool:
        """Take the showing of figures for now.

        False if some were shown after ``before``, or if the author's data was removed.
        """
        ...

    async def turn_progress(
        self, message_id: int, who: SubscriberId, which: AnnouncementId | None = None
    ) -> None:
        """Let a message show the figures of ``which`` from now on, if both are this person's.

        Those of any other announcement are not shown there any more. One whose last figures were
        shown is left as it is.
        """
        ...

    async def close_announcement(self, which: AnnouncementId) -> None:
        """Keep that the last figures of an announcement that is over were shown."""
        ...


class Counted(Protocol):
    """Counts over all subscribers, for owners; each reads one index and nothing else that grows."""

    async def people(self, now: datetime) -> People:
        """Return how many subscribers there are of each kind."""
        ...

    async def day_figures(self, start: datetime, end: datetime) -> DayFigures:
        """Return what came of all that was due, voted and joined between two moments."""
        ...

    async def name_votes(self, tallies: Mapping[int, Tally]) -> Sequence[TipVotes]:
        """Return tallies with their tips' ids and titles, in the order given."""
        ...


class Notices(Protocol):
    """What owners and editors are to be told unasked: kept with what it is about, sent once."""

    async def call_for_review(self, owners: Collection[int], now: datetime) -> None:
        """Keep a notice of each waiting change for every editor and each of ``owners``.

        Of each change once, and none for whoever proposed it.
        """
        ...

    async def whom_to_tell(self) -> Sequence[SubscriberId]:
        """Return for whom there are notices, Telegram user ids; whoever waits longest first."""
        ...

    async def take_notices(self, who: SubscriberId) -> Sequence[Notice]:
        """Take out what makes one message to somebody: one thing, or all changes that wait.

        Oldest first. Nobody else gets it then, and after a kill it is not sent again. Empty if
        another process was faster.
        """
        ...

    async def put_notices_back(self, notices: Sequence[Notice]) -> None:
        """Keep notices that could not be sent yet, to be taken again."""
        ...


class Audit(Protocol):
    """The log of what owners and editors did; ``store.audit.record`` is the one way into it."""

    async def acts(self, before: ActId | None, limit: int) -> list[Entry]:
        """Return up to ``limit`` acts that are older than ``before``, newest first."""
        ...

    async def note_act(self, act: Act) -> None:
        """Write an act into the log that changes nothing else, such as taking a file."""
        ...

    async def read_acts(self, take: Callable[[Iterator[Entry]], None]) -> None:
        """Hand the whole log, oldest first, to ``take``, which runs on a thread of the store's."""
        ...
