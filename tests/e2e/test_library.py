"""Two editors and a stranger at the library, against the stand-in for Telegram."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.process import Launcher, run
from tests.e2e.stored import stored
from tests.e2e.world import tap_like, until
from tipbot.core.audit import Act, Deed
from tipbot.core.model import SubscriberId, TipId
from tipbot.core.revisions import TipState
from tipbot.core.roles import token_hash
from tipbot.sandbox import Person, Profile, Sandbox

pytestmark = pytest.mark.usefixtures("hurried", "loaded")
TITLE, BODY = "Cool and dark", "Open the window for a while, then close the curtains."


async def editors(folder: Path, *people: Person) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - the process under test has the real clock, too
    async with stored(folder) as store:
        for each in people:
            made = Act(by=SubscriberId(1), name="Olga", deed=Deed.INVITED, at=now)
            ends = now + timedelta(hours=1)
            await store.invite(token_hash(str(each.id)), f"t{each.id}", ends, made)
            joined = Act(by=SubscriberId(each.id), name=f"E{each.id}", deed=Deed.JOINED, at=now)
            await store.join(token_hash(str(each.id)), joined, {1})


def person(sandbox: Sandbox, number: int) -> Person:
    found = sandbox.new_person(Profile(id=number, first_name=f"E{number}"))
    found.chat.started = True
    return found


async def opens_library(editor: Person) -> None:
    await editor.asks("/admin")
    await tap_like(editor, "Library")


async def answers(editor: Person, words: str, then: str) -> None:
    """Type an answer and wait for what comes of it."""
    said = editor.says(words)
    await editor.reads(then, after=said["message_id"])


async def test_a_new_tip_outlives_a_kill_and_goes_out_on_a_colleagues_word(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    edda, erik, stranger = (person(sandbox, number) for number in (6001, 6002, 6003))
    await editors(tmp_path, edda, erik)
    running = await run(launch, sandbox)
    await opens_library(edda)
    await tap_like(edda, "New tip")
    await edda.reads("Which topic does it belong to")
    await tap_like(edda, "Sleep")
    await answers(edda, TITLE, TITLE)
    await running.killed()
    said = edda.says(BODY)
    running = await run(launch, sandbox)
    await edda.reads("Which document", after=said["message_id"])
    await tap_like(edda, "No document")
    await tap_like(edda, "Practical")
    await tap_like(edda, "Publish")
    await until(lambda: "Draft" in str(edda.messages), "it is kept as a draft")
    await running.killed()
    running = await run(launch, sandbox)
    await until(lambda: "proposes a change" in str(erik.messages), "he is told after the kill")
    (told,) = [each for each in erik.from_bot if "proposes a change" in str(each.get("text"))]
    assert told["silent"]

    refused = await stranger.asks("/admin")
    assert "do not know the command" in str(refused["text"])

    await opens_library(erik)
    await tap_like(erik, "Waiting changes (1)")
    await tap_like(erik, "Change no.")
    await tap_like(erik, "Approve")
    await until(lambda: "approved your change" in str(edda.messages), "she is told")
    running.process.terminate()
    await running.ends()
    async with stored(tmp_path) as store:
        number = await store.tip_number(TipId("sleep-cool-and-dark"))
        assert number is not None
        page = await store.tip_page(number)
        assert page is not None
        assert page.current.state is TipState.PUBLISHED
        assert page.current.entry.body == BODY
    assert sandbox.api.queries.unanswered() == []


async def test_an_export_changed_with_a_text_editor_is_brought_back(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    edda = person(sandbox, 6001)
    await editors(tmp_path, edda)
    running = await run(launch, sandbox)
    await opens_library(edda)
    await tap_like(edda, "As files")
    await tap_like(edda, "Take as zip")
    await until(lambda: "document" in edda.from_bot[-1], "the zip came")
    file = sandbox.api.files.get(str(edda.from_bot[-1]["document"]["file_id"]))
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = next(each for each in sorted(files) if each.startswith("en/sleep/"))
    hostile = files | {"../escape.md": b"x"}
    await tap_like(edda, "Bring in a zip")
    edda.sends_document("tips.zip", zipped(hostile))
    await edda.reads("I cannot take this archive")
    edda.sends_document("tips.zip", zipped(retitled(files, name)))
    await edda.reads("1 changed")
    await tap_like(edda, "Do it")
    await edda.reads("Done. New: 0, changed: 1")
    running.process.terminate()
    assert await running.ends() == 0


def retitled(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """Return the files with one tip's title changed, as by hand."""
    lines = files[name].decode().split("\n")
    lines = [f"title: {TITLE}" if line.startswith("title:") else line for line in lines]
    return files | {name: "\n".join(lines).encode()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
