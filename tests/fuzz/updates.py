"""Makes updates: some as Telegram would send them, some forged, some spoilt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from telegram import Chat, InaccessibleMessage, Message, TelegramObject, User

from tests.bot.samples import samples
from tests.fuzz import hostile
from tests.fuzz.grammar import KINDS, Kind, forms, shape
from tests.fuzz.tape import Tape
from tipbot.bot.application import FEATURES
from tipbot.bot.buttons.prefixes import PREFIXES
from tipbot.bot.callbacks import pack
from tipbot.bot.incoming import ALLOWED_UPDATES

Raw = dict[str, Any]
COMMANDS = sorted({name for each in FEATURES for name in (*each.commands, *each.always)})
BUTTONS = tuple(pack(value) for kind in PREFIXES.values() for value in samples(kind))
_DEEPEST = 3
_MOST_OPTIONAL = 3
_GROUP, _FORUM, _CHANNEL = -5, -1001000000000, -1002000000000
_CHATS: tuple[Raw, ...] = (
    {"id": _GROUP, "type": "group", "title": hostile.SECRET},
    {"id": _FORUM, "type": "supergroup", "title": hostile.SECRET, "is_forum": True},
    {"id": _CHANNEL, "type": "channel", "title": hostile.SECRET},
    {"id": 1, "type": "private", "first_name": "Alice"},
    {"id": 777000, "type": "private", "first_name": "Telegram"},
    {"id": 2**60, "type": "private"},
    {"id": 3, "type": "sender"},
    {"id": 3, "type": hostile.SECRET},
)
_SPECIAL: tuple[Raw, ...] = (
    {"id": 55, "is_bot": True, "first_name": hostile.SECRET},
    {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    {"id": 2**52 - 1, "is_bot": False, "first_name": hostile.SECRET},
    {"id": 2**63, "is_bot": False, "first_name": hostile.SECRET},
    {"id": -1, "is_bot": False, "first_name": hostile.SECRET},
    {"id": 0, "is_bot": False, "first_name": ""},
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to send about: who may act, and the messages that the bot sent to anybody."""

    cast: Sequence[Raw]
    """Users of the Bot API."""
    shown: Sequence[Raw]
    """Messages of the Bot API, with their buttons."""


class Maker:
    """Makes updates of a scene as a tape says; ids of updates grow from ``first``."""

    def __init__(self, tape: Tape, scene: Scene, first: int) -> None:
        self._tape = tape
        self._scene = scene
        self._next = first

    def some(self, most: int) -> Iterator[Raw]:
        """Yield a few updates of any kind."""
        for _ in range(1 + self._tape.below(most)):
            yield self.update()

    def every_kind(self) -> Iterator[Raw]:
        """Yield an update of every kind, and a message with each part that one may have."""
        yield from map(self.sound, KINDS)
        for part in shape(Message).optional:
            self._next += 1
            yield {"update_id": self._next, "message": self.thing(Message, 1, [part])}

    def update(self) -> Raw:
        """Return an update, one in four spoilt."""
        raw = self.sound(self._kind())
        if self._tape.one_in(4):
            for _ in range(1 + self._tape.below(3)):
                self._spoil(raw)
        return raw

    def sound(self, kind: str) -> Raw:
        """Return an update in which every key holds what the Bot API lets it hold."""
        self._next += 1
        return {"update_id": self._next, kind: self._value(kind, KINDS[kind], 0)}

    def _kind(self) -> str:
        often = self._tape.one_in(4)
        return self._tape.pick(tuple(KINDS) if often else ALLOWED_UPDATES)

    def _value(self, name: str, hint: Any, depth: int) -> Any:
        """Return what may stand under a key."""
        if get_origin(hint) in {Union, UnionType}:
            choices = [each for each in get_args(hint) if each not in {NoneType, timedelta, object}]
            return self._value(name, choices[0], depth)
        if isinstance(hint, type) and issubclass(hint, TelegramObject):
            return self.thing(hint, depth + 1)
        if get_origin(hint) is not None and issubclass(get_origin(hint), Sequence):
            count = 1 + self._tape.below(2)
            return [self._value(name, get_args(hint)[0], depth) for _ in range(count)]
        return self._plain(name, hint)

    def _plain(self, name: str, hint: Any) -> Any:
        if hint is bool:
            return not self._tape.one_in(2)
        if hint is datetime:
            return self._tape.pick(hostile.MOMENTS)
        if hint is float:
            return self._tape.pick(hostile.FLOATS)
        if hint is int:
            return self._tape.pick(hostile.NUMBERS)
        if hint is not str:
            return {}
        return self._tape.pick(hostile.LANGUAGES if name == "language_code" else hostile.WORDS)

    def thing(self, kind: Kind, depth: int, wanted: Sequence[str] = ()) -> Raw:
        """Return an object of a class; with the ``wanted`` ones of its optional keys."""
        form = self._tape.pick(forms(kind))
        if form is User:
            return self._user()
        if form is Chat:
            return dict(self._tape.pick((*_CHATS, *map(_private, self._scene.cast))))
        if issubclass(form, Message | InaccessibleMessage) and depth > 1 and self._scene.shown:
            return dict(self._tape.pick(self._scene.shown))
        keys = shape(form)
        picked = self._tape.some(tuple(keys.optional), _MOST_OPTIONAL) if depth < _DEEPEST else []
        hints = {**keys.required, **{key: keys.optional[key] for key in (*picked, *wanted)}}
        found = {key: self._value(key, hint, depth) for key, hint in hints.items()}
        return self._told({**keys.fixed, **found}, form.__name__)

    def _told(self, raw: Raw, form: str) -> Raw:
        """Put in what the Bot API always sends, and what makes a handler look."""
        if form == "Message":
            return self._message(raw)
        if form == "CallbackQuery":
            return self._query(raw)
        if form == "ChatMemberUpdated":
            return self._change(raw)
        return raw

    def _user(self) -> Raw:
        if self._tape.one_in(6):
            return dict(self._tape.pick(_SPECIAL))
        return dict(self._tape.pick(self._scene.cast))

    def _message(self, raw: Raw) -> Raw:
        sender = self._user()
        raw |= {"message_id": 1 + self._tape.below(400), "from": sender, "chat": _private(sender)}
        if self._tape.one_in(4):
            raw["chat"] = dict(self._tape.pick(_CHATS))
        if self._tape.one_in(8):
            del raw["from"]
        if "text" in raw or not self._tape.one_in(2):
            raw["text"] = text = self._text()
            if text.startswith("/"):
                length = self._tape.pick((len(text.split()[0]), len(text), 0, 10**6, -1))
                raw["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return raw

    def _text(self) -> str:
        if self._tape.one_in(2):
            return self._tape.pick(hostile.WORDS)
        ending = self._tape.pick(("", f" {hostile.SECRET}", "@tipbot_test_bot", "@another_bot"))
        return f"/{self._tape.pick(COMMANDS)}{ending}"

    def _query(self, raw: Raw) -> Raw:
        self._next += 1
        raw |= {"id": str(self._next), "from": self._user(), "chat_instance": hostile.SECRET}
        if self._tape.one_in(8):
            raw["inline_message_id"] = hostile.SECRET
        else:
            raw["message"] = self._under(raw["from"])
        raw["data"] = self._data(raw.get("message") or {})
        if self._tape.one_in(12):
            del raw["data"]
        return raw

    def _under(self, person: Raw) -> Raw:
        """Return a message under which a button stands: mostly one of the person's own."""
        own = [each for each in self._scene.shown if each["chat"]["id"] == person["id"]]
        hidden = {"chat": _private(person), "message_id": 9, "date": 0}
        mine = {**hidden, "date": 1, "text": hostile.SECRET}
        if self._tape.one_in(4):
            return dict(self._tape.pick((*self._scene.shown, hidden, mine)))
        return dict(self._tape.pick(own or (mine,)))

    def _data(self, message: Raw) -> str:
        """Return what a button carries: one that is there, one of somebody else's, one forged."""
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        there = [button["callback_data"] for row in rows for button in row]
        if there and not self._tape.one_in(2):
            return str(self._tape.pick(there))
        if self._tape.one_in(6):
            return self._tape.pick(hostile.WORDS)[:64]
        return self._tape.pick(BUTTONS)

    def _change(self, raw: Raw) -> Raw:
        sender = self._user()
        raw["from"] = sender
        if not self._tape.one_in(2):
            raw["chat"] = _private(sender)
        return raw

    def _spoil(self, raw: Raw) -> None:
        """Take something away, or put something odd in its place."""
        at: Any = raw
        while True:
            spots = [key for key in _spots(at) if key != "update_id"]
            if not spots:
                return
            key = self._tape.pick(spots)
            if isinstance(at[key], dict | list) and at[key] and not self._tape.one_in(4):
                at[key] = at = at[key].copy()
                continue
            if self._tape.one_in(3):
                del at[key]
            else:
                at[key] = self._tape.pick(hostile.ODDITIES)
            return


def _spots(at: Any) -> Sequence[Any]:
    return list(at) if isinstance(at, Mapping) else range(len(at))


def _private(person: Mapping[str, Any]) -> Raw:
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}
