"""Sending texts, locations and chat actions; deleting."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.entities import MAX_TEXT
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.formatted import read_text
from tipbot.sandbox.forms import Form
from tipbot.sandbox.keyboards import read_markup
from tipbot.sandbox.world import Chat, Message

DELETABLE = timedelta(hours=48)
"""How old a message may be to be deleted (core.telegram.org/bots/api#deletemessage)."""
MAX_AT_ONCE = 100
"""Messages in one call of deleteMessages, forwardMessages and copyMessages."""
_NUMBER = re.compile(r"-?\d{1,10}")
ACTIONS = {
    "cancel", "typing", "upload_photo", "record_video", "upload_video", "record_voice",
    "record_audio", "upload_voice", "upload_audio", "upload_document", "choose_sticker",
    "find_location", "pick_up_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def link_preview(form: Form) -> Json:
    """Return the message field that says how links are previewed."""
    options = form.parsed("link_preview_options", "Can't parse link preview options JSON object")
    if options is None:
        options = {"is_disabled": True} if form.flag("disable_web_page_preview") else {}
    if not isinstance(options, dict):
        refuse("Object expected as link preview options")
    kept = {name: value for name, value in options.items() if value}
    return {"link_preview_options": kept} if kept else {}


async def send_message(api: Api, form: Form) -> Json:
    """Send a text."""
    text = read_text(form)
    preview = link_preview(form)
    markup = read_markup(form)
    api.open_chat(form)
    if len(text.text) > MAX_TEXT:
        refuse("Message is too long")
    content = text.as_json("text", api.world.user_json) | preview
    return api.world.message_json(api.send(form, content, markup=markup))


async def send_location(api: Api, form: Form) -> Json:
    """Send a place."""
    content = {"location": read_location(form)}
    return api.world.message_json(api.send(form, content))


def read_location(form: Form) -> Json:
    """Read latitude and longitude in degrees; raises 400."""
    for name in ("latitude", "longitude"):
        if not form.text(name).strip():
            refuse(f"{name} is empty")
    latitude, longitude = form.number("latitude"), form.number("longitude")
    if abs(latitude) > 90 or abs(longitude) > 180:
        refuse("wrong geo point")
    location: Json = {"latitude": latitude, "longitude": longitude}
    if form.number("horizontal_accuracy"):
        location["horizontal_accuracy"] = form.number("horizontal_accuracy")
    return location


async def send_chat_action(api: Api, form: Form) -> bool:
    """Show that the bot is busy; people see it for five seconds."""
    action = form.text("action").lower()
    if action not in ACTIONS:
        refuse("Wrong parameter action in request")
    chat = api.open_chat(form)
    api.hub.tell("action", chat.id, action=action)
    return True


async def delete_message(api: Api, form: Form) -> bool:
    """Delete one message for everyone."""
    if not form.has("chat_id"):
        refuse("Chat identifier is not specified")
    if form.message_id() == 0:
        refuse("Message identifier is not specified")
    chat = api.chat(form)
    message = api.message(chat, form, "message to delete")
    _check_deletable(api, chat, message)
    api.remove(chat, message.id)
    return True


def _check_deletable(api: Api, chat: Chat, message: Message) -> None:
    if api.world.age(message) > DELETABLE:
        refuse("Message can't be deleted for everyone")
    if chat.is_group and message.sender_id != api.world.bot_id:
        refuse("Message can't be deleted")


def read_message_ids(form: Form) -> list[int]:
    """Read `message_ids`; raises 400 in Telegram's words."""
    ids: Any = form.parsed("message_ids", "Can't parse message_ids JSON object")
    if ids is None or ids == []:
        refuse("Message identifiers are not specified")
    if not isinstance(ids, list):
        refuse("Expected an Array of message identifiers")
    if len(ids) > MAX_AT_ONCE:
        refuse("Too many message identifiers specified")
    return [_message_id(number) for number in ids]


def _message_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        refuse("Message identifier must be a Number")
    if not _NUMBER.fullmatch(str(value)):
        refuse("Can't parse message identifier as a Number")
    if int(value) <= 0:
        refuse("Invalid message identifier specified")
    return int(value)


async def delete_messages(api: Api, form: Form) -> bool:
    """Delete several messages; those that are not there are skipped."""
    wanted = read_message_ids(form)
    chat = api.chat(form)
    there = [chat.messages[number] for number in wanted if number in chat.messages]
    for message in there:
        _check_deletable(api, chat, message)
    for message in there:
        api.remove(chat, message.id)
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendChatAction": send_chat_action,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
