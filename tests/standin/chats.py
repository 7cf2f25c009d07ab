"""The chats of the second stand-in: what the bot may do in them, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.markup import words_of
from tests.standin.shapes import Request, Upload

Json = dict[str, Any]
_FAR = 2**40 + 7
"""Ids of people are beyond 32 bits, as the documentation warns."""


class RefusedError(Exception):
    """What Telegram does not do; the text is its description."""


@dataclass(slots=True)
class Message:
    """One message in a chat; ``keyboard`` is that of its inline buttons."""

    id: int
    sender: Json
    content: Json
    keyboard: list[list[Json]] = field(default_factory=list)
    editable: bool = True

    @property
    def words(self) -> str:
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])


@dataclass(slots=True)
class Chat:
    """One private chat; of the person only the first name is known."""

    id: int
    name: str
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: list[str] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": self.name}

    def as_json(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.name, "from_the_future": {}}


class Chats:
    """Every chat, and what the bot does in them."""

    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.taps: dict[str, Json | None] = {}
        """The bot's answers by the id of the tap; None is owed."""
        self._last = _FAR
        self._methods: dict[str, Callable[[Chat, Request, Json], Any]] = {
            "sendMessage": self._send_text,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "editMessageText": self._edit_text,
            "editMessageMedia": self._edit_media,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete,
            "pinChatMessage": self._pin,
            "unpinChatMessage": self._unpin,
            "sendChatAction": lambda *_: True,
        }

    def next_id(self) -> int:
        """Return an id that was never used; between two lie others' messages."""
        self._last += 3
        return self._last

    def join(self, name: str) -> Chat:
        """Return the chat of somebody new."""
        made = Chat(self.next_id(), name)
        self.chats[made.id] = made
        return made

    def keep(self, name: str, content: bytes) -> Json:
        """Keep a file and return what is said of it."""
        key = f"file-{self.next_id()}"
        self.files[key] = Upload(name, content)
        return {"file_id": key, "file_unique_id": f"u-{key}"}

    def as_json(self, chat: Chat, message: Message) -> Json:
        """Return a Message with no more than the documentation promises, and a field from ahead."""
        found = {
            "message_id": message.id,
            "date": 1_900_000_000,
            "chat": chat.as_json(),
            "from": message.sender,
            "sent_by_pigeon": True,
            **message.content,
        }
        return found | (
            {"reply_markup": {"inline_keyboard": message.keyboard}} if message.keyboard else {}
        )

    def carry_out(self, request: Request, given: Json) -> Any:
        """Do what a call says and return its result; raise ``RefusedError``."""
        if request.method == "answerCallbackQuery":
            return self._answer(given)
        chat = self.chats.get(given["chat_id"]) or refuse("chat not found")
        return self._methods[request.method](chat, request, given)

    def _answer(self, given: Json) -> bool:
        tap = given["callback_query_id"]
        if tap not in self.taps:
            refuse("query ID is invalid")
        if self.taps[tap] is not None:
            refuse("query is too old and response timeout expired or query ID is invalid")
        self.taps[tap] = given
        return True

    # --- sending --------------------------------------------------------------------------

    def _send_text(self, chat: Chat, _: Request, given: Json) -> Json:
        return self._send(chat, {"text": shown(given, "text")}, given)

    def _send_photo(self, chat: Chat, request: Request, given: Json) -> Json:
        return self._send(chat, self._photo(request, "photo") | captioned(given), given)

    def _send_document(self, chat: Chat, request: Request, given: Json) -> Json:
        upload = attached(request, "document", given)
        document = self.keep(upload.name, upload.content) | {"file_name": upload.name}
        return self._send(chat, {"document": document} | captioned(given), given)

    def _photo(self, request: Request, name: str, media: Json | None = None) -> Json:
        upload = attached(request, name, media or {})
        return {"photo": [self.keep(upload.name, upload.content) | {"width": 90, "height": 68}]}

    def _send(self, chat: Chat, content: Json, given: Json) -> Json:
        markup = given.get("reply_markup") or {}
        if "keyboard" in markup:
            chat.keyboard = [button["text"] for row in markup["keyboard"] for button in row]
        if markup.get("remove_keyboard"):
            chat.keyboard = []
        rows = markup.get("inline_keyboard", [])
        message = Message(self.next_id(), self.bot, content, rows, not markup or bool(rows))
        chat.messages[message.id] = message
        return self.as_json(chat, message)

    # --- editing --------------------------------------------------------------------------

    def _edit_text(self, chat: Chat, _: Request, given: Json) -> Json:
        message = editable(chat, given)
        if "text" not in message.content:
            refuse("there is no text in the message to edit")
        return self._edit(chat, message, {"text": shown(given, "text")}, given)

    def _edit_media(self, chat: Chat, request: Request, given: Json) -> Json:
        message, media = editable(chat, given), given["media"]
        content = self._photo(request, "media", media) | captioned(media)
        return self._edit(chat, message, content, given)

    def _edit_keyboard(self, chat: Chat, _: Request, given: Json) -> Json:
        message = editable(chat, given)
        return self._edit(chat, message, message.content, given)

    def _edit(self, chat: Chat, message: Message, content: Json, given: Json) -> Json:
        rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
        if (message.content, message.keyboard) == (content, rows):
            refuse("message is not modified")
        message.content, message.keyboard = content, rows
        return self.as_json(chat, message) | {"edit_date": 1_900_000_001}

    def _delete(self, chat: Chat, _: Request, given: Json) -> bool:
        del chat.messages[named(chat, given, "message to delete").id]
        return True

    def _pin(self, chat: Chat, _: Request, given: Json) -> bool:
        chat.pinned.append(named(chat, given, "message to pin").id)
        return True

    def _unpin(self, chat: Chat, _: Request, given: Json) -> bool:
        chat.pinned = [each for each in chat.pinned if each != given.get("message_id")]
        return True


def refuse(reason: str) -> Any:
    """Raise ``RefusedError``."""
    raise RefusedError(reason)


def named(chat: Chat, given: Json, what: str) -> Message:
    """Return the message that a call names."""
    found: Message = chat.messages.get(given["message_id"]) or refuse(f"{what} not found")
    return found


def editable(chat: Chat, given: Json) -> Message:
    """Return the message to edit: the bot's own, and not sent with a reply keyboard."""
    message = named(chat, given, "message to edit")
    if not (message.from_bot and message.editable):
        refuse("message can't be edited")
    return message


def shown(given: Json, name: str) -> str:
    """Return a text as a person sees it."""
    text = str(given.get(name, ""))
    return words_of(text) if given.get("parse_mode") == "HTML" else text.strip()


def captioned(given: Json) -> Json:
    """Return the caption as a field, if there is one."""
    caption = shown(given, "caption")
    return {"caption": caption} if caption else {}


def attached(request: Request, name: str, given: Json) -> Upload:
    """Return the upload that a parameter names or is."""
    part = str(given.get(name, "")).removeprefix("attach://") or name
    return request.uploads.get(part) or refuse("there is no file in the request")
