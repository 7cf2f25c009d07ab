"""Reads an update as Telegram hands it over, and lets nothing in that the chat could not use.

PTB believes what it is given: a text that is a number, or an id that is a list, would reach the
handlers. Here the parts that the chat relies on are checked against the Bot API's types first.
Of a tap, which comes with the whole message under its button, nothing else is looked at.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

import structlog
from pydantic import BaseModel, ConfigDict, Field
from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User

from tipbot.bot.tapped import TappedMessage

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""The kinds of update that the chat answers; Telegram is asked for no other."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL does not store, and halves of a surrogate pair, which are no text."""
_MOST = 2**52
"""Ids of the Bot API have at most 52 significant bits."""

_OF_TAP = ("id", "from", "data", "message")
_UNDER_TAP = ("message_id", "date", "chat", "photo", "reply_markup")
"""What the chat asks of a tap, and of the message under its button."""

_Id = Annotated[int, Field(gt=-_MOST, lt=_MOST)]
_Moment = Annotated[int, Field(ge=0, lt=2**32)]
"""Seconds since 1970; 0 for a message that Telegram hides."""
_UserId = Annotated[int, Field(gt=0, lt=_MOST)]

log = structlog.get_logger(__name__)


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _User(_Part):
    id: _UserId
    is_bot: bool
    first_name: str
    last_name: str | None = None
    language_code: str | None = None


class _Chat(_Part):
    id: _Id
    type: str


class _Entity(_Part):
    type: str
    offset: int
    length: int


class _Location(_Part):
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class _Document(_Part):
    file_id: str
    file_size: Annotated[int, Field(ge=0)] | None = None


class _Button(_Part):
    text: str
    callback_data: str | None = None


class _Markup(_Part):
    inline_keyboard: list[list[_Button]] = []


class _Under(_Part):
    message_id: _Id
    date: _Moment
    chat: _Chat
    photo: list[Any] | None = None
    reply_markup: _Markup | None = None


class _Message(_Part):
    message_id: _Id
    date: _Moment
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    text: str | None = None
    entities: list[_Entity] | None = None
    location: _Location | None = None
    document: _Document | None = None


class _Query(_Part):
    id: str
    sender: _User = Field(alias="from")
    data: str | None = None
    message: _Under | None = None


class _Member(_Part):
    status: str
    user: _User


class _Change(_Part):
    chat: _Chat
    sender: _User = Field(alias="from")
    old_chat_member: _Member
    new_chat_member: _Member


class _Tap(_Part):
    update_id: int
    callback_query: _Query


class _Update(_Part):
    update_id: int
    message: _Message | None = None
    my_chat_member: _Change | None = None


def read_update(raw: dict[str, Any], bot: Bot) -> Update | None:
    """Return an update, or None, logged by its id, for one that would never become readable.

    Kinds that the chat does not answer are left out; what no database stores is taken from texts.
    """
    try:
        tapped = raw.get("callback_query") is not None
        return _tap(raw, bot) if tapped else _other(raw, bot)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must come through
        log.error("update_unreadable", update=raw["update_id"], error=type(error).__name__)  # noqa: TRY400 - the trace quotes the message
        return None


def _other(raw: dict[str, Any], bot: Bot) -> Update:
    known = {key: _clean(raw[key]) for key in ("update_id", *ALLOWED_UPDATES) if key in raw}
    _Update.model_validate(known)
    return Update.de_json(known, bot)


def _tap(raw: dict[str, Any], bot: Bot) -> Update:
    """Return a tap: PTB's ways of reading would take a sixth of all that its answer costs."""
    asked = {key: raw["callback_query"].get(key) for key in _OF_TAP}
    if asked["message"] is not None:
        asked["message"] = {key: asked["message"].get(key) for key in _UNDER_TAP}
    read = _Tap.model_validate({"update_id": raw["update_id"], "callback_query": _clean(asked)})
    query = _query(read.callback_query)
    update = Update(read.update_id, callback_query=query)
    for each in (update, query):
        each.set_bot(bot)
    return update


def _query(query: _Query) -> CallbackQuery:
    who = query.sender
    user = User(who.id, who.first_name, who.is_bot, who.last_name, language_code=who.language_code)
    under = None if query.message is None else _under(query.message)
    return CallbackQuery(query.id, user, chat_instance="", message=under, data=query.data)


def _under(shown: _Under) -> TappedMessage | InaccessibleMessage:
    chat = Chat(shown.chat.id, shown.chat.type)
    if shown.date == 0:
        return InaccessibleMessage(chat, shown.message_id)
    return TappedMessage(
        chat,
        shown.message_id,
        datetime.fromtimestamp(shown.date, UTC),
        is_picture=bool(shown.photo),
        labels=shown.reply_markup.inline_keyboard if shown.reply_markup else (),
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value
