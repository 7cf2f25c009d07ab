"""The Bot API's common ground: what every method works on, and how its effects are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tipbot.sandbox.errors import Json, forbid, refuse
from tipbot.sandbox.events import Hub
from tipbot.sandbox.files import FileStore
from tipbot.sandbox.forms import Form, required_integer
from tipbot.sandbox.keyboards import Markup, read_markup
from tipbot.sandbox.profile import BotProfile
from tipbot.sandbox.queries import Queries
from tipbot.sandbox.updates import UpdateQueue
from tipbot.sandbox.webhook import Webhook
from tipbot.sandbox.world import Chat, Message, World

ALBUM_LIMIT = 10
"""Items of a media group (core.telegram.org/bots/api#sendmediagroup)."""


@dataclass(slots=True)
class Api:
    """Everything that a method may read or change."""

    world: World
    updates: UpdateQueue
    webhook: Webhook
    hub: Hub = field(default_factory=Hub)
    files: FileStore = field(default_factory=FileStore)
    profile: BotProfile = field(default_factory=BotProfile)
    queries: Queries = field(init=False)

    def __post_init__(self) -> None:
        self.queries = Queries(self.world.clock)

    # --- finding things -------------------------------------------------------------------

    def chat(self, form: Form, name: str = "chat_id") -> Chat:
        """Return the chat a call names, if the bot may see it; raises 400."""
        if not form.has(name):
            refuse(f"{name} is empty")
        chat = self.world.chats.get(form.integer(name))
        if form.text(name).startswith("@") or chat is None:
            refuse("chat not found")
        return chat

    def open_chat(self, form: Form) -> Chat:
        """Return a chat that the bot may write to; raises 400 or 403 as Telegram does."""
        chat = self.chat(form)
        if chat.is_group and chat.bot_left:
            forbid("bot is not a member of the group chat")
        if chat.blocked:
            forbid("bot was blocked by the user")
        if not chat.started:
            forbid("bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, form: Form, purpose: str) -> Message:
        """Return the message a call names; raises 400 `<purpose> not found`."""
        message = chat.messages.get(form.message_id())
        if message is None:
            refuse(f"{purpose} not found")
        return message

    def reply_target(self, chat: Chat, form: Form) -> int:
        """Return the id of the message that is replied to, 0 for none; raises 400."""
        options = form.parsed("reply_parameters", "Can't parse reply parameters JSON object")
        if options is None:
            options = {"message_id": form.message_id("reply_to_message_id")}
            options["allow_sending_without_reply"] = form.flag("allow_sending_without_reply")
        if not isinstance(options, dict):
            refuse("Object expected as reply parameters")
        target = required_integer(options, "message_id") if options else 0
        missing = target != 0 and target not in chat.messages
        if missing and not options.get("allow_sending_without_reply"):
            refuse("message to be replied not found")
        return 0 if missing else target

    # --- effects --------------------------------------------------------------------------

    def send(self, form: Form, content: Json, *, markup: Markup | None = None) -> Message:
        """Send content from the bot with the options that all sending methods share."""
        markup = markup or read_markup(form)
        chat = self.open_chat(form)
        target = self.reply_target(chat, form)
        message = self.world.post(chat, self.world.bot_id, content)
        message.markup = markup.inline
        message.reply_to = target
        message.protected = form.flag("protect_content")
        message.silent = form.flag("disable_notification")
        message.fixed = not markup.is_inline
        self._change_keyboard(chat, markup, message.id)
        self.tell_message("message", message)
        return message

    def _change_keyboard(self, chat: Chat, markup: Markup, message_id: int) -> None:
        if markup.is_inline:
            return
        chat.keyboard, chat.keyboard_from = markup.keyboard, message_id
        chat.force_reply = markup.force_reply
        self.hub.tell("keyboard", chat.id, keyboard=chat.keyboard, force_reply=chat.force_reply)

    def edit(self, message: Message, content: Json, markup: Json | None) -> Message:
        """Change a message; raises 400 when nothing would change."""
        if message.content == content and message.markup == markup:
            refuse(NOT_MODIFIED)
        message.content, message.markup = content, markup
        message.edit_date = self.world.timestamp()
        self.tell_message("edit", message)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for everyone."""
        del chat.messages[message_id]
        if message_id in chat.pins:
            chat.pins.remove(message_id)
            self.tell_pins(chat)
        self.hub.tell("delete", chat.id, message_id=message_id)

    def note(self, chat: Chat, text: str) -> Message:
        """Put a line of the sandbox's own into a chat: its people see it, the bot is not told."""
        message = self.world.post(chat, 0, {"note": text})
        self.tell_message("message", message)
        return message

    def deliver(self, kind: str, body: Json, chat_id: int) -> None:
        """Give the bot an update, by its webhook or at its next poll."""
        self.updates.push(kind, body, chat_id=chat_id)

    # --- telling --------------------------------------------------------------------------

    def view(self, message: Message) -> Json:
        """Return a message as people see it: the Message object and what only the page needs."""
        chat = self.world.chats[message.chat_id]
        return {
            **self.world.message_json(message),
            "from_bot": message.sender_id == self.world.bot_id,
            "silent": message.silent,
            "pinned": message.id in chat.pins,
            "reactions": {str(who): kinds for who, kinds in message.reactions.items()},
        }

    def tell_message(self, kind: str, message: Message) -> None:
        """Tell listeners of a message that came or changed, unless its people cannot see it."""
        if not message.hidden:
            self.hub.tell(kind, message.chat_id, message=self.view(message))

    def tell_pins(self, chat: Chat) -> None:
        """Tell listeners which messages are pinned now."""
        self.hub.tell("pins", chat.id, pins=list(chat.pins))


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A result that is just `true`, with a description of what happened beside it."""

    description: str


Method = Callable[[Api, Form], Awaitable[Any]]
"""A Bot API method: returns the `result`, raises ApiError."""
