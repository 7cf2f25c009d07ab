"""Editing what the bot has sent."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.entities import MAX_CAPTION, MAX_TEXT
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.formatted import read_caption, read_text
from tipbot.sandbox.forms import Form
from tipbot.sandbox.keyboards import read_markup
from tipbot.sandbox.methods.media import CAPTIONED, read_input_media
from tipbot.sandbox.methods.messages import link_preview
from tipbot.sandbox.world import Message


def _editable(api: Api, form: Form) -> Message:
    """Return the bot's own message that a call names; raises 400 or 403.

    Forwards, and what came with a reply keyboard, are fixed (TDLib, `can_edit_message`).
    """
    if not form.has("chat_id") and form.message_id() == 0:
        refuse(
            "MESSAGE_ID_INVALID" if form.has("inline_message_id")
            else "Message identifier is not specified"
        )  # fmt: skip
    chat = api.open_chat(form)
    message = api.message(chat, form, "message to edit")
    foreign = message.sender_id != api.world.bot_id or message.origin is not None
    if foreign or message.is_service or message.fixed:
        refuse("Message can't be edited")
    return message


async def edit_message_text(api: Api, form: Form) -> Json:
    """Replace a text; buttons that are not sent again go."""
    text = read_text(form)
    preview = link_preview(form)
    markup = read_markup(form, only_inline=True)
    message = _editable(api, form)
    if "text" not in message.content:
        refuse("There is no text in the message to edit")
    if len(text.text) > MAX_TEXT:
        refuse("MESSAGE_TOO_LONG")
    content = text.as_json("text", api.world.user_json) | preview
    return api.world.message_json(api.edit(message, content, markup.inline))


async def edit_message_caption(api: Api, form: Form) -> Json:
    """Replace a caption; buttons that are not sent again go."""
    markup = read_markup(form, only_inline=True)
    caption = read_caption(form)
    message = _editable(api, form)
    if not CAPTIONED & message.content.keys():
        refuse("There is no caption in the message to edit")
    if len(caption.text) > MAX_CAPTION:
        refuse("MEDIA_CAPTION_TOO_LONG")
    bare = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    content = bare | caption.as_json("caption", api.world.user_json)
    return api.world.message_json(api.edit(message, content, markup.inline))


async def edit_message_reply_markup(api: Api, form: Form) -> Json:
    """Replace the buttons alone."""
    markup = read_markup(form, only_inline=True)
    message = _editable(api, form)
    return api.world.message_json(api.edit(message, message.content, markup.inline))


async def edit_message_media(api: Api, form: Form) -> Json:
    """Replace the photo or document, or put one in a text's place."""
    markup = read_markup(form, only_inline=True)
    form.required("media")
    item = form.parsed("media", "Can't parse input media JSON object")
    message = _editable(api, form)
    if not (CAPTIONED | {"text"}) & message.content.keys():
        refuse("There is no media in the message to edit")
    content = read_input_media(api, form, item)
    return api.world.message_json(api.edit(message, content, markup.inline))


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
}
