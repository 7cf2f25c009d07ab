"""The world of the sandbox: people, chats and messages, all in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tipbot.sandbox.errors import Json

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a simulated person is; `note` is only for the page."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    note: str = ""

    def as_user(self) -> Json:
        """Return the User object."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **_named(self),
            **({"language_code": self.language_code} if self.language_code else {}),
        }

    def as_chat(self) -> Json:
        """Return the Chat object of the private chat with this person."""
        return {"id": self.id, "first_name": self.first_name, **_named(self), "type": "private"}


def _named(profile: Profile) -> Json:
    named = {"last_name": profile.last_name, "username": profile.username}
    return {name: value for name, value in named.items() if value}


DEFAULT_PEOPLE = (
    Profile(id=1001, first_name="Alice", username="alice_sandbox", note="Subscriber"),
    Profile(id=1002, first_name="Bob", username="bob_sandbox", note="Subscriber"),
    Profile(id=1003, first_name="Erik", username="erik_sandbox", note="Editor"),
    Profile(id=1004, first_name="Olga", username="olga_sandbox", note="Owner"),
)
"""Alice and Bob subscribe, Erik edits, Olga owns: fixed ids, so that settings can name them."""


_SERVICE = {"pinned_message_id", "new_chat_members", "left_chat_member", "note"}


@dataclass(slots=True, kw_only=True)
class Message:
    """One message; `content` holds the fields that say what it is (`text`, `photo`, ...).

    A `fixed` one was sent with a reply keyboard, a forced reply or the removal of either.
    """

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Json
    markup: Json | None = None
    edit_date: int = 0
    reply_to: int = 0
    origin: Json | None = None
    album: str = ""
    protected: bool = False
    silent: bool = False
    fixed: bool = False
    hidden: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Whether it tells of an event instead of carrying something said."""
        return not _SERVICE.isdisjoint(self.content)


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat with the bot: one person's, or a group's."""

    id: int
    members: list[int]
    title: str = ""
    started: bool = False
    blocked: bool = False
    bot_left: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    keyboard_from: int = 0
    force_reply: Json | None = None
    menu_button: Json | None = None

    @property
    def is_group(self) -> bool:
        """Whether several people share it."""
        return bool(self.title)

    def visible(self) -> Iterator[Message]:
        """Yield what people see, oldest first."""
        return (message for message in self.messages.values() if not message.hidden)


class World:
    """Everything there is; dates come from the injected clock."""

    def __init__(
        self, clock: Clock, bot: Json, people: tuple[Profile, ...] = DEFAULT_PEOPLE
    ) -> None:
        self.clock = clock
        self.bot = bot
        self.people: dict[int, Profile] = {}
        self.chats: dict[int, Chat] = {}
        # Ids grow with the clock, so that a restarted sandbox does not hand out old ones again
        # to a bot that keeps its own database.
        seconds = int(clock().timestamp())
        self._message_ids = itertools.count(1 + seconds % 2**27)
        self._query_ids = itertools.count(seconds * 2**20)
        for profile in people:
            self.add_person(profile)

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return int(self.bot["id"])

    def timestamp(self) -> int:
        """Return the present in Unix seconds."""
        return int(self.clock().timestamp())

    def add_person(self, profile: Profile) -> None:
        """Bring in a person with an empty chat; raises ValueError when the id is taken."""
        if profile.id in self.chats or profile.id <= 0 or profile.id == self.bot_id:
            msg = f"the id {profile.id} is taken or not positive: choose another"
            raise ValueError(msg)
        self.people[profile.id] = profile
        self.chats[profile.id] = Chat(id=profile.id, members=[profile.id])

    def add_group(self, chat_id: int, title: str, members: list[int]) -> Chat:
        """Bring in a group that has the bot as a member; group ids are negative."""
        self.chats[chat_id] = Chat(id=chat_id, title=title, members=members, started=True)
        return self.chats[chat_id]

    def user_json(self, user_id: int) -> Json:
        """Return the User object of a person or of the bot."""
        if user_id == self.bot_id:
            return {key: self.bot[key] for key in ("id", "is_bot", "first_name", "username")}
        if user_id in self.people:
            return self.people[user_id].as_user()
        return {"id": user_id, "is_bot": False, "first_name": ""}

    def chat_json(self, chat_id: int) -> Json:
        """Return the Chat object."""
        chat = self.chats[chat_id]
        if chat.is_group:
            return {"id": chat_id, "title": chat.title, "type": "group"}
        return self.people[chat_id].as_chat()

    def new_query_id(self) -> str:
        """Return a fresh callback query id."""
        return str(next(self._query_ids))

    def post(self, chat: Chat, sender_id: int, content: Json) -> Message:
        """Put a message into a chat and return it."""
        message = Message(
            id=next(self._message_ids),
            chat_id=chat.id,
            sender_id=sender_id,
            date=self.timestamp(),
            content=content,
        )
        chat.messages[message.id] = message
        return message

    def age(self, message: Message) -> timedelta:
        """Return how old a message is by the sandbox's clock."""
        return timedelta(seconds=self.timestamp() - message.date)

    def message_json(self, message: Message, *, deep: bool = True) -> Json:
        """Return the Message object; what it replies to or pins comes with it once, not deeper."""
        chat = self.chats[message.chat_id]
        content = dict(message.content)
        pinned = chat.messages.get(content.pop("pinned_message_id", 0))
        replied = chat.messages.get(message.reply_to) if deep else None
        body: Json = {
            "message_id": message.id,
            "from": self.user_json(message.sender_id),
            "chat": self.chat_json(message.chat_id),
            "date": message.date,
        }
        if message.edit_date:
            body["edit_date"] = message.edit_date
        if message.origin:
            body["forward_origin"] = message.origin
        if replied:
            body["reply_to_message"] = self.message_json(replied, deep=False)
        if message.album:
            body["media_group_id"] = message.album
        body |= content
        if "pinned_message_id" in message.content:
            body["pinned_message"] = (
                self.message_json(pinned, deep=False) if pinned else self.inaccessible(message)
            )
        if message.protected:
            body["has_protected_content"] = True
        if message.markup:
            body["reply_markup"] = message.markup
        return body

    def inaccessible(self, message: Message) -> Json:
        """Return the InaccessibleMessage object that stands for a deleted message."""
        chat = self.chat_json(message.chat_id)
        target = message.content.get("pinned_message_id", message.id)
        return {"message_id": target, "chat": chat, "date": 0}
