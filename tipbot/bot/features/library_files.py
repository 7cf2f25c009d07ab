"""The library as files in the chat: sent as a zip, taken back as one, and conflicts decided."""

import asyncio
import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from telegram import Document
from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.buttons.library_files import (
    AskArchive,
    Decide,
    ExportLibrary,
    OpenConflict,
    OpenConflicts,
    OpenFiles,
    TakeArchive,
)
from tipbot.bot.feature import Feature
from tipbot.bot.features.library import answer_outcome, open_question, others, show_tip
from tipbot.bot.features.soundness import refused
from tipbot.bot.features.talk import unasked
from tipbot.bot.guards import admitted
from tipbot.bot.views import View, expired
from tipbot.bot.views.library_files import (
    archive_ask_view,
    comparison_view,
    conflict_view,
    conflicts_view,
    faults_view,
    files_view,
    synced_view,
    unsound_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.changes import as_file
from tipbot.core.entries import LibraryError
from tipbot.core.instants import date_at
from tipbot.core.library import Comparison, Parcel, check_reviews
from tipbot.core.model import Dialog
from tipbot.core.proposals import Waiting
from tipbot.core.revisions import RevisionKind
from tipbot.core.roles import Role
from tipbot.core.shelf import FileConflict
from tipbot.library.archive import LARGEST_ARCHIVE, pack_library, read_archive

ARCHIVE = "desk-archive"


async def open_files(visit: Visit, _: OpenFiles) -> None:
    """Show what can be done with the library as files."""
    await visit.answer()
    await visit.show(files_view(visit.text))


async def export_library(visit: Visit, _: ExportLibrary) -> None:
    """Send the library as a zip of its files."""
    if visit.pressed_twice():
        await visit.answer()
        return
    library = await visit.store.library()
    try:
        packed = await asyncio.to_thread(pack_library, library)
    except LibraryError as unsound:
        await visit.answer(visit.text.plain("library-unsound-toast"), alert=True)
        await visit.say(unsound_view(visit.text, unsound.faults))
        return
    await visit.answer(visit.text.plain("library-export-toast"))
    await visit.store.note_act(visit.act(Deed.LIBRARY_EXPORTED))
    visit.served()
    name = f"tips-{date_at(visit.now, ZoneInfo(visit.zone))}.zip"
    caption = visit.text.plain("library-export-caption")
    await replies.send_file(visit.bot, visit.chat_id, name, packed, caption)


async def ask_archive(visit: Visit, _: AskArchive) -> None:
    """Ask for a zip of the library."""
    await open_question(visit, ARCHIVE, json.dumps({}))
    await visit.answer()
    await visit.show(archive_ask_view(visit.text, LARGEST_ARCHIVE))


async def archive_sent(visit: Visit, _: Dialog, document: Document) -> None:
    """Show what an archive would change; the question stays open for a better one."""
    if (document.file_size or 0) > LARGEST_ARCHIVE:
        most = LARGEST_ARCHIVE // 1024**2
        await visit.say(View(html=visit.text.html("archive-too-large", megabytes=most)))
        return
    parcel = await _download(visit, document.file_id)
    if not await _still_admitted(visit):
        return
    if parcel is None:
        await visit.say(View(html=visit.text.html("archive-lost")))
        return
    if parcel.faults:
        await visit.say(faults_view(visit.text, parcel.faults))
        return
    try:
        found = await visit.store.compare_parcel(parcel, await others(visit))
    except LibraryError as unsound:
        await visit.say(faults_view(visit.text, unsound.faults))
        return
    await open_question(visit, ARCHIVE, json.dumps({"file": document.file_id}))
    await visit.say(comparison_view(visit.text, found, parcel.digest))


async def _download(visit: Visit, file_id: str) -> Parcel | None:
    """Return what an archive holds, read on a thread; nothing of it touches the disk.

    None if Telegram did not hand it over.
    """
    try:
        file = await visit.bot.get_file(file_id)
        data = await file.download_as_bytearray()
    except TelegramError:
        return None
    parcel = await asyncio.to_thread(read_archive, bytes(data))
    late = check_reviews(parcel.library, await visit.store.library(), visit.now.date())
    return replace(parcel, faults=(*parcel.faults, *late))


async def _still_admitted(visit: Visit) -> bool:
    """Tell whether a visit may go on after a download, in which its person may have lost the role.

    Whoever may not is answered as a stranger would be.
    """
    if await admitted(visit, FEATURE.needs) is not None:
        return True
    if visit.query:
        await visit.show(View(html=expired(visit.text)))
    else:
        await unasked(visit)
    return False


async def take_archive(visit: Visit, button: TakeArchive) -> None:
    """Apply the archive that was shown, if the library is as it was then."""
    dialog = await visit.store.dialog(visit.who, visit.now)
    sent = json.loads(dialog.payload).get("file") if dialog and dialog.kind == ARCHIVE else None
    if sent is None:
        await (visit.answer() if visit.pressed_twice() else visit.expire())
        return
    await visit.answer(visit.text.plain("archive-taking-toast"))
    parcel = await _download(visit, sent)
    if not await _still_admitted(visit):
        return
    if parcel is None or parcel.faults:
        lost = View(html=visit.text.html("archive-lost"))
        await visit.show(faults_view(visit.text, parcel.faults) if parcel else lost)
        return
    try:
        await _take(visit, button, parcel)
    except LibraryError as unsound:
        await visit.show(faults_view(visit.text, unsound.faults))


async def _take(visit: Visit, button: TakeArchive, parcel: Parcel) -> None:
    """Apply an archive if it is the one that was shown; else show what this one would change."""
    act, others_here = visit.act(Deed.LIBRARY_IMPORTED), await others(visit)
    if parcel.digest != button.archive:
        found = await visit.store.compare_parcel(parcel, others_here)
        view = comparison_view(visit.text, found, parcel.digest, first="archive-other")
        await visit.show(view)
        return
    prefer = None if button.files else ()
    done = await visit.store.take_parcel(parcel, button.version, act, others_here, prefer)
    if isinstance(done, Comparison):
        view = comparison_view(visit.text, done, parcel.digest, first="archive-anew")
        await visit.show(view)
        return
    visit.served()
    await visit.store.close_dialog(visit.who)
    await visit.show(synced_view(visit.text, done))


async def open_conflicts(visit: Visit, button: OpenConflicts) -> None:
    """Show one page of the tips whose file and live text both changed."""
    await _show_conflicts(visit, max(button.page, 0))


async def _show_conflicts(visit: Visit, number: int = 0, toast: str | None = None) -> None:
    page = await visit.store.file_conflicts(number)
    await visit.answer(toast, alert=toast is not None)
    await visit.show(conflicts_view(visit.text, page))


async def open_conflict(visit: Visit, button: OpenConflict) -> None:
    """Show both sides of a conflict."""
    conflict = await visit.store.file_conflict(button.conflict)
    if conflict is None:
        await _over(visit)
        return
    await visit.answer()
    await _show_conflict(visit, conflict)


async def _over(visit: Visit) -> None:
    """Say that a choice is not to be made any more, and show those that are."""
    await _show_conflicts(visit, toast=visit.text.plain("conflict-gone-toast"))


async def _show_conflict(visit: Visit, conflict: FileConflict) -> None:
    documents = await visit.store.documents()
    await visit.show(conflict_view(visit.text, conflict, documents))


async def decide(visit: Visit, button: Decide) -> None:
    """Take the file's side or keep the live one, unless the tip changed meanwhile."""
    if visit.pressed_twice():
        await visit.answer()
        return
    conflict = await visit.store.file_conflict(button.conflict)
    if button.file and conflict:
        wanted = as_file(conflict.live, conflict.file, RevisionKind.SYNC)
        if await refused(visit, wanted, button.seen):
            return
    act = visit.act(Deed.TOOK_FILE if button.file else Deed.KEPT_LIVE)
    came = await visit.store.decide_conflict(
        button.conflict, button.seen, act, await others(visit), take_file=button.file
    )
    if conflict is None or came is None:
        await _over(visit)
        return
    visit.served()
    await answer_outcome(visit, came)
    again = await visit.store.file_conflict(button.conflict)
    if again is not None and not isinstance(came, Waiting):
        await _show_conflict(visit, again)
        return
    page = await visit.store.tip_page(conflict.live.number)
    if page is not None:
        await show_tip(visit, page)


FEATURE = Feature(
    needs=Role.EDITOR,
    buttons={
        OpenFiles: open_files,
        ExportLibrary: export_library,
        AskArchive: ask_archive,
        TakeArchive: take_archive,
        OpenConflicts: open_conflicts,
        OpenConflict: open_conflict,
        Decide: decide,
    },
    files={ARCHIVE: archive_sent},
)
