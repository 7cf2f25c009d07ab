"""Telegram as far as one bot sees it: remembers chats, and refuses what Telegram refuses."""

import html
import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from tests.standin.referee import faults_of
from tests.standin.shapes import Request
from tests.standin.shapes import Upload as Part
from tipbot.bot.answers import FloodError
from tipbot.clock import Clock

BOT = {"id": 424242, "is_bot": True, "first_name": "tipbot", "username": "tipbot_test_bot"}
_TAG = re.compile(r"</?([a-z]+)(?:\s[^>]*)?>")
_LEFT_OVER = re.compile(r"<|>|&(?!amp;|lt;|gt;|quot;)")
_ALLOWED_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}


Upload = tuple[str, bytes]
"""A file's name and content."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: the method and what it was called with."""

    method: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that the bot sent."""

    name: str
    content: bytes
    caption: str
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)


@dataclass(slots=True)
class Shown:
    """A message of the bot as it stands in a chat now."""

    message_id: int
    chat_id: int
    html: str
    keyboard: list[list[dict[str, Any]]]
    photo: bytes = b""
    """The picture of which ``html`` is the caption; none for a text."""
    seen: int = 0
    """Grows with every message sent or edited: the greatest is what a person looks at."""

    @property
    def text(self) -> str:
        """The words without markup."""
        return html.unescape(_TAG.sub("", self.html))

    @property
    def labels(self) -> list[str]:
        """The words of all inline buttons."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def data(self) -> list[str]:
        """What all inline buttons carry."""
        return [button["callback_data"] for row in self.keyboard for button in row]


class RefusedError(Exception):
    """Telegram's answer to a call that it does not carry out."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(slots=True)
class Telegram:
    """Every chat, and every call in order."""

    clock: Clock
    calls: list[Call] = field(default_factory=list)
    messages: dict[int, list[Shown]] = field(default_factory=dict)
    toasts: list[tuple[str, str | None, bool]] = field(default_factory=list)
    """Query id, text and whether it was an alert, in order of the answers."""
    reply_keyboards: dict[int, Any] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)
    refusals: list[tuple[str, int | None, str]] = field(default_factory=list)
    """What to refuse once: method, code (None: the connection drops) and description."""
    blocked_by: set[int] = field(default_factory=set)
    commands: dict[str | None, list[dict[str, str]]] = field(default_factory=dict)
    """The menu of all private chats, by language."""
    group_commands: dict[str | None, list[dict[str, str]]] = field(default_factory=dict)
    """The menu of all groups, by language."""
    other_commands: dict[str | None, list[dict[str, str]]] = field(default_factory=dict)
    """The menu of all chats that have no narrower one, by language."""
    own_commands: dict[int, list[str]] = field(default_factory=dict)
    """The menu of a single chat, where it has one."""
    files: dict[int, list[Sent]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    """What people sent, by ``file_id``."""
    undocumented: list[str] = field(default_factory=list)
    """What the documentation of the Bot API does not allow in the bot's calls."""
    _last_message: int = 100
    _seen: int = 0

    def next_message_id(self) -> int:
        """Return a message id that was never used."""
        self._last_message += 1
        return self._last_message

    def made(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method."""
        return [call.params for call in self.calls if call.method == method]

    def answer(self, method: str, params: dict[str, Any]) -> Any:
        """Carry out one call and return its result; raise ``RefusedError`` as Telegram would."""
        self.calls.append(Call(method, params))
        for refusal in self.refusals:
            if refusal[0] == method:
                self.refusals.remove(refusal)
                if refusal[1] is None:
                    raise NetworkError(refusal[2])
                raise RefusedError(refusal[1], refusal[2])
        if params.get("chat_id") in self.blocked_by:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            raise RefusedError(404, f"Not Found: method {method} not found")
        return handler(**params)

    def shown(self, chat_id: int, message_id: int) -> Shown:
        """Return a message of the bot; raise ``RefusedError`` if there is none."""
        for message in self.messages.get(chat_id, []):
            if message.message_id == message_id:
                return message
        raise RefusedError(400, "Bad Request: message to edit not found")

    def as_json(self, message: Shown) -> dict[str, Any]:
        """Return a message in the form in which Telegram hands it out."""
        found: dict[str, Any] = {
            "message_id": message.message_id,
            "date": int(self.clock().timestamp()),
            "chat": _private(message.chat_id),
            "from": BOT,
        }
        if message.photo:
            size = {"file_id": "p", "file_unique_id": "p", "width": 1080, "height": 1080}
            found |= {"photo": [size], "caption": message.text}
        else:
            found["text"] = message.text
        if message.keyboard:
            found["reply_markup"] = {"inline_keyboard": message.keyboard}
        return found

    def _getMe(self) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    def _sendMessage(self, *, chat_id: int, text: str, **more: Any) -> Any:
        _check_text(text)
        markup = more.get("reply_markup") or {}
        _check_keyboard(markup)
        if "keyboard" in markup:
            self.reply_keyboards[chat_id] = markup["keyboard"]
        if markup.get("remove_keyboard"):
            self.reply_keyboards.pop(chat_id, None)
        rows = [list(row) for row in markup.get("inline_keyboard", [])]
        message = Shown(self.next_message_id(), chat_id, text, rows)
        self.messages.setdefault(chat_id, []).append(message)
        self._look_at(message)
        return self.as_json(message)

    def _getFile(self, *, file_id: str) -> Any:
        if file_id not in self.uploads:
            raise RefusedError(400, "Bad Request: invalid file_id")
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": f"documents/{file_id}"}

    def _sendDocument(
        self, *, chat_id: int, document: Upload, caption: str = "", **more: Any
    ) -> Any:
        name, content = document
        if not content:
            raise RefusedError(400, "Bad Request: file must be non-empty")
        if len(content) > 50_000_000:
            raise RefusedError(413, "Request Entity Too Large")
        if len(caption) > 1024:
            raise RefusedError(400, "Bad Request: message caption is too long")
        markup = more.get("reply_markup") or {}
        _check_keyboard(markup)
        rows = [list(row) for row in markup.get("inline_keyboard", [])]
        self.files.setdefault(chat_id, []).append(Sent(name, content, caption, rows))
        return {
            "message_id": self.next_message_id(),
            "date": int(self.clock().timestamp()),
            "chat": _private(chat_id),
            "from": BOT,
            "document": {"file_id": "d", "file_unique_id": "d", "file_name": name},
        }

    def _sendPhoto(self, *, chat_id: int, photo: Upload, caption: str, **more: Any) -> Any:
        _check_caption(caption)
        markup = more.get("reply_markup") or {}
        _check_keyboard(markup)
        rows = [list(row) for row in markup.get("inline_keyboard", [])]
        message = Shown(self.next_message_id(), chat_id, caption, rows, photo[1])
        self.messages.setdefault(chat_id, []).append(message)
        self._look_at(message)
        return self.as_json(message)

    def _editMessageMedia(
        self, *, chat_id: int, message_id: int, media: dict[str, Any], **more: Any
    ) -> Any:
        _check_caption(media["caption"])
        message = self.shown(chat_id, message_id)
        message.photo = more[media["media"].removeprefix("attach://")][1]
        self._change(message, media["caption"], more.get("reply_markup") or {}, new_media=True)
        return self.as_json(message)

    def _editMessageText(self, *, chat_id: int, message_id: int, text: str, **more: Any) -> Any:
        _check_text(text)
        message = self.shown(chat_id, message_id)
        if message.photo:
            raise RefusedError(400, "Bad Request: there is no text in the message to edit")
        self._change(message, text, more.get("reply_markup") or {})
        return self.as_json(message)

    def _editMessageReplyMarkup(
        self, *, chat_id: int, message_id: int, reply_markup: Any = None
    ) -> Any:
        message = self.shown(chat_id, message_id)
        self._change(message, message.html, reply_markup or {})
        return self.as_json(message)

    def _change(
        self, message: Shown, text: str, markup: dict[str, Any], *, new_media: bool = False
    ) -> None:
        _check_keyboard(markup)
        rows = [list(row) for row in markup.get("inline_keyboard", [])]
        if (message.html, message.keyboard) == (text, rows) and not new_media:
            raise RefusedError(
                400,
                "Bad Request: message is not modified: specified new message content and reply"
                " markup are exactly the same as a current content and reply markup of the message",
            )
        message.html, message.keyboard = text, rows
        self._look_at(message)

    def _look_at(self, message: Shown) -> None:
        self._seen += 1
        message.seen = self._seen

    def _deleteMessage(self, *, chat_id: int, message_id: int) -> Any:
        self.messages[chat_id].remove(self.shown(chat_id, message_id))
        return True

    def _answerCallbackQuery(
        self, *, callback_query_id: str, text: str | None = None, show_alert: bool = False, **_: Any
    ) -> Any:
        if any(query == callback_query_id for query, *_ in self.toasts):
            raise RefusedError(400, "Bad Request: query is too old and response timeout expired")
        if text is not None and len(text) > 200:
            raise RefusedError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.toasts.append((callback_query_id, text, show_alert))
        return True

    def _pinChatMessage(self, *, chat_id: int, message_id: int, **_: Any) -> Any:
        self.shown(chat_id, message_id)
        self.pinned[chat_id] = message_id
        return True

    def _unpinChatMessage(self, *, chat_id: int, message_id: int | None = None, **_: Any) -> Any:
        if message_id in (None, self.pinned.get(chat_id)):
            self.pinned.pop(chat_id, None)
        return True

    def _sendChatAction(self, **_: Any) -> Any:
        return True

    def _setMyCommands(
        self, *, commands: Any, language_code: str | None = None, scope: Any = None
    ) -> Any:
        if scope is None:
            self.other_commands[language_code] = list(commands)
        elif scope["type"] == "all_group_chats":
            self.group_commands[language_code] = list(commands)
        elif scope["type"] == "all_private_chats":
            self.commands[language_code] = list(commands)
        else:
            self.own_commands[scope["chat_id"]] = [each["command"] for each in commands]
        return True

    def _deleteMyCommands(self, *, scope: Any = None, language_code: str | None = None) -> Any:
        if scope is None:
            self.other_commands.pop(language_code, None)
        else:
            self.own_commands.pop(scope["chat_id"], None)
        return True

    def _setMyDescription(self, *, description: str = "", **_: Any) -> Any:
        if len(description) > 512:
            raise RefusedError(400, "Bad Request: description is too long")
        return True

    def _setMyShortDescription(self, *, short_description: str = "", **_: Any) -> Any:
        if len(short_description) > 120:
            raise RefusedError(400, "Bad Request: short description is too long")
        return True


def _private(chat_id: int) -> dict[str, Any]:
    if chat_id < 0:
        return {"id": chat_id, "type": "group", "title": "A group"}
    return {"id": chat_id, "type": "private", "first_name": "Somebody"}


def _check_text(text: str) -> None:
    """Refuse what Telegram's HTML parser refuses, and texts that are empty or too long."""
    open_tags: list[str] = []
    for found in _TAG.finditer(text):
        tag, closes = found[1], found[0].startswith("</")
        if tag not in _ALLOWED_TAGS or (closes and (not open_tags or open_tags.pop() != tag)):
            raise RefusedError(400, f"Bad Request: can't parse entities: tag {found[0]}")
        if not closes:
            open_tags.append(tag)
    if open_tags or _LEFT_OVER.search(_TAG.sub("", text)):
        raise RefusedError(400, "Bad Request: can't parse entities")
    shown = html.unescape(_TAG.sub("", text)).strip()
    if not shown:
        raise RefusedError(400, "Bad Request: message text is empty")
    if len(shown.encode("utf-16-le")) // 2 > 4096:
        raise RefusedError(400, "Bad Request: message is too long")


def _check_caption(text: str) -> None:
    _check_text(text)
    if len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2 > 1024:
        raise RefusedError(400, "Bad Request: message caption is too long")


def _check_keyboard(markup: dict[str, Any]) -> None:
    rows = markup.get("inline_keyboard", [])
    if any(not row or len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise RefusedError(400, "Bad Request: BUTTON_ROW_INVALID")
    for row in rows:
        for button in row:
            if not button["text"].strip() or not any(c.isalnum() for c in button["text"]):
                raise RefusedError(400, "Bad Request: every button has a word")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")


class Wire(BaseRequest):
    """PTB's way to ``Telegram``: no network, the real request and answer forms."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return timedelta(seconds=5).total_seconds()

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB names it
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        called = url.rpartition("/")[2]
        if "/file/" in url:
            return 200, self._telegram.uploads[called]
        sent = request_data.json_parameters if request_data else {}
        uploads = (request_data.multipart_data if request_data else None) or {}
        self._judge(called, sent, uploads)
        params: dict[str, Any] = {
            name: _value(name, text) for name, text in sent.items() if name not in uploads
        }
        for name, (file, content, *_mime) in uploads.items():
            params[name] = (file, content if isinstance(content, bytes) else content.read())
        try:
            result = self._telegram.answer(called, params)
        except RefusedError as refusal:
            if refusal.code == 429:
                raise FloodError(int(refusal.description.rpartition(" ")[2])) from None
            said = {
                "ok": False, "error_code": refusal.code, "description": refusal.description
            }  # fmt: skip
            return refusal.code, json.dumps(said).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _judge(self, called: str, sent: dict[str, str], uploads: dict[str, Any]) -> None:
        parts = {
            name: Part(file, content if isinstance(content, bytes) else b"a stream")
            for name, (file, content, *_mime) in uploads.items()
        }
        values = {name: text for name, text in sent.items() if name not in parts}
        self._telegram.undocumented += faults_of(Request(called, values, parts))


_TEXTS = {
    "text", "callback_query_id", "parse_mode", "language_code", "description", "short_description",
    "url", "action", "caption", "file_id",
}  # fmt: skip


def _value(name: str, text: str) -> Any:
    return text if name in _TEXTS else json.loads(text)
