"""Whatever somebody at the desk changes for others leaves a line in the log, and no deed is missed.

The database is looked at before and after every tap, text and file.
"""

import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat import START, Chat, Person
from tests.bot.samples import samples
from tests.bot.staff import everything
from tests.bot.test_editing import edits, number
from tests.bot.test_library_files import SLEEP, brings, named, packed, tagged, taken
from tests.bot.test_new_tip import writes
from tests.bot.test_staff_guard import KINDS
from tipbot.bot.buttons.approvals import Approve, AskWhy, Reject, WantReview
from tipbot.bot.buttons.history import RevertTo
from tipbot.bot.buttons.library import OpenTip, SetState, Wish
from tipbot.bot.buttons.library_files import Decide
from tipbot.bot.buttons.staff import RemoveEditor, StopAnnouncement, WithdrawInvite
from tipbot.core.audit import Deed
from tipbot.core.model import AnnouncementId
from tipbot.core.proposals import ProposalId
from tipbot.core.roles import InviteId
from tipbot.core.shelf import ConflictId

SHARED = (
    "tips", "tip_versions", "proposals", "tip_conflicts", "tip_bases", "documents", "invites",
    "announcements", "editors", "unreviewed",
)  # fmt: skip
"""What others see or get; drafts, questions and notices are somebody's own."""


def shared(path: Path) -> dict[str, Any]:
    """Return all that a deed can change for others; unsent announcements are nobody else's yet."""
    tables = everything(path)
    tables["announcements"] = [row for row in tables["announcements"] if "draft" not in row]
    tables["proposals"] = [row[:-1] for row in tables["proposals"]]  # without ``called_at``
    tables["editors"] = sorted((row[0], row[-1]) for row in tables["staff"] if row[-1])
    tables["unreviewed"] = [row for row in tables["counters"] if "unreviewed" in row]
    return {name: tables[name] for name in SHARED}


class Auditor:
    """Looks over every update that a chat is handed."""

    def __init__(self, chat: Chat, path: Path) -> None:
        self.changed: list[set[str]] = []
        self._path, self._process = path, chat.process
        self._seen = (shared(path), self._lines())

    async def process(self, update: Any) -> None:
        await self._process(update)
        before, lines = self._seen
        self._seen = (shared(self._path), self._lines())
        changed = {name for name in SHARED if before[name] != self._seen[0][name]}
        if changed:
            assert self._seen[1] > lines, f"{changed} changed without a line in the log"
            self.changed.append(changed)

    def look_away(self) -> None:
        """Pass over what was done by no update."""
        self._seen = (shared(self._path), self._lines())

    def _lines(self) -> int:
        return len(everything(self._path)["audit_log"])


@pytest.fixture
def auditor(chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    watch = Auditor(chat, tmp_path / "chat.db")
    monkeypatch.setattr(Chat, "process", lambda _, update: watch.process(update))
    return watch


@pytest.fixture
async def deeds(chat: Chat) -> Callable[[], Awaitable[set[str]]]:
    async def done() -> set[str]:
        return {entry.deed for entry in await chat.store.acts(None, 500)}

    return done


async def invites(olga: Person, edda: Person, erik: Person) -> None:
    """Let both become editors, and take one invitation back."""
    for guest in (edda, erik):
        await olga.sends("/admin")
        await olga.taps("Editors")
        await olga.taps("Invite an editor")
        link = olga.everything.rpartition("start=")[2].split()[0]
        await guest.sends(f"/start {link}")
    await olga.sends("/admin")
    await olga.taps("Editors")
    await olga.taps("Invite an editor")
    await olga.taps_value(WithdrawInvite(InviteId(3)))


async def reviews(edda: Person, erik: Person) -> None:
    """Propose, approve, turn down with and without a word, and take back."""
    for which, settle in enumerate(("approve", "reject", "why", "withdraw"), start=1):
        await edits(edda, "Title", f"Title no. {which}")
        await edda.taps("Save")
        proposal = ProposalId(which)
        if settle == "approve":
            await erik.taps_value(Approve(proposal, 1))
        elif settle == "reject":
            await erik.taps_value(Reject(proposal))
        elif settle == "why":
            await erik.taps_value(AskWhy(proposal))
            await erik.sends("Not yet.")
        else:
            await edda.taps_value(Reject(proposal))


async def works(edda: Person) -> None:
    """Write, change, publish, retire, restore and take back, with nobody's word asked."""
    await edda.sends("/admin")
    await edda.taps("Library")
    await writes(edda)
    await edda.taps("Publish")
    tip = await number(edda.chat)
    await edits(edda, "Text", "Open the window for a while.")
    await edda.taps("Save")
    await edda.taps_value(SetState(tip, 3, Wish.RETIRE))
    await edda.taps_value(SetState(tip, 4, Wish.RESTORE))
    await edda.taps_value(RevertTo(tip, 1, 5))


async def carries(edda: Person, auditor: Auditor) -> None:
    """Take the library as files, bring it back with other documents, and decide two conflicts."""
    files = await taken(edda)
    files[named(files, SLEEP)] = files[named(files, SLEEP)].replace(b"A few words", b"Some words")
    files["sources.yaml"] = files["sources.yaml"].replace(b"Quick Help", b"Slow Help")
    files["sources.yaml"] += b"\nnew.txt:\n  title: New\n  sections: [One]\n"
    await brings(edda, packed(files))
    await edda.taps("Do it")
    store = edda.chat.store
    for turn, take in enumerate((True, False)):
        await edits(edda, "Title", f"Live {turn}")
        await edda.taps("Save")
        file = [
            replace(each, title=f"File {turn}") if each.id == "sleep-1" else each
            for each in tagged().tips
        ]
        await store.sync_library(replace(tagged(), tips=tuple(file)), START)
        auditor.look_away()
        page = await store.tip_page(await number(edda.chat))
        assert page is not None
        which = ConflictId(turn + 1)
        await edda.taps_value(Decide(which, page.current.revision, file=take))


async def announces(olga: Person) -> None:
    await olga.sends("/admin")
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Everyone")
    await olga.sends("We move on Sunday.")
    await olga.taps("Send it now")
    await olga.taps_value(StopAnnouncement(AnnouncementId(1)))


@pytest.mark.usefixtures("alice")
async def test_every_deed_leaves_its_line_and_every_line_can_be_read_and_taken_along(
    chat: Chat, olga: Person, auditor: Auditor, deeds: Callable[[], Awaitable[set[str]]]
) -> None:
    edda, erik = chat.person(901, "Edda"), chat.person(902, "Erik")
    await chat.store.sync_library(tagged(), START)
    auditor.look_away()
    await invites(olga, edda, erik)
    await reviews(edda, erik)
    await olga.taps_value(WantReview(wanted=False))
    await works(edda)
    await carries(edda, auditor)
    await announces(olga)
    await olga.taps_value(WantReview(wanted=True))
    actor = await chat.store.member(erik.who)
    assert actor is not None
    await olga.taps_value(RemoveEditor(actor.actor))
    await olga.sends("/admin")
    await olga.taps("Who did what")
    await olga.taps("All of it as a file")
    assert await deeds() == set(Deed)
    assert set().union(*auditor.changed) >= set(SHARED) - {"tip_bases"}

    (*_, sent) = chat.telegram.files[olga.id]
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    acts = list(reversed(await chat.store.acts(None, 500)))
    assert [row["deed"] for row in rows] == [act.deed for act in acts]
    assert all(row["who"] in {"Olga", "Edda", "Erik"} for row in rows)

    await olga.sends("/admin")
    await olga.taps("Who did what")
    lines = olga.screen.count("•")
    while "Older ➡️" in olga.labels:
        await olga.taps("Older")
        lines += olga.screen.count("•")
    assert lines == len(acts)


@pytest.mark.usefixtures("alice")
async def test_no_button_of_the_desk_changes_anything_for_others_without_a_line_in_the_log(
    chat: Chat, olga: Person, auditor: Auditor
) -> None:
    edda, erik = chat.person(901, "Edda"), chat.person(902, "Erik")
    await invites(olga, edda, erik)
    await edits(edda, "Title", "Edda's title")
    await edda.taps("Save")
    await olga.sends("/admin")
    await olga.taps_value(OpenTip(await number(chat)))
    for kind in KINDS:
        for value in samples(kind):
            await olga.taps_value(value)
    assert len(auditor.changed) > 8
