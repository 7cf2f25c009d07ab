"""Somebody in a private chat with the bot at the second stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tests.standin.chats import Chat, Message
from tests.standin.server import StandIn
from tests.standin.shapes import Upload

PATIENCE = 20.0
T = TypeVar("T")


@dataclass(slots=True)
class Guest:
    """One person's hands and eyes."""

    standin: StandIn
    chat: Chat

    @classmethod
    def named(cls, standin: StandIn, name: str) -> Guest:
        """Return somebody new."""
        return cls(standin, standin.chats.join(name))

    def says(self, text: str) -> Message:
        """Type a text; one that begins with a slash is a command."""
        content: dict[str, object] = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.standin.put(self.chat, content)

    def shares_location(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        self.standin.put(self.chat, {"location": {"latitude": latitude, "longitude": longitude}})

    def sends_file(self, name: str, content: bytes) -> None:
        """Send a document."""
        document = self.standin.chats.keep(name, content) | {
            "file_name": name,
            "file_size": len(content),
        }
        self.standin.put(self.chat, {"document": document})

    async def taps(self, label: str, *, old: bool = False) -> str:
        """Tap the newest button with these words once it is there; return what was answered."""
        message, data = await self._until(lambda: self._button(label), f"a button {label!r}")
        tap = self.standin.tap(self.chat, message, data, old=old)
        taps = self.standin.chats.taps
        answer = await self._until(lambda: taps[tap], f"an answer to {label!r}")
        return str(answer.get("text", ""))

    async def reads(self, words: str) -> Message:
        """Return the bot's newest message with these words, once it is there."""
        return await self._message(lambda m: words in m.words, repr(words))

    async def hears_after(self, said: Message) -> Message:
        """Return the bot's newest message, once there is one after what was said."""
        return await self._message(lambda m: m.id > said.id, "an answer")

    async def gets(self, kind: str) -> Upload:
        """Return the newest photo or document, once it is there."""
        message = await self._message(lambda m: kind in m.content, f"a {kind}")
        files = message.content[kind]
        return self.standin.chats.files[(files[-1] if kind == "photo" else files)["file_id"]]

    async def _message(self, fits: Callable[[Message], bool], what: str) -> Message:
        return await self._until(lambda: next(filter(fits, self._newest()), None), what)

    def _newest(self) -> Iterator[Message]:
        return (m for m in reversed(self.chat.messages.values()) if m.from_bot)

    def _button(self, label: str) -> tuple[Message, str] | None:
        for message in self._newest():
            for button in (button for row in message.keyboard for button in row):
                if label.lower() in button["text"].lower():
                    return message, button["callback_data"]
        return None

    async def _until(self, holds: Callable[[], T | None], what: str) -> T:
        try:
            return await self.standin.until(holds, PATIENCE)
        except TimeoutError:
            seen = [f"{m.words} {m.keyboard}" for m in self._newest()]
            message = "\n".join(
                [f"{self.chat.name} waited for {what}", *self.standin.faults, *seen]
            )
            raise AssertionError(message) from None
