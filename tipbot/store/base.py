"""What the rest of the house may ask of the store: narrow ports, named after use cases.

Every method is one transaction: when it returns, its effect is on disk; when it raises, nothing
changed. What a tap does for itself is committed then, which no end of the process undoes, and on
disk once ``flushed``, too: until then Telegram has the tap. All may raise
``StoreUnavailableError``, after which the same call may be made again.
Moments go in and come out as aware UTC datetimes.
"""

import asyncio
from typing import Protocol

from tipbot.store.base_cluster import Cluster, Places, PlacesWanted
from tipbot.store.base_delivery import (
    Answered,
    Backlog,
    Deliveries,
    Floods,
    Inbox,
    KeptUpdate,
    Swept,
    Timekeeping,
    Tips,
    Turns,
    Watched,
)
from tipbot.store.base_diary import (
    Begun,
    CheckIns,
    DiarySigns,
    Led,
    Logged,
    Rated,
    Relief,
    Slice,
    Treatments,
)
from tipbot.store.base_library import Drafts, Editing, LibraryFiles, Shelf
from tipbot.store.base_people import DataRights, Dialogs, Subscribers, TakeHolding, Thinned
from tipbot.store.base_staff import (
    Announcements,
    Audit,
    Counted,
    Joining,
    NoEditorError,
    Notices,
    Staff,
)

__all__ = [
    "Announcements",
    "Answered",
    "Audit",
    "Backlog",
    "Begun",
    "CheckIns",
    "Cluster",
    "Counted",
    "DataRights",
    "Deliveries",
    "Dialogs",
    "DiarySigns",
    "Drafts",
    "Editing",
    "Floods",
    "Inbox",
    "Joining",
    "KeptUpdate",
    "Led",
    "LibraryFiles",
    "Logged",
    "NewerSchemaError",
    "NoEditorError",
    "Notices",
    "Places",
    "PlacesWanted",
    "Rated",
    "Relief",
    "Shelf",
    "Slice",
    "Staff",
    "Store",
    "StoreUnavailableError",
    "Subscribers",
    "Swept",
    "TakeHolding",
    "Thinned",
    "Timekeeping",
    "Tips",
    "Treatments",
    "Turns",
    "Watched",
]


class StoreUnavailableError(Exception):
    """The database did not answer or refused to commit; nothing of the call took effect."""


class NewerSchemaError(StoreUnavailableError):
    """A newer version made the database: to call again never helps this one."""

    def __init__(self, step: str) -> None:
        """Name the step that only the newer version knows."""
        made = f"it was made by a newer version of tipbot (step {step})"
        super().__init__(f"{made}: install that one")


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
    Notices,
    Announcements,
    Counted,
    Audit,
    DataRights,
    Turns,
    Timekeeping,
    Floods,
    Answered,
    Inbox,
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

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that any method did so far is on disk.

        It fails with ``StoreUnavailableError`` if the disk refuses: then nobody knows what is.
        """
        ...

    async def ping(self) -> None:
        """Return if a write could be committed now; else raise ``StoreUnavailableError``."""
        ...
