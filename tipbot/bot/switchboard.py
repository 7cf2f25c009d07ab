"""Takes each update to the one feature that answers it, past the one guard of roles."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from telegram import Update
from telegram.ext import ContextTypes

from tipbot.bot import guards
from tipbot.bot.callbacks import parse
from tipbot.bot.feature import CommandHandler as Answer
from tipbot.bot.feature import Feature, GroupHandler
from tipbot.bot.features import membership, talk
from tipbot.bot.guards import bare_visit, in_group, in_private, visit_of
from tipbot.bot.house import House
from tipbot.bot.late import answer_tap
from tipbot.bot.views import expired
from tipbot.bot.visit import Visit
from tipbot.core.model import Dialog
from tipbot.core.roles import Role
from tipbot.store.base import NoEditorError

_PAYLOAD = re.compile(r"/start(?:@\w+)?\s+([a-z]+)-([\w-]+)\s*")
"""What Telegram sends for ``t.me/<bot>?start=<word>-<rest>``."""

H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Door(Generic[H]):
    """A handler, the role without which it is not there, and whether it can wait for others."""

    handler: H
    needs: Role
    unhurried: bool = False


def _merged(tables: Iterable[Mapping[Any, Any]]) -> dict[Any, Any]:
    """Join the features' tables; raise ValueError if two features claim the same thing."""
    joined: dict[Any, Any] = {}
    for table in tables:
        if joined.keys() & table.keys():
            message = f"claimed twice: {joined.keys() & table.keys()}"
            raise ValueError(message)
        joined.update(table)
    return joined


def _doors(
    features: Sequence[Feature], table: Callable[[Feature], Mapping[Any, H]]
) -> dict[Any, Door[H]]:
    """Join one table of all features, each entry behind its feature's door."""
    return _merged(
        {k: Door(h, f.needs, f.unhurried) for k, h in table(f).items()} for f in features
    )


def _check(feature: Feature) -> None:
    """Raise ValueError for a feature whose role nobody would look at."""
    if feature.needs is not Role.ANYONE and (
        feature.always or feature.groups or feature.links or feature.location or feature.straight
    ):
        message = "what answers without a look at the role cannot need one"
        raise ValueError(message)


class Switchboard:
    """Takes each update to the one feature that answers it, if its person may use that."""

    def __init__(self, house: House, features: Sequence[Feature]) -> None:
        """Join what the features answer to."""
        self._house = house
        for feature in features:
            _check(feature)
        commands = _doors(features, lambda f: f.commands)
        always = _merged(f.always for f in features)
        self.commands = _merged(
            (
                {name: self._command(door) for name, door in commands.items()},
                {name: self._always(answer) for name, answer in always.items()},
            )
        )
        self.group_commands = {
            name: self._in_group(answer)
            for name, answer in _merged(f.groups for f in features).items()
        }
        self._buttons = _doors(features, lambda f: f.buttons)
        self._straight = _merged(f.straight for f in features)
        self._dialogs = _doors(features, lambda f: f.dialogs)
        self._files = _doors(features, lambda f: f.files)
        self._links = _merged(f.links for f in features)
        self._location = next(f.location for f in features if f.location)

    def _command(self, door: Door[Answer]) -> Any:
        """Return a PTB callback that answers one command and closes any open question."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            visit = await self._visit(update, door)
            if visit is None:
                return
            admitted = await guards.admitted(visit, door.needs)
            if admitted is None:
                await talk.unknown_command(visit)
                return
            await visit.store.close_dialog(visit.who)
            link = self._link(admitted)
            await (link(admitted) if link else door.handler(admitted))

        return run

    async def _visit(self, update: Update, door: Door[Any]) -> Visit | None:
        """Return an update as a visit, in its turn if it can wait."""
        if door.unhurried:
            await self._house.stagger.turn()
        return await visit_of(update, self._house)

    def _link(self, visit: Visit) -> Answer | None:
        """Return what the payload of a deep link leads to, if this command carries one."""
        said = (visit.message.text if visit.message else None) or ""
        found = _PAYLOAD.match(said)
        handler = self._links.get(found[1]) if found else None
        return (lambda v: handler(v, found[2])) if found and handler else None

    def _always(self, answer: Answer) -> Any:
        """Return a PTB callback that answers one command without the store."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            visit = bare_visit(update, self._house)
            if visit is not None:
                await answer(visit)

        return run

    def _in_group(self, answer: GroupHandler) -> Any:
        """Return a PTB callback that answers one command of a person in a group."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            if in_group(update):
                await answer(update, self._house)

        return run

    async def button(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a tap: by its value's type, or 'this button has expired'."""
        query = update.callback_query
        value = parse(query.data) if query else None
        door = self._buttons.get(type(value))
        if query is None:
            return
        if value is None or door is None or not in_private(update):
            text = self._house.texts.speak(query.from_user.language_code)
            await answer_tap(self._house, query, expired(text), alert=True)
            return
        if await self._went_straight(update, value):
            return
        visit = await self._visit(update, door)
        if visit is None:
            return
        admitted = await guards.admitted(visit, door.needs)
        if admitted is None:
            await self._refuse(visit)
            return
        try:
            await door.handler(admitted, value)
        except NoEditorError:
            await self._refuse(visit)

    async def _refuse(self, visit: Visit) -> None:
        """Answer a tap on what others may use: whoever could once is told that it is over."""
        former = await visit.store.member(visit.who)
        if former is None or former.editor_since is not None:
            await visit.expire()
        else:
            await visit.answer(visit.text.plain("no-editor-now"), alert=True)

    async def _went_straight(self, update: Update, value: Any) -> bool:
        """Answer a tap that needs no look at the person before; False if it was not answered."""
        handler = self._straight.get(type(value))
        visit = bare_visit(update, self._house) if handler else None
        return handler is not None and visit is not None and await handler(visit, value)

    async def words(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Give a typed text or a file to the question that is open, or say what is understood."""
        visit = await visit_of(update, self._house)
        if visit is None or visit.message is None:
            return
        said, sent = visit.message.text, visit.message.document
        dialog = await visit.store.dialog(visit.who, visit.now)
        kind, given = dialog.kind if dialog else "", sent or said
        door: Door[Any] | None = (self._files if sent else self._dialogs).get(kind)
        asks = door or self._dialogs.get(kind) or self._files.get(kind)
        admitted = await guards.admitted(visit, asks.needs) if asks else None
        if said and said.startswith("/"):
            await talk.unknown_command(visit, asked=bool(admitted and door))
        elif dialog is None or admitted is None:
            await self._unasked(visit, dialog)
        elif door is None or not given:
            await talk.not_an_answer(visit, file=kind not in self._dialogs)
        else:
            try:
                await door.handler(admitted, dialog, given)
            except NoEditorError:
                await self._unasked(visit, dialog)

    async def _unasked(self, visit: Visit, dialog: Dialog | None) -> None:
        """Answer as if nothing had been asked; a question nobody may answer is closed."""
        if dialog is not None:
            await visit.store.close_dialog(visit.who)
        await talk.unasked(visit)

    async def location(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a shared location."""
        visit = await visit_of(update, self._house)
        if visit is not None:
            await self._location(visit)

    async def membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow blocks, returns and groups."""
        await membership.changed(update, self._house)

    async def grown(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow a group that becomes a supergroup."""
        await membership.grew(update, self._house)
