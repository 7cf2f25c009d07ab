"""The store: every use case, on one database."""

import asyncio

from tipbot.store.announcements import AnnouncementRecords
from tipbot.store.announcing import AnnouncingRecords
from tipbot.store.answered import AnsweredRecords
from tipbot.store.audit import AuditRecords
from tipbot.store.backlog import BacklogRecords
from tipbot.store.checkins import CheckInRecords
from tipbot.store.database import Transaction
from tipbot.store.days import DayRecords
from tipbot.store.dialogs import DialogRecords
from tipbot.store.drafts import DraftRecords
from tipbot.store.editing import EditingRecords
from tipbot.store.figures import FigureRecords
from tipbot.store.floods import FloodRecords
from tipbot.store.inbox import InboxRecords
from tipbot.store.librarian import LibraryRecords
from tipbot.store.notices import NoticeRecords
from tipbot.store.parcels import ParcelRecords
from tipbot.store.recording import RecordingRecords
from tipbot.store.relief import ReliefRecords
from tipbot.store.rights import RightsRecords
from tipbot.store.shelf import ShelfRecords
from tipbot.store.signs import SignRecords
from tipbot.store.staff import StaffRecords
from tipbot.store.subscribers import SubscriberRecords
from tipbot.store.taps import TapRecords
from tipbot.store.timekeeping import TimeRecords
from tipbot.store.tips import TipRecords
from tipbot.store.treatments import TreatmentRecords
from tipbot.store.turns import TurnRecords

_PING = "UPDATE counters SET value = value + 1 WHERE name = 'ping'"


class DatabaseStore(
    SubscriberRecords,
    RecordingRecords,
    TapRecords,
    CheckInRecords,
    DayRecords,
    ReliefRecords,
    TreatmentRecords,
    SignRecords,
    TipRecords,
    ShelfRecords,
    EditingRecords,
    DraftRecords,
    LibraryRecords,
    ParcelRecords,
    DialogRecords,
    StaffRecords,
    NoticeRecords,
    AnnouncementRecords,
    AnnouncingRecords,
    FigureRecords,
    AuditRecords,
    RightsRecords,
    TurnRecords,
    TimeRecords,
    FloodRecords,
    AnsweredRecords,
    InboxRecords,
    BacklogRecords,
):
    """Implements ``base.Store`` on any driver."""

    async def open(self) -> None:
        """Connect and migrate the schema forward; raise ``StoreUnavailableError`` if that fails."""
        await self._database.open()

    async def close(self) -> None:
        """Finish what was handed in and let go of the database."""
        await self._database.close()

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that was written so far is on disk."""
        return self._database.flushed()

    async def ping(self) -> None:
        """Return once a write was committed; else raise ``StoreUnavailableError``."""

        def body(tx: Transaction) -> None:
            tx.execute(_PING)

        await self._database.write(body)
