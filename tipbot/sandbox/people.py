"""What the simulated people do, and the updates that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from tipbot.sandbox.api import Api
from tipbot.sandbox.entities import MAX_TEXT
from tipbot.sandbox.errors import Json
from tipbot.sandbox.formatted import Formatted, read_formatted
from tipbot.sandbox.methods.media import document_json
from tipbot.sandbox.methods.pins import read_reactions
from tipbot.sandbox.queries import Query
from tipbot.sandbox.world import Chat, Message


class ActionError(ValueError):
    """A person tried what their app would not let them do; the text says what and why."""


def cannot(reason: str) -> NoReturn:
    """Raise ActionError."""
    raise ActionError(reason)


@dataclass(frozen=True, slots=True)
class Actions:
    """One person's hands in one chat: their own chat with the bot, or a group."""

    api: Api
    person_id: int
    chat_id: int = 0

    @property
    def chat(self) -> Chat:
        """The chat this is about."""
        return self.api.world.chats[self.chat_id or self.person_id]

    def say(self, text: str, *, reply_to: int = 0) -> Message:
        """Send a text; commands, links and mentions in it become entities."""
        if not text.strip():
            cannot("there is nothing to send: write something first")
        said = read_formatted(text, "", None)
        if len(said.text) > MAX_TEXT:
            cannot(f"a message holds at most {MAX_TEXT} characters: send it in parts")
        return self._send(said.as_json("text", self.api.world.user_json), reply_to)

    def share_location(self, latitude: float, longitude: float) -> Message:
        """Send a place."""
        if abs(latitude) > 90 or abs(longitude) > 180:
            cannot("no such place: latitude is within 90, longitude within 180 degrees")
        place = {"latitude": latitude, "longitude": longitude}
        return self._send({"location": place}, self._keyboard_message())

    def share_contact(self) -> Message:
        """Send the person's own name and number; country code 999 belongs to nobody."""
        person = self.api.world.people[self.person_id]
        contact = {"phone_number": f"999{person.id:08}", "first_name": person.first_name}
        contact |= {"last_name": person.last_name} if person.last_name else {}
        return self._send({"contact": contact | {"user_id": person.id}}, self._keyboard_message())

    def send_document(self, name: str, mime: str, data: bytes, caption: str = "") -> Message:
        """Send a file."""
        stored = self.api.files.add(name, mime, data)
        return self._send({"document": document_json(stored)} | self._caption(caption))

    def send_photo(self, name: str, mime: str, data: bytes, caption: str = "") -> Message:
        """Send a picture."""
        sizes = self.api.files.add_photo(name, mime, data)
        return self._send({"photo": sizes} | self._caption(caption))

    def _caption(self, caption: str) -> Json:
        said = read_formatted(caption, "", None) if caption.strip() else Formatted()
        return said.as_json("caption", self.api.world.user_json)

    def _keyboard_message(self) -> int:
        """Return the message that asked for a location, which apps make it a reply to."""
        asking = self.chat.keyboard_from if self.chat.keyboard else 0
        return asking if asking in self.chat.messages else 0

    def _send(self, content: Json, reply_to: int = 0) -> Message:
        chat = self.chat
        if chat.blocked:
            cannot("the bot is blocked: unblock it before writing to it")
        chat.started = True
        message = self.api.world.post(chat, self.person_id, content)
        message.reply_to = reply_to
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
            self.api.hub.tell("keyboard", chat.id, keyboard=None, force_reply=None)
        chat.force_reply = None
        self.api.tell_message("message", message)
        if self._bot_hears(message):
            self.api.deliver("message", self.api.world.message_json(message), chat.id)
        return message

    def _bot_hears(self, message: Message) -> bool:
        """In a group a bot hears commands and replies to it (core.telegram.org/bots/features)."""
        if not self.chat.is_group:
            return True
        replied = self.chat.messages.get(message.reply_to)
        to_bot = replied is not None and replied.sender_id == self.api.world.bot_id
        command = str(message.content.get("text", "")).startswith("/")
        return not self.chat.bot_left and (command or to_bot)

    def edit(self, message_id: int, text: str) -> Message:
        """Change a text that the person has sent."""
        message = self.chat.messages.get(message_id)
        if message is None or message.sender_id != self.person_id or "text" not in message.content:
            cannot("only a text of one's own can be edited")
        if not text.strip():
            cannot("an edited message cannot be empty: write something")
        said = read_formatted(text, "", None)
        message.content = said.as_json("text", self.api.world.user_json)
        message.edit_date = self.api.world.timestamp()
        self.api.tell_message("edit", message)
        self.api.deliver("edited_message", self.api.world.message_json(message), self.chat.id)
        return message

    def tap(self, message_id: int, data: str) -> Query:
        """Tap an inline button, by the data it carries; the answer comes later."""
        message = self.chat.messages.get(message_id)
        if message is None or message.hidden:
            cannot("this message is gone")
        if self.chat.blocked:
            cannot("the bot is blocked: unblock it before tapping its buttons")
        if data not in [b.get("callback_data") for b in buttons_of(message)]:
            cannot("this button is gone")
        query = Query(
            id=self.api.world.new_query_id(),
            person_id=self.person_id,
            chat_id=self.chat.id,
            message_id=message_id,
            data=data,
            asked_at=self.api.world.clock(),
        )
        self.api.queries.ask(query)
        self.api.deliver("callback_query", self._query_json(query, message), self.chat.id)
        return query

    def _query_json(self, query: Query, message: Message) -> Json:
        return {
            "id": query.id,
            "from": self.api.world.user_json(self.person_id),
            "message": self.api.world.message_json(message),
            "chat_instance": str(self.chat.id * 7919),
            "data": query.data,
        }

    def react(self, message_id: int, emoji: str) -> None:
        """React to a message; an empty emoji takes the reaction back."""
        message = self.chat.messages.get(message_id)
        if message is None:
            cannot("this message is gone")
        old = message.reactions.pop(self.person_id, [])
        new = read_reactions([{"type": "emoji", "emoji": emoji}] if emoji else [])
        if new:
            message.reactions[self.person_id] = new
        self.api.tell_message("edit", message)
        body = {
            "chat": self.api.world.chat_json(self.chat.id),
            "message_id": message_id,
            "user": self.api.world.user_json(self.person_id),
            "date": self.api.world.timestamp(),
            "old_reaction": old,
            "new_reaction": new,
        }
        self.api.deliver("message_reaction", body, self.chat.id)

    def block(self) -> None:
        """Block the bot."""
        self._set_blocked(blocked=True)

    def unblock(self) -> None:
        """Unblock the bot; Telegram's apps then send /start, which is left to the caller."""
        self._set_blocked(blocked=False)

    def _set_blocked(self, *, blocked: bool) -> None:
        chat = self.chat
        if chat.is_group:
            cannot("only a private chat can be blocked")
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        self.api.hub.tell("blocked", chat.id, blocked=blocked)
        if chat.started:
            self.api.deliver("my_chat_member", self._membership(blocked=blocked), chat.id)

    def _membership(self, *, blocked: bool) -> Json:
        bot = self.api.world.user_json(self.api.world.bot_id)
        member = {"user": bot, "status": "member"}
        kicked = {"user": bot, "status": "kicked", "until_date": 0}
        return {
            "chat": self.api.world.chat_json(self.chat.id),
            "from": self.api.world.user_json(self.person_id),
            "date": self.api.world.timestamp(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }

    def delete_chat(self, *, stop: bool = False) -> None:
        """Clear the person's own view, as their app does; `stop` blocks the bot as well.

        The bot still finds its messages: what one side deletes for itself, the other keeps.
        """
        for message in self.chat.messages.values():
            message.hidden = True
        self.chat.keyboard = self.chat.force_reply = None
        self.api.hub.tell("cleared", self.chat.id)
        if stop:
            self.block()


def buttons_of(message: Message) -> list[Json]:
    """Return the inline buttons of a message, row by row."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def add_bot(api: Api, chat: Chat, adder_id: int) -> None:
    """Let a person add the bot to a group, and tell the bot of it."""
    bot = api.world.user_json(api.world.bot_id)
    note = api.world.post(chat, adder_id, {"new_chat_members": [bot], "new_chat_member": bot})
    membership = {
        "chat": api.world.chat_json(chat.id),
        "from": api.world.user_json(adder_id),
        "date": note.date,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    api.deliver("my_chat_member", membership, chat.id)
    api.deliver("message", api.world.message_json(note), chat.id)
