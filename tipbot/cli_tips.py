"""The commands that look after the tip library: its files by themselves and beside the database."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tipbot.console import err, fail, out, settings_or_exit, tell
from tipbot.core.counting import counted

if TYPE_CHECKING:
    from tipbot.core.library import Comparison, Library, Synced
    from tipbot.core.model import TipId
    from tipbot.store.base import Store

T = TypeVar("T")

tips_program = typer.Typer(help="Look after the tip library.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="The library; the set one if left out.")]

_LEFT = 1
"""What `diff` ends with if something differs, and `sync` if something is left to decide."""

_NOTED = 5
"""Texts whose date is doubtful that are named."""


class Side(StrEnum):
    """Whose text a conflict takes."""

    FILE = "file"
    LIVE = "live"
    LATER = "later"


@tips_program.command("check")
def tips_check(folder: Folder = None) -> None:
    """Check every tip and card: ids, sources, dates, lengths, markup, reading grade."""
    from tipbot.library.check import check_folder
    from tipbot.library.files import survey

    where = folder or settings_or_exit().tips
    faults = check_folder(where)
    _note_late_reviews(survey(where)[0])
    for fault in faults:
        err.print(str(fault), markup=False, highlight=False)
    if faults:
        err.print(f"{where}: {counted(len(faults), 'fault')}", markup=False, highlight=False)
        raise typer.Exit(code=1)
    tell(f"{where}: no faults")


@tips_program.command("diff")
def tips_diff(folder: Folder = None) -> None:
    """Show what a sync would do about each tip; change nothing.

    Ends with 0 if files and database are in step, 1 if they differ, 2 if it cannot tell.
    """
    from tipbot.library.report import show_comparison

    files = _files(folder)

    async def compare(store: "Store") -> "Comparison":
        return await store.compare_library(files)

    found = _with_store(compare, new=False)
    show_comparison(out, found)
    if not found.in_step:
        raise typer.Exit(code=_LEFT)


@tips_program.command("sync")
def tips_sync(
    folder: Folder = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is done.")] = False,
    take_files: Annotated[
        bool, typer.Option("--take-files", help="Where both sides changed, take the file's text.")
    ] = False,
    keep_live: Annotated[
        bool, typer.Option("--keep-live", help="Where both sides changed, keep the live text.")
    ] = False,
) -> None:
    """Bring the database in step with the files; what editors changed in the chat is kept.

    Where both sides changed it asks, or leaves the choice to the editors in the chat. Ends with 1
    if such choices are left.
    """
    from tipbot.library.report import show_comparison, show_synced

    if take_files and keep_live:
        message = "--take-files and --keep-live exclude each other"
        raise fail(message)
    files = _files(folder)

    async def sync(store: "Store") -> "Synced | None":
        found = await store.compare_library(files)
        show_comparison(out, found)
        if not (yes or found.in_step):
            typer.confirm("Bring the database in step?", abort=True, err=True)
        choice = _sides(found, _preset(take_files=take_files, keep_live=keep_live, yes=yes))
        # In step or not: a conflict that still waits in the chat may be over.
        done = await _bring_in_step(store, files, choice)
        return None if found.in_step else done

    try:
        done = _with_store(sync, new=True)
    except typer.Abort:
        message = "nothing was changed (--yes goes on without asking)"
        raise fail(message) from None
    if done is None:
        return
    show_synced(out, done)
    raise typer.Exit(code=_LEFT if done.conflicts else 0)


@tips_program.command("export")
def tips_export(
    folder: Folder = None,
    *,
    archive: Annotated[
        Path | None, typer.Option("--zip", help="Write one zip instead of a folder.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that changed since the last sync.")
    ] = False,
) -> None:
    """Write what is published into the files; those that say the same already are left alone.

    Files that changed since the last sync, or do not read, are overwritten with --force only.
    """
    from tipbot.clock import system_clock
    from tipbot.core.entries import LibraryError

    if archive is not None and folder is not None:
        message = "--zip goes without a folder"
        raise fail(message)

    where = folder or settings_or_exit().tips
    present = None if archive or force else _present(where)

    async def export(store: "Store") -> None:
        library = await store.library()
        if archive is not None:
            _write_archive(library, archive, force=force)
            return
        if present is not None:
            _refuse_to_overwrite(await store.compare_library(present), where)
        _write_folder(library, where)
        if folder is None:
            # The files say what is live: from here on only a new change of theirs counts.
            await store.sync_library(_files(where), system_clock())

    try:
        _with_store(export, new=False)
    except LibraryError as fault:
        message = f"The library in the database has faults; nothing was written.\n{fault}"
        raise fail(message) from None
    except OSError as fault:
        message = f"{fault.filename or archive or where}: it cannot be written ({fault.strerror})"
        raise fail(message) from None


def _note_late_reviews(library: "Library") -> None:
    """Say which texts have a review that lies in the future, as the chat refuses one typed there.

    It is no fault of a file: the clock of this machine may be behind.
    """
    from tipbot.clock import system_clock
    from tipbot.core.library import Library, check_reviews

    late = check_reviews(library, Library(), system_clock().date())
    for each in late[:_NOTED]:
        err.print(f"note: {each}", markup=False, highlight=False)
    if late:
        reviews = counted(len(late), "review")
        said = f"note: {reviews} in the future: is the clock of this machine right?"
        err.print(said, markup=False, highlight=False)


def _files(folder: Path | None) -> "Library":
    """Return the library of a folder, or end with all of its faults."""
    from tipbot.core.entries import LibraryError
    from tipbot.library.files import read_library

    where = folder or settings_or_exit().tips
    try:
        library = read_library(where)
    except LibraryError as fault:
        message = f"The tip library in {where} has faults; nothing was done.\n{fault}"
        raise fail(message) from None
    _note_late_reviews(library)
    return library


def _with_store(use: Callable[["Store"], Awaitable[T]], *, new: bool) -> T:
    """Use the set database; unless ``new``, one that is not there is a fault and not made."""
    from tipbot.store.base import StoreUnavailableError
    from tipbot.store.connect import connect, file_of

    url = settings_or_exit().database.get_secret_value()

    async def work() -> T:
        store = connect(url)
        await store.open()
        try:
            return await use(store)
        finally:
            await store.close()

    try:
        file = file_of(url)
        if not new and file is not None and not file.exists():
            message = f"there is no database {file}: start the bot once, or `tips sync`"
            raise fail(message)
        return asyncio.run(work())
    except ValueError as fault:
        if type(fault) is not ValueError:
            raise
        message = f"TIPBOT_DATABASE: {fault}"
        raise fail(message) from None
    except StoreUnavailableError as fault:
        message = f"The database cannot be used: {fault}"
        raise fail(message) from None


def _preset(*, take_files: bool, keep_live: bool, yes: bool) -> Side | None:
    """Return what was said in advance about conflicts; None is to ask."""
    if take_files or keep_live:
        return Side.FILE if take_files else Side.LIVE
    return Side.LATER if yes else None


def _sides(found: "Comparison", preset: Side | None) -> dict["TipId", Side]:
    """Return whose text each conflict takes, asking where nothing was said in advance."""
    from tipbot.core.library import ChangeKind

    choice = {}
    for change in found.of(ChangeKind.CONFLICT):
        side = preset
        while side is None:
            question = f"{change.id}: take the file, keep the live text, or decide later"
            said = typer.prompt(f"{question} (file/live/later)", default=Side.LATER.value, err=True)
            side = next((each for each in Side if each.value.startswith(said.lower())), None)
        choice[change.id] = side
    return choice


async def _bring_in_step(store: "Store", files: "Library", choice: dict["TipId", Side]) -> "Synced":
    from tipbot.clock import system_clock

    live = [which for which, side in choice.items() if side is Side.LIVE]
    taken = [which for which, side in choice.items() if side is Side.FILE]
    if live:
        await store.keep_live(files, live)
    return await store.sync_library(files, system_clock(), taken)


def _present(folder: Path) -> "Library | None":
    """Return the library of a folder, None if there is nothing in it."""
    try:
        filled = folder.exists() and any(folder.iterdir())
    except OSError as fault:
        message = f"{folder}: it cannot be read ({fault.strerror}); nothing was written"
        raise fail(message) from None
    return _files(folder) if filled else None


def _refuse_to_overwrite(found: "Comparison", folder: Path) -> None:
    """End if the files of a folder say something that the database does not know."""
    from tipbot.core.library import ChangeKind

    changed = [change.id for change in found.changes if change.kind is not ChangeKind.KEEP]
    if changed:
        message = (
            f"{counted(len(changed), 'file')} in {folder} changed since the last sync:"
            f" {', '.join(changed)}. Nothing was written."
            " Sync first, or overwrite them with --force."
        )
        raise fail(message)


def _write_folder(library: "Library", folder: Path) -> None:
    from tipbot.library.files import write_library

    done = write_library(library, folder)
    for path in done.written:
        tell(f"wrote {folder / path}")
    for path in done.removed:
        tell(f"removed {folder / path}")
    if not done.written and not done.removed:
        tell(f"{folder} is up to date")


def _write_archive(library: "Library", file: Path, *, force: bool) -> None:
    from tipbot.library.archive import pack_library

    if file.exists() and not force:
        message = f"{file} is there already; --force replaces it"
        raise fail(message)
    if not file.parent.is_dir():
        message = f"there is no folder {file.parent}"
        raise fail(message)
    file.write_bytes(pack_library(library))
    tell(f"{file}: {counted(len(library.entries), 'tip or card', 'tips and cards')}")
