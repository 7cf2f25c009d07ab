"""The library leaves and comes back as a zip, and a file and the chat may disagree."""

import io
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import File

from tests.bot.chat import LIBRARY, PAPER, START, Person
from tests.bot.staff import act, make_editor, remove
from tests.bot.telegram import Shown
from tests.bot.test_editing import edits, number, page
from tipbot.bot.buttons.approvals import Approve
from tipbot.bot.buttons.library_files import Decide, OpenConflict, TakeArchive
from tipbot.core.audit import Deed
from tipbot.core.library import Library
from tipbot.core.revisions import TipState
from tipbot.core.shelf import ConflictId

SLEEP = "en/sleep/1.md"
FUTURE = b"""---
id: sleep-1
title: Sleep 1
topic: sleep
tags: [day]
sources: editor
claim: practical
reviewed: 9999-12-31
---
Rest a little.
"""


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda at the page of files; the tips are such as the check allows."""
    store = edda.chat.store
    await store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await store.sync_library(tagged(), START)
    await opens(edda)
    return edda


def tagged() -> Library:
    return replace(
        LIBRARY,
        tips=tuple(
            replace(tip, id=type(tip.id)(tip.id.replace("_", "-")), tags=("day",))
            for tip in LIBRARY.tips
        ),
        cards=tuple(replace(card, tags=("day",)) for card in LIBRARY.cards),
    )


async def opens(person: Person) -> None:
    await person.sends("/admin")
    await person.taps("Library")
    await person.taps("As files")


async def taken(person: Person) -> dict[str, bytes]:
    """Take the library as a zip; return its files."""
    await opens(person)
    await person.taps("Take as zip")
    sent = person.chat.telegram.files[person.id][-1]
    assert sent.name == "tips-2026-03-02.zip"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


async def brings(person: Person, content: bytes, size: int | None = None) -> None:
    await opens(person)
    await person.taps("Bring in a zip")
    await person.sends_file("tips.zip", content, size)


def named(files: dict[str, bytes], end: str) -> str:
    (found,) = [name for name in files if name.endswith(end)]
    return found


async def test_whoever_sends_words_or_a_picture_for_the_zip_is_asked_for_a_file(
    desk: Person,
) -> None:
    await desk.taps("Bring in a zip")
    await desk.sends("here it is")
    assert "waiting for a file" in desk.screen
    await desk.sends_photo()
    assert "waiting for a file" in desk.screen
    await desk.sends_file("other.zip", b"no zip")
    assert "no zip file" in desk.screen


async def test_an_export_changed_with_a_text_editor_comes_back(desk: Person) -> None:
    files = await taken(desk)
    sleep = named(files, SLEEP)
    files[sleep] = files[sleep].replace(b"A few words", b"Some words")
    files.pop(named(files, "en/sleep/2.md"))
    await brings(desk, packed(files))
    assert "✏️ 1 changed\n• Sleep 1 (sleep-1)" in desk.screen
    assert "💤 1 retired" in desk.screen
    assert (await page(desk.chat)).versions == 1
    await desk.taps("Do it")
    assert "Done. New: 0, changed: 1, retired: 1." in desk.screen
    assert (await page(desk.chat)).current.entry.body == "Some words & advice no. 1."
    assert (await page(desk.chat, "sleep-2")).current.state is TipState.RETIRED
    (last,) = await desk.chat.store.acts(None, 1)
    assert last.deed == "library_imported"


async def test_an_export_that_nobody_changed_changes_nothing(desk: Person) -> None:
    await brings(desk, packed(await taken(desk)))
    assert "says the same as the library" in desk.screen


async def test_a_library_that_changed_meanwhile_is_shown_anew(desk: Person) -> None:
    files = await taken(desk)
    sleep = named(files, SLEEP)
    files[sleep] = files[sleep].replace(b"A few words", b"Some words")
    await brings(desk, packed(files))
    erik = desk.chat.person(902, "Erik")
    await make_editor(erik)
    await erik.sends("/admin")
    await edits(erik, "Title", "Erik's title")
    await erik.taps("Save")
    await desk.taps("Do it")
    assert "Somebody changed the library since you looked" in desk.screen
    assert "1 changed on both sides" in desk.screen
    await desk.taps("the archive wins")
    entry = (await page(desk.chat)).current.entry
    assert (entry.title, entry.body) == ("Sleep 1", "Some words & advice no. 1.")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("../../etc/passwd", b"x", "passwd"),
        ("/abs.md", b"x", "abs.md"),
        (f"{SLEEP}", FUTURE, "reviewed: 9999-12-31 lies in the future"),
        (f"{SLEEP}", b"---\ntitle: [\n---\nx", "1.md"),
        (f"{SLEEP}", b"---\nid: !!python/object/apply:os.system ['x']\n---\nx", "1.md"),
    ],
)
async def test_hostile_files_are_refused_by_name_and_nothing_changes(
    desk: Person, name: str, content: bytes, reason: str
) -> None:
    before = await desk.chat.store.library()
    files = await taken(desk)
    await brings(desk, packed({**files, name: content}))
    assert "I cannot take this archive" in desk.screen
    assert reason in desk.screen
    assert "Do it" not in " ".join(desk.labels)
    assert await desk.chat.store.library() == before


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04" + b"\x00" * 40])
async def test_what_is_no_zip_is_refused(desk: Person, content: bytes) -> None:
    await brings(desk, content)
    assert "I cannot take this archive" in desk.screen


async def test_fifty_megabytes_are_not_even_fetched(desk: Person) -> None:
    await brings(desk, b"x", size=50 * 1024**2)
    assert "larger than 2 MB" in desk.screen
    assert desk.chat.telegram.made("getFile") == []


async def test_a_bomb_is_refused(desk: Person) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SLEEP, b"0" * 60_000_000)
    await brings(desk, buffer.getvalue())
    assert "I cannot take this archive" in desk.screen


async def test_many_faults_fit_a_message(desk: Person) -> None:
    files = {f"en/sleep/{'x' * 60}{n}.md": b"---\n---\n" for n in range(100)}
    await brings(desk, packed(files))
    assert "… and" in desk.screen
    assert len(desk.screen) < 4096


async def test_a_file_that_nobody_asked_for_is_only_a_file(desk: Person, olga: Person) -> None:
    await olga.sends_file("tips.zip", packed({"a": b"b"}))
    assert "I am not waiting for words" in olga.screen
    assert desk.chat.telegram.made("getFile") == []


async def test_an_old_button_does_nothing(desk: Person) -> None:
    files = await taken(desk)
    files.pop(named(files, SLEEP))
    await brings(desk, packed(files))
    desk.chat.clock.move(timedelta(hours=3))
    await desk.taps("Do it")
    assert "expired" in str(desk.toast) or "/start" in str(desk.toast)
    assert (await page(desk.chat)).current.state is TipState.PUBLISHED


async def two_archives(desk: Person) -> tuple[Shown, str]:
    """Bring an archive, then another that retires; return what showed the first, and its button."""
    files = await taken(desk)
    sleep = named(files, SLEEP)
    await brings(desk, packed(files | {sleep: files[sleep].replace(b"A few", b"Some")}))
    first = desk.screen_message
    assert first is not None
    files.pop(named(files, "en/sleep/2.md"))
    await desk.sends_file("other.zip", packed(files))
    return first, first.data[0]


async def test_the_button_of_one_archive_applies_no_other(desk: Person) -> None:
    first, do_it = await two_archives(desk)
    await desk.taps_data(do_it, first)
    assert "You have sent another archive since" in first.text
    assert "💤 1 retired" in first.text
    assert (await page(desk.chat)).versions == 1
    assert (await page(desk.chat, "sleep-2")).current.state is TipState.PUBLISHED
    await desk.taps("Do it", first)
    assert (await page(desk.chat, "sleep-2")).current.state is TipState.RETIRED
    assert (await page(desk.chat)).versions == 1


async def test_a_double_tap_applies_an_archive_once(desk: Person) -> None:
    _, do_it = await two_archives(desk)
    do_it = str(desk.screen_message and desk.screen_message.data[0])
    for _ in range(2):
        await desk.taps_data(do_it)
        assert "Done. New: 0, changed: 0, retired: 1." in desk.screen
    assert desk.toast is None
    assert (await page(desk.chat, "sleep-2")).versions == 2


async def test_a_removed_editor_brings_in_nothing(desk: Person) -> None:
    files = await taken(desk)
    files.pop(named(files, SLEEP))
    await brings(desk, packed(files))
    await remove(desk)
    await desk.taps_value(TakeArchive(1, "", files=True))
    assert (await page(desk.chat)).current.state is TipState.PUBLISHED


async def retitled(desk: Person, title: str) -> bytes:
    """Return an archive in which the one source document has another title."""
    files = await taken(desk)
    files["sources.yaml"] = files["sources.yaml"].replace(b"Quick Help & Tips", title.encode())
    return packed(files)


async def titles(desk: Person) -> list[str]:
    return [document.title for document in (await desk.chat.store.documents()).values()]


async def test_a_new_title_of_a_document_is_named_before_it_is_taken_and_in_the_log(
    desk: Person,
) -> None:
    await brings(desk, await retitled(desk, "Fast help"))
    assert "📚 1 source document is new or changed" in desk.screen
    assert f"• {PAPER}: “Quick Help & Tips” becomes “Fast help”" in desk.screen
    await desk.taps("Do it")
    assert await titles(desk) == ["Fast help"]
    assert "1 source document" in desk.screen
    (last,) = await desk.chat.store.acts(None, 1)
    assert (last.deed, last.thing, last.detail) == ("document_changed", PAPER, "title")


async def test_a_new_title_that_nobody_else_has_seen_is_left_out(
    desk: Person, olga: Person
) -> None:
    assert olga
    await desk.chat.store.want_review(act(desk, Deed.REVIEW_WANTED), wanted=True)
    await brings(desk, await retitled(desk, "Buy our pills"))
    assert "1 new title of a document is left out" in desk.screen
    assert "Do it" not in " ".join(desk.labels)
    files = await taken(desk)
    files["sources.yaml"] = files["sources.yaml"].replace(b"Quick Help & Tips", b"Buy our pills")
    files["sources.yaml"] += b"new.txt:\n  title: A new paper\n  sections:\n    - Rest\n"
    await brings(desk, packed(files))
    assert "• new.txt: new, “A new paper”" in desk.screen
    assert "1 new title of a document is left out" in desk.screen
    await desk.taps("Do it")
    assert await titles(desk) == ["Quick Help & Tips", "A new paper"]


@pytest.mark.parametrize("title", ["X" * 5000, "'\u202eabc'", '"a\\nb"', "''"])
async def test_a_title_that_would_spoil_every_tip_is_refused(desk: Person, title: str) -> None:
    await brings(desk, await retitled(desk, title))
    assert "I cannot take this archive" in desk.screen
    assert f"sources.yaml, {PAPER}: " in desk.screen
    assert await titles(desk) == ["Quick Help & Tips"]


async def test_documents_do_not_grow_past_the_limit_archive_by_archive(desk: Person) -> None:
    files = await taken(desk)
    for half in range(3):
        many = b"".join(b"%d-%d.txt:\n  title: T\n  sections: [S]\n" % (half, n) for n in range(15))
        await brings(desk, packed({**files, "sources.yaml": files["sources.yaml"] + many}))
        if half < 2:
            await desk.taps("Do it")
    assert "46 documents" in desk.screen
    assert len(await titles(desk)) == 31
    await taken(desk)


async def test_taking_the_library_is_in_the_log(desk: Person) -> None:
    await taken(desk)
    (last,) = await desk.chat.store.acts(None, 1)
    assert (last.deed, last.by.name) == ("library_exported", "Edda")


async def test_a_library_with_a_fault_is_not_packed_and_the_text_is_named(
    desk: Person, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "chat.db")) as db, db:
        db.execute("UPDATE documents SET sections = '[\"Breathing Exercises\"]'")
    await desk.taps("Take as zip")
    assert desk.alerted
    assert "I cannot pack the library" in desk.screen
    assert "en/sleep/1.md" in desk.screen or "… and" in desk.screen
    assert f"{PAPER} has no section" in desk.screen
    assert desk.chat.telegram.files == {}


@pytest.mark.parametrize("step", ["look", "take"])
async def test_who_loses_the_role_while_the_archive_comes_changes_nothing(
    desk: Person, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    files = await taken(desk)
    files[named(files, SLEEP)] = files[named(files, SLEEP)].replace(b"A few", b"Some")
    download = File.download_as_bytearray

    async def slow(*args: Any) -> bytearray:
        await remove(desk)
        return await download(*args)

    if step == "take":
        await brings(desk, packed(files))
    monkeypatch.setattr(File, "download_as_bytearray", slow)
    if step == "take":
        await desk.taps("Do it")
        assert "This button has expired" in desk.screen
    else:
        await brings(desk, packed(files))
        assert "I am here for people" in desk.everything
    assert "Some words" not in (await page(desk.chat)).current.entry.body
    assert "1 changed" not in desk.screen


async def conflict(desk: Person) -> None:
    """Let a tip's file and its live text both change."""
    await edits(desk, "Title", "Edda's title")
    await desk.taps("Save")
    files = tagged()
    changed = tuple(
        replace(tip, title="The file's title") if tip.id == "sleep-1" else tip for tip in files.tips
    )
    await desk.chat.store.sync_library(replace(files, tips=changed), START)
    await desk.sends("/admin")
    await desk.taps("Library")
    await desk.taps("File or chat (1)")
    await desk.taps("Edda's title")


async def test_a_conflict_is_named_by_its_id_as_two_texts_may_share_a_title(desk: Person) -> None:
    await conflict(desk)
    assert "id sleep-1" in desk.screen
    await desk.sends("/admin")
    await desk.taps("Library")
    await desk.taps("File or chat (1)")
    assert "• Edda's title (sleep-1)" in desk.screen


async def test_a_conflict_is_shown_with_both_sides_and_the_file_is_taken(desk: Person) -> None:
    await conflict(desk)
    assert "title: [-Edda's-][+The file's+] title" in desk.screen
    await desk.taps("Take the file")
    assert (await page(desk.chat)).current.entry.title == "The file's title"
    assert (await desk.chat.store.file_conflicts()).total == 0


async def test_a_conflict_is_decided_for_the_live_text(desk: Person) -> None:
    await conflict(desk)
    await desk.taps("Keep the live text")
    assert (await page(desk.chat)).current.entry.title == "Edda's title"
    assert (await desk.chat.store.file_conflicts()).total == 0


async def test_the_file_is_taken_once_somebody_else_approves(desk: Person) -> None:
    erik = desk.chat.person(902, "Erik")
    await make_editor(erik)
    await erik.sends("/admin")
    await conflict(desk)
    await desk.chat.store.want_review(act(desk, Deed.REVIEW_WANTED), wanted=True)
    await desk.taps("Take the file")
    assert "second editor" in str(desk.toast)
    assert any("Change no." in label for label in desk.labels)
    assert (await desk.chat.store.file_conflicts()).total == 1
    (waiting,) = (await desk.chat.store.proposals()).items
    await erik.taps_value(Approve(waiting.id, (await page(desk.chat)).current.revision))
    assert (await page(desk.chat)).current.entry.title == "The file's title"
    assert (await desk.chat.store.file_conflicts()).total == 0


async def test_a_choice_that_a_colleague_made_first_is_said_to_be_over(desk: Person) -> None:
    erik = desk.chat.person(902, "Erik")
    await make_editor(erik)
    await erik.sends("/admin")
    await conflict(desk)
    (waiting,) = (await desk.chat.store.file_conflicts()).items
    await erik.taps_value(OpenConflict(waiting.id))
    await desk.taps("Keep the live text")
    await erik.taps("Take the file")
    assert "This choice is over: it was made before" in str(erik.toast)
    assert "No text waits for this choice." in erik.screen
    assert (await page(desk.chat)).current.entry.title == "Edda's title"


async def test_a_double_tap_on_a_choice_says_nothing_the_second_time(desk: Person) -> None:
    await conflict(desk)
    (waiting,) = (await desk.chat.store.file_conflicts()).items
    button = Decide(waiting.id, waiting.live.revision, file=True)
    await desk.taps_value(button)
    shown = desk.screen
    await desk.taps_value(button)
    assert (desk.toast, desk.screen) == (None, shown)


@pytest.mark.parametrize("uses", range(9))
async def test_nobody_is_told_that_nothing_was_done_whose_choice_was_kept_before_a_kill(
    desk: Person, uses: int
) -> None:
    await conflict(desk)
    desk.chat.switch.uses_left = uses
    await desk.taps("Keep the live text")
    if desk.chat.put_off:
        desk.chat = await desk.chat.restart()
        await desk.chat.hand_over_again(desk.last_update)
    said = desk.chat.telegram.made("answerCallbackQuery")[-1]["text"]
    assert said.startswith(("Saved", "This choice is over: it was made before"))
    desk.chat.switch.uses_left = None
    assert (await desk.chat.store.file_conflicts()).total == 0


async def test_a_forged_choice_does_nothing(desk: Person) -> None:
    which = await number(desk.chat)
    assert which
    for value in (OpenConflict(ConflictId(9)), Decide(ConflictId(9), 1, file=True)):
        await desk.taps_value(value)
        assert "This choice is over" in str(desk.toast)
