"""The real Application on a database with people in it, and what no update may do to it."""

import shutil
import sqlite3
import warnings
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs
from telegram import Update

from tests.bot.chat import LIBRARY, OWNER_ID, START, Chat, Person
from tests.bot.staff import make_editor
from tests.bot.telegram import Telegram
from tests.fuzz import hostile
from tests.fuzz.tape import Tape
from tests.fuzz.updates import Maker, Raw, Scene
from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.callbacks import pack
from tipbot.bot.incoming import ALLOWED_UPDATES, read_update
from tipbot.clock import TravelClock
from tipbot.store.connect import connect

ALICE, BOB, STRANGER, EDDA = 1, 2, 7, 901
"""Two subscribers, somebody the bot has never seen, an editor; Olga the owner is ``OWNER_ID``."""
EVERYBODY = (ALICE, BOB, STRANGER, EDDA, OWNER_ID)
_NAMES = {ALICE: "Alice", BOB: "Bob", STRANGER: "Stranger", EDDA: "Edda", OWNER_ID: "Olga"}
_CALLS_TO_NOBODY = {"answerCallbackQuery", "getFile", "getMe"}

Throw = Callable[[Maker], Iterable[Raw]]
_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"""
Rows = dict[tuple[str, Any], list[tuple[Any, ...]]]
"""The rows of a database by table and the person whose they are, None for nobody's."""


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """A database with people in it, and their chats."""

    path: Path
    telegram: Telegram


async def prepare(path: Path) -> Template:
    """Let people use the bot for a while."""
    clock = TravelClock(lambda: START)
    store = connect(f"sqlite:///{path}", clock)
    await store.open()
    await store.sync_library(LIBRARY, START)
    chat = await Chat.begin(store, clock, Telegram(clock))
    for who in (ALICE, BOB):
        await _settle(chat.person(who, _NAMES[who]))
    edda, olga = chat.person(EDDA, "Edda"), chat.person(OWNER_ID, "Olga")
    await make_editor(edda)
    for person in (edda, olga):
        await person.sends("/admin")
        await person.sends("/start")
    await chat.application.shutdown()
    await store.close()
    return Template(path, chat.telegram)


async def _settle(person: Person) -> None:
    await person.finishes_onboarding()
    for command in ("twitch", "pad", "settings", "treatment", "relief", "diary", "delete_me"):
        person.waits(minutes=1)
        await person.sends(f"/{command}")
    await person.taps("Twitch now")


class Stage:
    """One run of the bot on a copy of a template; every update is followed by a look around."""

    def __init__(self, template: Template, path: Path, cast: Collection[int]) -> None:
        self._template = template
        self._path = path
        self._cast = cast
        self.wrongs: list[str] = []

    async def play(self, content: bytes, throw: Throw) -> None:
        """Hand over what is thrown, with choices read from bytes; keep what was wrong."""
        shutil.copyfile(self._template.path, self._path)
        clock = TravelClock(lambda: START)
        telegram = deepcopy(self._template.telegram)
        telegram.clock = clock
        store = connect(f"sqlite:///{self._path}", clock)
        await store.open()
        before, agreed = rows(self._path), set()
        chat = await Chat.begin(store, clock, telegram)
        try:
            for raw in throw(Maker(Tape(content), self._scene(telegram), chat.updates)):
                await self.hand_over(chat, raw)
                agreed |= _agreeing(raw)
        finally:
            await chat.application.shutdown()
            await store.close()
        self._compare(before, rows(self._path), agreed)

    def _scene(self, telegram: Telegram) -> Scene:
        users = [{"id": who, "is_bot": False, "first_name": _NAMES[who]} for who in self._cast]
        shown = [telegram.as_json(m) for chat in telegram.messages.values() for m in chat]
        return Scene(users, shown)

    async def hand_over(self, chat: Chat, raw: Raw) -> None:
        """Give an update to the door that Telegram's come through, and to PTB past that door."""
        bot, calls = chat.application.bot, chat.telegram.calls
        calls.clear()
        with capture_logs() as logged:
            update = read_update(deepcopy(raw), bot)
            if update is not None:
                await self._process(chat, update)
                self._look(chat, update)
            errors = [each for each in logged if each["log_level"] in {"error", "critical"}]
            self._say(errors and errors[0]["event"] != "update_unreadable", f"{errors}")
            other = _other(raw, chat)
            if other is not None:
                calls.clear()
                await self._process(chat, other)
                # PTB stumbles over some spoilt ones before any handler; none of them gets this far.
                stumbled = [each for each in logged if each["event"] == "handler_failed"]
                self._say(calls and not stumbled, f"{list(raw)} was answered")
        self._say(hostile.SECRET in str(logged), f"the log tells of the update: {logged}")

    async def _process(self, chat: Chat, update: Update) -> None:
        chat.faults_expected = True
        await chat.process(update)

    def _look(self, chat: Chat, update: Update) -> None:
        """Look at what the bot did about one update."""
        calls = chat.telegram.calls
        answers = sum(call.method == "answerCallbackQuery" for call in calls)
        self._say(answers != (update.callback_query is not None), f"answered {answers} times")
        to = {call.params.get("chat_id") for call in calls if call.method not in _CALLS_TO_NOBODY}
        allowed = _may_hear(update)
        self._say(to - allowed and not self._staffed(), f"wrote to {to - allowed} for {update}")

    def _staffed(self) -> bool:
        """Tell whether somebody plays whose taps others are told of."""
        return bool({EDDA, OWNER_ID} & set(self._cast))

    def _compare(self, before: Rows, after: Rows, agreed: Collection[int]) -> None:
        """See that nobody's rows changed but those of who acted."""
        if self._staffed():
            return
        known = {ALICE, BOB} & set(self._cast)
        for place in before.keys() | after.keys():
            mine = place[1] in known or place[1] in agreed
            was, now = before.get(place), after.get(place)
            self._say(was != now and not mine, f"changed {place}: {was}, {now}")

    def _say(self, wrong: object, words: str) -> None:
        if wrong:
            self.wrongs.append(words)


def _may_hear(update: Update) -> set[int]:
    """Return the chats in which something may be said about an update."""
    user, chat, change = update.effective_user, update.effective_chat, update.my_chat_member
    if chat is None or user is None:
        return set()
    if chat.type == chat.PRIVATE:
        return set() if user.is_bot else {chat.id}
    asks = update.message is not None and (update.message.text or "").lower().startswith("/signs")
    answered = change is not None or asks
    return {chat.id} if answered and chat.type in {chat.GROUP, chat.SUPERGROUP} else set()


def _agreeing(raw: Raw) -> set[int]:
    """Return who agreed to be kept."""
    query = raw.get("callback_query")
    if isinstance(query, dict) and query.get("data") == pack(Agree()):
        return {query["from"]["id"]} if isinstance(query.get("from"), dict) else set()
    return set()


def _other(raw: Raw, chat: Chat) -> Update | None:
    """Return an update of a kind that Telegram is not asked for, if PTB can read it."""
    if raw.keys() & set(ALLOWED_UPDATES):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Update.de_json(deepcopy(raw), chat.application.bot)
        except Exception:  # noqa: BLE001 - what PTB cannot read reaches no handler
            return None


def rows(path: Path) -> Rows:
    """Return every row of a database."""
    found: Rows = {}
    with closing(sqlite3.connect(path)) as db:
        names = db.execute(_TABLES).fetchall()
        for (name,) in names:
            listed = db.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
            columns = [column[0] for column in listed.description]
            at = columns.index("subscriber_id") if "subscriber_id" in columns else None
            for row in listed:
                found.setdefault((name, None if at is None else row[at]), []).append(row)
    return found
