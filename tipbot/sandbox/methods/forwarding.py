"""Forwarding and copying."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.formatted import read_caption
from tipbot.sandbox.forms import Form
from tipbot.sandbox.keyboards import Markup, read_markup
from tipbot.sandbox.methods.messages import read_message_ids
from tipbot.sandbox.world import Message


def _original(api: Api, form: Form, purpose: str) -> Message:
    form.required("from_chat_id")
    chat = api.chat(form, "from_chat_id")
    message = api.message(chat, form, purpose)
    if message.is_service:
        fault = "forwarded" if "forward" in purpose else "copied"
        refuse(f"the message can't be {fault}")
    return message


def _origin(api: Api, original: Message) -> Json:
    sender = api.world.user_json(original.sender_id)
    return original.origin or {"type": "user", "date": original.date, "sender_user": sender}


async def forward_message(api: Api, form: Form) -> Json:
    """Send a message on, with the name of who wrote it."""
    original = _original(api, form, "message to forward")
    return api.world.message_json(_forward(api, form, original))


def _forward(api: Api, form: Form, original: Message) -> Message:
    if original.protected:
        refuse("the message can't be forwarded")
    api.open_chat(form)
    message = api.send(form, dict(original.content), markup=Markup())
    message.origin = _origin(api, original)
    api.tell_message("edit", message)
    return message


async def copy_message(api: Api, form: Form) -> Json:
    """Send the same content as the bot's own."""
    original = _original(api, form, "message to copy")
    content = dict(original.content)
    if "caption" in form.values:
        caption = read_caption(form).as_json("caption", api.world.user_json)
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | caption
    message = api.send(form, content, markup=read_markup(form))
    return {"message_id": message.id}


async def _many(api: Api, form: Form, *, copies: bool) -> list[Json]:
    wanted = read_message_ids(form)
    form.required("from_chat_id")
    source = api.chat(form, "from_chat_id")
    api.open_chat(form)
    found = [source.messages[number] for number in wanted if number in source.messages]
    usable = [message for message in found if not message.is_service]
    if not usable:
        refuse(f"there are no messages to {'copy' if copies else 'forward'}")
    if copies:
        sent = [api.send(form, dict(message.content), markup=Markup()) for message in usable]
    else:
        sent = [_forward(api, form, message) for message in usable]
    return [{"message_id": message.id} for message in sent]


async def forward_messages(api: Api, form: Form) -> list[Json]:
    """Send several messages on; those that are not there are skipped."""
    return await _many(api, form, copies=False)


async def copy_messages(api: Api, form: Form) -> list[Json]:
    """Copy several messages; those that are not there are skipped."""
    return await _many(api, form, copies=True)


METHODS: dict[str, Method] = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
