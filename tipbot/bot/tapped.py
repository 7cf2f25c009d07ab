"""The message under a tapped button, as far as the chat asks for it.

PTB's own ``Message`` has a hundred attributes, and makes objects of every button, entity and size
of a picture, at each tap: docs/decisions/0017-chat-over-lines.md.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from telegram import Chat, MaybeInaccessibleMessage

from tipbot.bot.callbacks import parse
from tipbot.bot.views import Button, Keyboard


class Label(Protocol):
    """A button as Telegram hands it back: its words, and what it carries, if anything."""

    text: str
    callback_data: str | None


class TappedMessage(MaybeInaccessibleMessage):
    """A message that Telegram shows, with the buttons it had when one of them was tapped."""

    __slots__ = ("_is_picture", "_labels")

    def __init__(
        self,
        chat: Chat,
        message_id: int,
        date: datetime,
        *,
        is_picture: bool = False,
        labels: Sequence[Sequence[Label]] = (),
    ) -> None:
        """Keep ``labels`` row by row; ``date`` is in UTC."""
        super().__init__(chat, message_id, date)
        self._is_picture = is_picture
        self._labels = labels

    @property
    def is_picture(self) -> bool:
        """Whether the buttons stand below a picture."""
        return self._is_picture

    @property
    def keyboard(self) -> Keyboard:
        """The typed form of the buttons; foreign ones are left out."""
        rows = (
            tuple(Button(b.text, value) for b in row if (value := parse(b.callback_data)))
            for row in self._labels
        )
        return tuple(row for row in rows if row)
