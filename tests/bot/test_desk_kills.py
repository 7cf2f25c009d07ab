"""The program is killed between any two steps of a deed at the desk, and all comes out the same.

A kill is a store that answers nothing more; after it a new process is handed the update again.
"""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat import OWNER_ID, START, Chat, Person
from tests.bot.scene import Scene
from tests.bot.staff import act, everything, make_editor
from tests.bot.telegram import Telegram
from tests.bot.test_editing import number
from tests.bot.test_new_tip import writes
from tipbot.bot.buttons.approvals import Approve, AskWhy, Reject
from tipbot.bot.buttons.drafts import AskField, DraftField, NewTip, StepBack
from tipbot.bot.notices import send_notices
from tipbot.clock import TravelClock
from tipbot.core.audit import Act, Deed
from tipbot.core.model import SubscriberId
from tipbot.core.proposals import ProposalId
from tipbot.core.roles import token_hash
from tipbot.store.base import Store
from tipbot.store.connect import connect

FIRST = ProposalId(1)
TABLES = ("tips", "tip_versions", "proposals", "notices", "drafts", "dialogs", "audit_log", "staff")


@dataclass(frozen=True)
class Desk:
    """A bot over its own database, and who is at the desk."""

    chat: Chat
    edda: Person
    erik: Person
    eve: Person


Step = Callable[[Desk], Awaitable[None]]


async def library(desk: Desk) -> None:
    await desk.edda.sends("/admin")
    await desk.edda.taps("Library")


async def half_a_tip(desk: Desk) -> None:
    await library(desk)
    await writes(desk.edda, "title")


async def a_whole_tip(desk: Desk) -> None:
    """Write a new tip where nobody else's word is asked."""
    await desk.chat.store.want_review(act(desk.erik, Deed.REVIEW_WAIVED), wanted=False)
    await library(desk)
    await writes(desk.edda)


async def asked_for_a_title(desk: Desk) -> None:
    await desk.edda.taps_value(AskField(await number(desk.chat), 1, DraftField.TITLE))


async def a_changed_title(desk: Desk) -> None:
    await asked_for_a_title(desk)
    await desk.edda.sends("Typed title")


async def a_waiting_title(desk: Desk) -> None:
    await a_changed_title(desk)
    await desk.edda.taps("Save")


async def asked_why(desk: Desk) -> None:
    await a_waiting_title(desk)
    await desk.erik.taps_value(AskWhy(FIRST))


async def a_second_title(desk: Desk) -> None:
    await a_waiting_title(desk)
    await asked_for_a_title(desk)
    await desk.edda.sends("Second title")


async def an_invitation(desk: Desk) -> None:
    now = desk.chat.clock()
    made = Act(by=SubscriberId(OWNER_ID), name="Olga", deed=Deed.INVITED, at=now)
    await desk.chat.store.invite(token_hash("TOK"), "k", now + timedelta(hours=1), made)


async def step_back(desk: Desk) -> None:
    draft = await desk.chat.store.tip_draft(desk.edda.who, desk.chat.clock())
    assert draft is not None
    await desk.edda.taps_value(StepBack(draft.mark, "body"))


DEEDS: dict[str, tuple[Step, str, Step]] = {
    "begin": (library, "edda", lambda d: d.edda.taps_value(NewTip())),
    "type a step": (half_a_tip, "edda", lambda d: d.edda.sends("Open the window.")),
    "step back": (half_a_tip, "edda", step_back),
    "publish": (a_whole_tip, "edda", lambda d: d.edda.taps("Publish")),
    "throw away": (a_whole_tip, "edda", lambda d: d.edda.taps("Throw away")),
    "type a field": (asked_for_a_title, "edda", lambda d: d.edda.sends("Typed title")),
    "propose": (a_changed_title, "edda", lambda d: d.edda.taps("Save")),
    "propose anew": (a_second_title, "edda", lambda d: d.edda.taps("Save")),
    "approve": (a_waiting_title, "erik", lambda d: d.erik.taps_value(Approve(FIRST, 1))),
    "turn down": (a_waiting_title, "erik", lambda d: d.erik.taps_value(Reject(FIRST))),
    "say why": (asked_why, "erik", lambda d: d.erik.sends("No <good>.")),
    "join": (an_invitation, "eve", lambda d: d.eve.sends("/start editor-TOK")),
}
"""What leads to each deed, who does it, and the deed."""


async def opened(path: Path, clock: TravelClock) -> Store:
    store = connect(f"sqlite:///{path}", clock)
    await store.open()
    return store


def desk_over(chat: Chat) -> Desk:
    names = {901: "Edda", 902: "Erik", 903: "Eve"}
    return Desk(chat, *(chat.person(which, name) for which, name in names.items()))


async def played(path: Path, deed: str, uses: int | None) -> tuple[dict[str, Any], bool]:
    """Do a deed on a database in which there is the library alone, killed after so many uses of it.

    Return what is left, and if it was killed.
    """
    lead, who, do = DEEDS[deed]
    clock = TravelClock(lambda: START)
    store, telegram = await opened(path, clock), Telegram(clock)
    desk = desk_over(await Chat.begin(store, clock, telegram))
    for each in (desk.edda, desk.erik):
        await make_editor(each)
        await each.sends("/admin")
    await lead(desk)
    desk.chat.switch.uses_left = uses
    await do(desk)
    killed, again = bool(desk.chat.put_off), desk.chat
    if killed:
        again = await desk.chat.restart()
        doer: Person = getattr(desk, who)
        await again.hand_over_again(doer.last_update)
    again.switch.uses_left = None
    await send_notices(again.application.bot, again.house)
    left: dict[str, Any] = {name: sorted(everything(path)[name], key=str) for name in TABLES}
    left["told"] = {chat: _told(telegram, chat) for chat in (OWNER_ID, 901, 902)}
    await again.application.shutdown()
    await store.close()
    return left, killed


def _told(telegram: Telegram, chat: int) -> list[str]:
    words = ("your change", "proposes a change", "your invitation")
    said = [message.text for message in telegram.messages.get(chat, [])]
    return [text for text in said if any(word in text for word in words)]


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_kill_at_any_moment_of_a_deed_changes_nothing_of_what_comes_of_it(
    tmp_path: Path, scene: Scene, deed: str
) -> None:
    def file(name: str) -> Path:
        return Path(shutil.copy(scene.file, tmp_path / f"{name}.db"))

    whole, _ = await played(file("whole"), deed, None)
    for uses in range(40):
        left, killed = await played(file(f"{uses}"), deed, uses)
        if not killed:
            break
        assert left == whole, f"killed after {uses} uses of the store"
    assert uses > 2
