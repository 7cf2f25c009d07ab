"""Pinned messages and reactions."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import Form

_EMOJI = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 "
    "😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
)
REACTIONS = frozenset(_EMOJI.split())
"""The emoji one may react with (core.telegram.org/bots/api#reactiontypeemoji)."""


async def pin_chat_message(api: Api, form: Form) -> bool:
    """Pin a message; the chat is told by a service message, which the bot receives too."""
    chat = api.open_chat(form)
    message = api.message(chat, form, "message to pin")
    if message.is_service:
        refuse("Message can't be pinned")
    if message.id in chat.pins:
        return True
    chat.pins.append(message.id)
    api.tell_pins(chat)
    note = api.world.post(chat, api.world.bot_id, {"pinned_message_id": message.id})
    note.silent = form.flag("disable_notification")
    api.tell_message("message", note)
    api.deliver("message", api.world.message_json(note), chat.id)
    return True


async def unpin_chat_message(api: Api, form: Form) -> bool:
    """Unpin a message, or the newest pinned one when none is named."""
    chat = api.open_chat(form)
    wanted = form.message_id() or (chat.pins[-1] if chat.pins else 0)
    if wanted not in chat.messages:
        refuse("Message to unpin not found")
    if wanted in chat.pins:
        chat.pins.remove(wanted)
        api.tell_pins(chat)
    return True


async def unpin_all_chat_messages(api: Api, form: Form) -> bool:
    """Unpin everything."""
    chat = api.open_chat(form)
    chat.pins.clear()
    api.tell_pins(chat)
    return True


def read_reactions(items: object) -> list[Json]:
    """Read a list of ReactionType; raises 400 in Telegram's words."""
    if items is None:
        return []
    if not isinstance(items, list):
        refuse("Expected an Array of ReactionType")
    if len(items) > 1:
        refuse("REACTIONS_TOO_MANY")
    return [_reaction(item) for item in items]


def _reaction(item: object) -> Json:
    if not isinstance(item, dict) or item.get("type") not in {"emoji", "custom_emoji", "paid"}:
        refuse("Can't parse ReactionType: invalid reaction type specified")
    emoji = str(item.get("emoji", "")).removesuffix("\ufe0f")
    if item["type"] != "emoji" or emoji not in REACTIONS:
        refuse("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}


async def set_message_reaction(api: Api, form: Form) -> bool:
    """React to a message, or take the reaction back."""
    kinds = read_reactions(form.parsed("reaction", "Can't parse reaction types JSON object"))
    chat = api.open_chat(form)
    message = api.message(chat, form, "message to react")
    if kinds:
        message.reactions[api.world.bot_id] = kinds
    else:
        message.reactions.pop(api.world.bot_id, None)
    api.tell_message("edit", message)
    return True


METHODS: dict[str, Method] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
