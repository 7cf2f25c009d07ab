"""People for tests: they write, tap and wait the way a reader of the test would say it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tipbot.sandbox.api import Api
from tipbot.sandbox.errors import Json
from tipbot.sandbox.people import ActionError, Actions, buttons_of
from tipbot.sandbox.queries import Query
from tipbot.sandbox.world import Chat, Profile

Predicate = Callable[[Json], bool]
"""Says whether a message, as people see it, is the one that is waited for."""
PATIENCE = 10.0
"""Seconds a person waits unless told otherwise."""


class NothingCame(AssertionError):  # noqa: N818  reads as a sentence in a failing test
    """The bot did not do in time what a person waited for; the text shows what there is."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person's hands and eyes in their private chat with the bot, or in a group."""

    api: Api
    profile: Profile
    chat_id: int = 0

    @property
    def id(self) -> int:
        """The person's user id."""
        return self.profile.id

    @property
    def chat(self) -> Chat:
        """The chat the person is looking at."""
        return self.api.world.chats[self.chat_id or self.id]

    @property
    def acts(self) -> Actions:
        """What a person can do, without waiting for anything."""
        return Actions(self.api, self.id, self.chat_id)

    def in_group(self, chat_id: int) -> Person:
        """Return the same person in a group chat."""
        return Person(self.api, self.profile, chat_id)

    # --- what they see --------------------------------------------------------------------

    @property
    def messages(self) -> list[Json]:
        """All that the person sees, oldest first: Message objects with `from_bot` and more."""
        return [self.api.view(message) for message in self.chat.visible()]

    @property
    def from_bot(self) -> list[Json]:
        """The bot's messages, oldest first, without service messages."""
        return [m for m in self.messages if m["from_bot"] and "pinned_message" not in m]

    @property
    def last(self) -> Json:
        """The bot's newest message; raises NothingCame when there is none."""
        if not self.from_bot:
            raise NothingCame(self._seen("a message"))
        return self.from_bot[-1]

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons below the bot's newest message with buttons."""
        rows = [m["reply_markup"]["inline_keyboard"] for m in self.from_bot if "reply_markup" in m]
        return [button["text"] for row in (rows[-1] if rows else []) for button in row]

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    # --- what they do ---------------------------------------------------------------------

    def says(self, text: str, *, reply_to: int = 0) -> Json:
        """Send a text."""
        return self.api.view(self.acts.say(text, reply_to=reply_to))

    def starts(self, payload: str = "") -> Json:
        """Press Start, after a deep link when there is a payload."""
        return self.says(f"/start {payload}".strip())

    def shares_location(self, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return self.api.view(self.acts.share_location(latitude, longitude))

    def presses(self, label: str) -> Json:
        """Press a button of the reply keyboard, which sends its label."""
        if label not in self.keyboard:
            msg = f"the keyboard has no {label!r}, only {self.keyboard}"
            raise ActionError(msg)
        return self.says(label)

    def sends_document(
        self, name: str, data: bytes, mime: str = "text/plain", caption: str = ""
    ) -> Json:
        """Send a file."""
        return self.api.view(self.acts.send_document(name, mime, data, caption))

    def blocks(self) -> None:
        """Block the bot."""
        self.acts.block()

    def unblocks(self) -> None:
        """Unblock the bot, without the /start that an app would send."""
        self.acts.unblock()

    def taps_at_once(self, label: str, *, message_id: int = 0) -> Query:
        """Tap a button and do not wait; by default on the newest message that has it."""
        for message in reversed([*self.chat.visible()]):
            if message_id and message.id != message_id:
                continue
            for button in buttons_of(message):
                if label in {button["text"], button.get("callback_data")}:
                    return self.acts.tap(message.id, str(button.get("callback_data")))
        msg = f"no button {label!r} in sight, only {self.labels}"
        raise ActionError(msg)

    async def taps(self, label: str, *, message_id: int = 0, timeout: float = PATIENCE) -> Json:
        """Tap a button and return the bot's answer to it: `text`, `show_alert`, perhaps `url`."""
        query = self.taps_at_once(label, message_id=message_id)
        try:
            async with asyncio.timeout(timeout):
                await query.answered.wait()
        except TimeoutError:
            raise NothingCame(self._seen(f"an answer to the tap on {label!r}")) from None
        return dict(query.answer or {})

    # --- what they wait for ---------------------------------------------------------------

    async def waits_for(
        self,
        predicate: Predicate,
        timeout: float = PATIENCE,
        *,
        after: int = 0,
    ) -> Json:
        """Return the newest message the predicate takes, waiting for it to come or be edited.

        Only messages with an id above `after` count.
        """
        async with self.api.hub.listening() as listener:
            try:
                async with asyncio.timeout(timeout):
                    while True:
                        for message in reversed(self.messages):
                            if message["message_id"] > after and predicate(message):
                                return message
                        await listener.next()
            except TimeoutError:
                raise NothingCame(self._seen("what was waited for")) from None

    async def reads(self, words: str, timeout: float = PATIENCE, *, after: int = 0) -> Json:
        """Return the bot's newest message that has these words, waiting for it."""
        return await self.waits_for(
            lambda m: m["from_bot"] and words in str(m.get("text", m.get("caption", ""))),
            timeout, after=after,
        )  # fmt: skip

    async def asks(self, text: str, timeout: float = PATIENCE) -> Json:
        """Send a text and return the bot's first message after it."""
        said = self.says(text)["message_id"]
        await self.waits_for(lambda m: m["from_bot"], timeout, after=said)
        return next(m for m in self.from_bot if m["message_id"] > said)

    def _seen(self, what: str) -> str:
        lines = [f"{self.profile.first_name} waited in vain for {what}. In sight:"]
        for message in self.messages[-8:]:
            who = "bot" if message["from_bot"] else self.profile.first_name
            said = message.get("text") or message.get("caption") or sorted(message)
            lines.append(f"  {message['message_id']} {who}: {said}")
        owed = len(self.api.queries.unanswered())
        return "\n".join([*lines, f"  taps without an answer: {owed}"])
