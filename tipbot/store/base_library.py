"""What the editors' desk and the library's files may ask of the store; a part of ``store.base``.

Tips and cards are one here: both are entries, and both are called tips. A tip is named by its
``TipNumber``, which fits a button; numbers, revisions and ids out of buttons may be forged, so
whatever does not exist is answered with None.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from tipbot.core.audit import Act
from tipbot.core.changes import TipChange
from tipbot.core.drafts import Draft
from tipbot.core.entries import Entry
from tipbot.core.library import Comparison, Library, Parcel, Synced
from tipbot.core.model import Dialog, SubscriberId, TipId, Topic
from tipbot.core.paging import Page
from tipbot.core.proposals import Approved, Proposal, ProposalId, Submitted
from tipbot.core.revisions import Revision, TipNumber, TipState
from tipbot.core.shelf import ConflictId, FileConflict, TipLine, TipPage


class Shelf(Protocol):
    """Reading the library as editors see it: drafts, retired tips and old revisions included."""

    async def search_tips(
        self,
        text: str = "",
        *,
        shelf: str | None = None,
        state: TipState | None = None,
        page: int = 0,
    ) -> Page[TipLine]:
        """Return a page of the tips that hold every word of ``text``, begun words included.

        Whatever is no letter or digit separates words; text without any word browses. Those with
        all words in their title come first, then by title. ``shelf`` is a tip's topic or a card's
        shelf. A page past the last is the last one.
        """
        ...

    async def tip_page(self, which: TipNumber) -> TipPage | None:
        """Return everything about one tip: newest revision, figures, what waits for a choice."""
        ...

    async def tip_number(self, which: TipId) -> TipNumber | None:
        """Return the number of a tip that exists or ever existed."""
        ...

    async def revision(self, which: TipNumber, revision: int) -> Revision | None:
        """Return one revision of a tip."""
        ...

    async def history(self, which: TipNumber, page: int = 0) -> Page[Revision]:
        """Return a page of a tip's revisions, newest first; empty for an unknown tip."""
        ...

    async def free_tip_id(self, topic: Topic, title: str) -> TipId:
        """Return an id for a new tip that no tip has or ever had, made of topic and title."""
        ...


class Editing(Protocol):
    """Changes to the library by editors, each made on top of the revision that was seen.

    ``act`` says who and when; what it came to is written into the log, whatever ``deed``, ``thing``
    and ``detail`` it brings. ``others`` says how many people besides them may approve: with at
    least one, and while ``review_wanted``, a change to what subscribers get waits as a proposal.
    All are safe to call again with the same arguments: the second call returns what the first did,
    but for ``approve``, which says then that the proposal is settled.
    """

    async def add_tip(self, entry: Entry, act: Act) -> Revision | None:
        """Keep a new draft as revision 1; None if the id is taken by something else.

        Nobody gets a draft before it is published, so it needs no approval.
        """
        ...

    async def change_tip(self, change: TipChange, act: Act, others: int) -> Submitted | None:
        """Make a change, or let it wait; None for a tip that does not exist.

        ``Overtaken`` if the tip is no longer at the revision that was seen. A change that changes
        nothing is ``Saved`` without a new revision. Changes to a draft or a retired tip that stay
        out of subscribers' sight never wait. A waiting one replaces an earlier one of the same
        editor on the same tip.
        """
        ...

    async def proposals(self, page: int = 0) -> Page[Proposal]:
        """Return a page of the open proposals, oldest first."""
        ...

    async def proposal(self, which: ProposalId) -> Proposal | None:
        """Return a proposal, settled or not."""
        ...

    async def approve(self, which: ProposalId, seen: int, act: Act) -> Approved | None:
        """Make a proposed change as the proposer's revision; None for an unknown proposal.

        ``seen`` is the tip's newest revision as the approver saw it beside the proposal; if the tip
        is elsewhere by now, it is ``Overtaken`` and the proposal stays open. ``Own`` for the
        proposer, ``Settled`` if it is not open.
        """
        ...

    async def reject(self, which: ProposalId, act: Act, why: str = "") -> Proposal | None:
        """Settle an open proposal without a change: WITHDRAWN by its proposer, else REJECTED.

        ``why`` is kept with a rejected one. Whoever proposed it has a notice of it in the same
        step, as after ``approve``.

        Returns the proposal as it stands then, settled by someone else before perhaps; None if
        unknown. Its text is kept.
        """
        ...

    async def review_wanted(self) -> bool:
        """Tell whether a second pair of eyes is wanted; True unless an owner said otherwise."""
        ...

    async def want_review(self, act: Act, *, wanted: bool) -> None:
        """Keep an owner's choice about the second pair of eyes; what waits goes on waiting."""
        ...


class Drafts(Protocol):
    """What editors are writing: one draft each, which nobody else sees."""

    async def keep_tip_draft(
        self, who: SubscriberId, draft: Draft, now: datetime, question: Dialog | None = None
    ) -> None:
        """Keep what an editor is writing, in place of what they wrote before.

        ``question`` is open from now on; without one, the question of a field is closed, if it was
        the open one.
        """
        ...

    async def tip_draft(self, who: SubscriberId, now: datetime) -> Draft | None:
        """Return what an editor is writing, unless nothing was changed for ``DRAFT_KEPT``."""
        ...

    async def drop_tip_draft(self, who: SubscriberId) -> None:
        """Forget what an editor is writing, and close the question of a field."""
        ...


class LibraryFiles(Protocol):
    """The library's files and archives beside the database: three-way, in one transaction."""

    async def library(self) -> Library:
        """Return what is published, with revisions, and the ids of all else as ``hidden``."""
        ...

    async def compare_library(self, files: Library) -> Comparison:
        """Return what ``sync_library`` would do about each tip on which files and database differ.

        The base is what the files said at the last sync.
        """
        ...

    async def sync_library(
        self, files: Library, now: datetime, prefer_files: Collection[TipId] | None = ()
    ) -> Synced:
        """Bring the database in step with the files; raise ValueError if an id stands twice.

        Only the file changed: its text becomes a revision and is published; gone, the tip is
        retired. Only the live state changed: it is kept. Both: the live state stays and the
        conflict is kept for an editor to decide, but for the ids in ``prefer_files`` (None for
        all), which take the file's. The second call changes nothing.
        """
        ...

    async def keep_live(self, files: Library, which: Collection[TipId]) -> None:
        """Decide conflicts between these files and the live state for the live state."""
        ...

    async def file_conflicts(self, page: int = 0) -> Page[FileConflict]:
        """Return a page of the conflicts that wait for a choice, oldest first."""
        ...

    async def file_conflict(self, which: ConflictId) -> FileConflict | None:
        """Return a conflict that still waits for a choice, with the live text as it is now."""
        ...

    async def decide_conflict(
        self, which: ConflictId, seen: int, act: Act, others: int, *, take_file: bool
    ) -> Submitted | None:
        """Take the file's side, as an editor's change, or keep the live one; None if it is over.

        ``Overtaken``, and still to be decided, if the tip is no longer at revision ``seen``. A file
        that changed again after the conflict was shown has made a conflict with a new id.
        """
        ...

    async def compare_parcel(self, parcel: Parcel, others: int) -> Comparison:
        """Return what ``take_parcel`` would do; raise ``LibraryError`` as that would.

        The base of each tip is the revision that the archive was packed with. An archive that says
        nothing of that is held against the last sync of the files and retires nothing.
        """
        ...

    async def take_parcel(
        self,
        parcel: Parcel,
        version: int,
        act: Act,
        others: int,
        prefer_files: Collection[TipId] | None = (),
    ) -> Synced | Comparison:
        """Apply an archive, all or nothing, as an editor's changes.

        Raises ``LibraryError`` if it has faults, alone or together with the documents there are.

        ``version`` is that of the comparison that was shown: if the library changed since, nothing
        is done and the comparison of now returned. Conflicts keep the live text but for
        ``prefer_files`` (None for all). Where a review is wanted each change waits as a proposal,
        and documents keep their titles: those stand below texts that others have approved.
        """
        ...
