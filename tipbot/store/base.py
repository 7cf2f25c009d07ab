"""What the rest of the house may ask of the store: narrow ports, named after use cases.

Every method is one transaction: when it returns, its effect is on disk; when it raises, nothing
changed. All may raise ``StoreUnavailableError``, after which the same call may be made again.
Moments go in and come out as aware UTC datetimes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Protocol, TypeAlias

from tipbot.core.announcements import Announcement
from tipbot.core.audit import Act, ActId, Entry
from tipbot.core.enrolment import Enrolment
from tipbot.core.figures import DayFigures, People, Tally, TipVotes
from tipbot.core.helped import Outcomes
from tipbot.core.holdings import Holding, Record
from tipbot.core.model import (
    AnnouncementId,
    Card,
    CheckIn,
    CheckInId,
    CheckInKind,
    DayContext,
    Delivery,
    DeliveryId,
    Dialog,
    Document,
    NewDelivery,
    Reaction,
    Subscriber,
    SubscriberId,
    Tap,
    Tip,
    TipId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.core.relief import Pace, Technique
from tipbot.core.roles import ActorId, Invite, InviteId, Member
from tipbot.core.sessions import Answer, Session, SessionId
from tipbot.core.signs import Sign
from tipbot.core.traces import Trace
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind
from tipbot.store.base_library import Drafts, Editing, LibraryFiles, Shelf


class StoreUnavailableError(Exception):
    """The database did not answer or refused to commit; nothing of the call took effect."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows a sweep set free, and how many it left in doubt."""

    reclaimed: int
    unknown: int


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


class Deliveries(Protocol):
    """Planning, claiming and recording: the delivery state machine at rest."""

    async def plan_due(
        self, now: datetime, limit: int, decide: Callable[[DuePlan, Shelves], PlanStep]
    ) -> int:
        """Advance up to ``limit`` plans with ``next_due_at <= now``; return how many there were.

        In one transaction each plan is replaced as ``decide`` says and its delivery written; one
        that exists already, by (plan, slot, repeat), is left as it is. Plans of people who are not
        ACTIVE are not due. A plan for which ``decide`` raises is put off by an hour and logged.
        """
        ...

    async def add_delivery(self, delivery: NewDelivery) -> bool:
        """Write one delivery outside the planner; False if it exists already."""
        ...

    async def send_next_tip(
        self,
        who: SubscriberId,
        now: datetime,
        decide: Callable[[DuePlan, Shelves], PlanStep],
        topic: Topic | None = None,
    ) -> bool:
        """Plan one tip at once for a person's enabled tip plan, through ``decide``.

        It is the plan of ``topic``, or the first one if that is None. Idempotent by the
        (plan, slot) of the delivery that ``decide`` returns.
        """
        ...

    async def claim_deliveries(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Delivery]:
        """Claim PENDING, due RETRY and lapsed CLAIMED rows for ``worker``, oldest due first.

        A chat whose earlier delivery is still CLAIMED or SENDING elsewhere is passed over, so
        that each chat stays in order. Announcements are left to ``claim_announced``.
        """
        ...

    async def claim_announced(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Delivery]:
        """Claim deliveries of announcements as ``claim_deliveries`` claims all others.

        A chat in which anything else is ready or on its way is passed over.
        """
        ...

    async def begin_sending(
        self,
        worker: str,
        claimed: Sequence[DeliveryId],
        now: datetime,
        allow: Callable[[Delivery], datetime | bool],
    ) -> list[Delivery]:
        """Commit SENDING for those of ``claimed`` that are still wanted; return exactly these.

        Rows are read afresh inside the transaction. ``allow`` answers True (send), False (EXPIRED)
        or a moment (back to PENDING, not before then). Rows that ``worker`` no longer holds are
        left alone. Each returned row counts one more attempt.
        """
        ...

    async def record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]], now: datetime) -> None:
        """Write what became of SENDING rows, in one transaction.

        A row that is no longer SENDING or UNKNOWN is left as it is. SENT adds one to the person's
        ``unanswered`` for a tip; UNREACHABLE marks the person BLOCKED and ends what waits for them.
        """
        ...

    async def release(self, worker: str) -> int:
        """Give back every row that ``worker`` has CLAIMED but not begun to send."""
        ...

    async def sweep(self, now: datetime, doubt_after: timedelta) -> Swept:
        """Free lapsed CLAIMED rows and turn SENDING rows older than ``doubt_after`` to UNKNOWN.

        So it does with rows whose lease ends, or whose sending began, more than ``doubt_after``
        ahead of ``now``: the wall clock was set back since. No lease may be longer than that.
        """
        ...

    async def expire_deliveries(self, now: datetime, limit: int) -> int:
        """End waiting rows whose ``expires_at`` has passed; return how many."""
        ...

    async def delivery(self, which: DeliveryId, who: SubscriberId) -> Delivery | None:
        """Return a delivery if it is this person's own, else None: ids in buttons may be forged."""
        ...

    async def react(
        self, which: DeliveryId, who: SubscriberId, reaction: Reaction, now: datetime
    ) -> Delivery | None:
        """Keep the reaction, once a kind; HELPFUL and NOT_HELPFUL replace each other.

        Sets ``unanswered`` to 0 and turns an UNKNOWN delivery to SENT: the tap proves that it
        arrived. None if the delivery is not this person's own.
        """
        ...

    async def counts(self) -> Mapping[str, int]:
        """Return how many deliveries there are in each state."""
        ...

    async def next_due(self) -> datetime | None:
        """Return the earliest moment at which a plan or a waiting delivery falls due."""
        ...


@dataclass(frozen=True, slots=True)
class Logged:
    """The entry of a tap, whether this very call made it, and what the button carries next.

    ``next_nonce`` lies above every nonce that was tapped on the same message, so that a tap handed
    over again, and drawn after a later one, never gives the button an old one.
    """

    entry: CheckIn
    fresh: bool
    next_nonce: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list: at most ``limit`` after the first ``skip``."""

    skip: int
    limit: int


class CheckIns(Protocol):
    """Logged twitches, day ratings and what belongs to a day."""

    async def log_twitch(self, who: SubscriberId, tap: Tap) -> Logged | None:
        """Store a twitch with side and place of the newest entry; None for a stranger.

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

    async def traces(self, who: SubscriberId, first: date, last: date) -> list[Trace]:
        """Return what the rules look at of some local dates; none once every sign was said.

        Undone entries are left out.
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


class Tips(Protocol):
    """The tip library as subscribers get it: what is published."""

    async def tip(self, which: TipId) -> Tip | None:
        """Return the current revision of a published tip."""
        ...

    async def tips(self, topic: Topic) -> list[Tip]:
        """Return the published tips of a topic in order of id."""
        ...

    async def card(self, which: TipId) -> Card | None:
        """Return the current revision of a published card."""
        ...

    async def cards(self) -> list[Card]:
        """Return the published cards by shelf, then title."""
        ...

    async def documents(self) -> Mapping[str, Document]:
        """Return the source documents by file name."""
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


class Joining(Enum):
    """What opening an invitation came to."""

    DONE = auto()
    ALREADY = auto()
    """They are an editor; the invitation, if it is one, stays open."""
    NO_INVITE = auto()
    """Opened by someone else, withdrawn, expired, or never made."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What opening an invitation came to, and for DONE who had made it."""

    how: Joining
    invited_by: SubscriberId | None = None


class Staff(Protocol):
    """Editors and invitations. Every change is written into the log with the act it is handed."""

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

    async def join(self, token_hash: str, act: Act) -> Joined:
        """Make whoever acts an editor if nobody opened this invitation before; it is used up."""
        ...

    async def remove_editor(self, which: ActorId, act: Act) -> SubscriberId | None:
        """End somebody's being an editor, and the question they were asked.

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
        too old. ``message_id`` is where its figures are shown.
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
        """Take the showing of figures for now; False if some were shown after ``before``."""
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
        """
        ...

    async def thin_records(self, now: datetime, before: datetime, limit: int) -> Thinned:
        """Remove what is over and too old, about ``limit`` of each kind.

        That is deliveries due before ``before`` with their reactions, taps made before it,
        questions that have expired, and keys of updates older than ``ANSWERS_KEPT``. A plan keeps
        which tips it has used, so none comes again early.
        """
        ...


class Answered(Protocol):
    """Which updates were answered; a key is a number that leads to nobody."""

    async def was_answered(self, key: int) -> bool:
        """Tell whether an update was answered, by any process, within ``ANSWERS_KEPT``."""
        ...

    async def mark_answered(self, key: int, now: datetime) -> None:
        """Keep that an update was answered; twice is once."""
        ...


class Turns(Protocol):
    """Work that is done once for all processes on a database."""

    async def take_turn(self, tick: str, now: datetime, every: timedelta) -> bool:
        """Tell whether a tick is the caller's to run now: at most one caller in ``every``."""
        ...

    async def doubts_to_tell(self, now: datetime, every: timedelta) -> int:
        """Return how many deliveries became UNKNOWN since this last returned some, and keep that.

        0 if there were none, or if it returned some less than ``every`` ago: of all who ask, one
        gets a number to tell.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesWanted:
    """What a process asks of the common pace."""

    count: int
    interval: timedelta
    """Between two messages at the full pace."""
    lead: timedelta
    """The first place is to lie at least so far ahead: as long as the answer may take."""
    horizon: timedelta
    """And the last no further than this, so that who comes later in a hurry finds one soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places that a process got; all moments are seconds on the database's clock."""

    now: float
    first: float
    """The first place, or where it would have been."""
    step: float
    """Seconds from each place to the next."""
    count: int
    """How many there are; 0 if they would lie beyond the horizon."""
    paused_until: float


class Cluster(Protocol):
    """What the processes on one database tell each other beside its rows.

    A process that dies lets go of everything at once; one that hangs, within half a minute.
    """

    async def open(self) -> None:
        """Begin to listen; a database that is away is waited for in the background."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take the next places of the one pace: no two callers ever get the same."""
        ...

    async def report_flood(self, wait: timedelta) -> Places:
        """Pause everybody for ``wait`` and slow down, once an incident; ``count`` is 0."""
        ...

    def hold(self, chat: int) -> AbstractAsyncContextManager[None]:
        """Hold a chat while its update is handled: no other process holds it meanwhile.

        Raises ``StoreUnavailableError`` if it was not to be had in time.
        """
        ...

    def tell(self, subject: str, words: str = "") -> None:
        """Tell the other processes something, as far as they can be reached; never waits."""
        ...

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Call ``listener`` on the loop with whatever others tell under a subject."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is due and not done: deliveries by how far they are, and how long the oldest waits."""

    waiting: int
    """Due by now or within a minute, claimed ones included."""
    sending: int
    unknown: int
    lag: timedelta
    """How long ago the first plan or delivery that nobody has taken fell due; zero if none has."""


class Watched(Protocol):
    """What whoever watches over the program may ask."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how much is due and not done."""
        ...


class Store(
    Subscribers,
    Deliveries,
    CheckIns,
    Relief,
    Treatments,
    DiarySigns,
    Tips,
    Shelf,
    Editing,
    Drafts,
    LibraryFiles,
    Dialogs,
    Staff,
    Announcements,
    Counted,
    Audit,
    DataRights,
    Turns,
    Answered,
    Watched,
    Protocol,
):
    """All ports together, and the store's own life."""

    async def open(self) -> None:
        """Connect and migrate the schema forward; raise ``StoreUnavailableError`` if that fails."""
        ...

    async def close(self) -> None:
        """Finish what was handed in and let go of the database."""
        ...

    async def ping(self) -> None:
        """Return if a write could be committed now; else raise ``StoreUnavailableError``."""
        ...
