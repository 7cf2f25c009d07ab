"""Calls with something wrong in them, and what the Bot API says of each.

The words are those of its server (github.com/tdlib/telegram-bot-api, Client.cpp) and of TDLib.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tipbot.sandbox.errors import Json

ALICE = 1001
_NOT_THE_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_BUTTONS = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'

TO = {"chat_id": ALICE}
SAY = TO | {"text": "x"}
AT = TO | {"message_id": "SENT"}
NOWHERE = TO | {"message_id": 1}
"""``SENT`` stands for a text "Hello" without buttons."""


def inline(*buttons: Any) -> Json:
    return {"inline_keyboard": [list(buttons)]}


WRONG: dict[str, list[tuple[Json, str]]] = {
    "sendMessage": [
        ({}, "message text is empty"),
        (TO, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 1.5e9, "text": "x"}, "chat not found"),
        (SAY | {"text": " \n\t"}, "text must be non-empty"),
        (SAY | {"text": "x" * 4097}, "message is too long"),
        (SAY | {"text": "x" * 32769}, "text is too long"),
        (SAY | {"parse_mode": "XML"}, "unsupported parse_mode"),
        (
            SAY | {"text": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            SAY | {"text": "é<p>x</p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 2',
        ),
        (SAY | {"entities": [{}]}, "can't parse MessageEntity: Can't find field \"offset\""),
        (SAY | {"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        (SAY | {"reply_markup": []}, "object expected as reply markup"),
        (SAY | {"reply_markup": {"inline_keyboard": [1]}}, _BUTTONS),
        (
            SAY | {"reply_markup": inline(1)},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            SAY | {"reply_markup": inline({"text": "x"})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            SAY | {"reply_markup": inline({"callback_data": "x"})},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            SAY | {"reply_markup": inline({"text": "x", "callback_data": "x" * 65})},
            "BUTTON_DATA_INVALID",
        ),
        (
            SAY
            | {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
            "reply markup is too long",
        ),
        (SAY | {"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        (SAY | {"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        (
            SAY | {"reply_parameters": {"message_id": [1]}},
            'field "message_id" must be a Number',
        ),
        (
            SAY | {"reply_parameters": {"message_id": "x"}},
            'field "message_id" must be a valid Number',
        ),
        (SAY | {"text": "\ud800"}, "can't parse JSON object"),
        ({"chat_id": "9" * 5000, "text": "x"}, "chat not found"),
        (SAY | {"reply_parameters": []}, "object expected as reply parameters"),
        (SAY | {"reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        (SAY | {"link_preview_options": "z"}, "can't parse link preview options JSON object"),
    ],
    "editMessageText": [
        ({}, "message text is empty"),
        ({"text": "x"}, "message identifier is not specified"),
        ({"text": "x", "message_id": 1}, "chat_id is empty"),
        (SAY, "message to edit not found"),
        (NOWHERE | {"text": "x"}, "message to edit not found"),
        (AT | {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        (AT | {"text": "Hello"}, _NOT_THE_SAME),
    ],
    "editMessageReplyMarkup": [
        (AT, _NOT_THE_SAME),
        (AT | {"reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
    ],
    "editMessageCaption": [
        (AT | {"caption": "x"}, "there is no caption in the message to edit"),
    ],
    "editMessageMedia": [
        (AT, 'parameter "media" is required'),
        (AT | {"media": "{"}, "can't parse input media JSON object"),
        (AT | {"media": []}, "can't parse InputMedia: expected an Object"),
        (AT | {"media": {"type": "photo"}}, "can't parse InputMedia: media not found"),
        (
            AT | {"media": {"type": "photo", "media": "attach://none"}},
            "can't parse InputMedia: media not found",
        ),
    ],
    "deleteMessage": [
        ({}, "chat identifier is not specified"),
        (TO, "message identifier is not specified"),
        (TO | {"message_id": "x"}, "message identifier is not specified"),
        (NOWHERE, "message to delete not found"),
    ],
    "deleteMessages": [
        (TO, "message identifiers are not specified"),
        (TO | {"message_ids": "x"}, "can't parse message_ids JSON object"),
        (TO | {"message_ids": {}}, "expected an Array of message identifiers"),
        (TO | {"message_ids": [[]]}, "message identifier must be a Number"),
        (TO | {"message_ids": ["x"]}, "can't parse message identifier as a Number"),
        (TO | {"message_ids": [-1]}, "invalid message identifier specified"),
        (TO | {"message_ids": [1] * 101}, "too many message identifiers specified"),
    ],
    "answerCallbackQuery": [
        (
            {"callback_query_id": "5"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
    ],
    "sendPhoto": [
        (TO, "there is no photo in the request"),
        (TO | {"photo": "attach://none"}, "there is no photo in the request"),
        (TO | {"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
    ],
    "sendDocument": [
        (
            TO | {"document": "BQAC"},
            "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
        ),
    ],
    "sendMediaGroup": [
        (TO, 'parameter "media" is required'),
        (TO | {"media": {}}, "expected an Array of InputMedia"),
    ],
    "sendVoice": [
        (TO, "there is no voice in the request"),
    ],
    "sendContact": [
        (TO | {"first_name": "x"}, 'parameter "phone_number" is required'),
    ],
    "sendVenue": [
        (TO | {"latitude": 1, "longitude": 1}, 'parameter "title" is required'),
    ],
    "sendDice": [
        (TO | {"emoji": "x"}, "DICE_EMOJI_INVALID"),
    ],
    "getChatAdministrators": [
        (TO, "there are no administrators in the private chat"),
    ],
    "getFile": [
        ({}, "file_id not specified"),
        ({"file_id": "x"}, "invalid file_id"),
    ],
    "pinChatMessage": [
        ({}, "chat_id is empty"),
        (NOWHERE, "message to pin not found"),
    ],
    "unpinChatMessage": [
        (TO, "message to unpin not found"),
    ],
    "sendChatAction": [
        (TO, "wrong parameter action in request"),
    ],
    "sendLocation": [
        (TO, "latitude is empty"),
        (TO | {"latitude": 1}, "longitude is empty"),
    ],
    "setMessageReaction": [
        (AT | {"reaction": "x"}, "can't parse reaction types JSON object"),
        (AT | {"reaction": {}}, "expected an Array of ReactionType"),
        (NOWHERE, "message to react not found"),
    ],
    "setMyCommands": [
        ({"commands": "x"}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [{}]}, "can't parse BotCommand: Can't find field \"command\""),
        ({"scope": "x"}, "can't parse BotCommandScope JSON object"),
        ({"scope": {"type": "chat"}}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
    ],
    "setWebhook": [
        ({"url": "x"}, "invalid webhook URL specified"),
    ],
    "forwardMessage": [
        (TO, 'parameter "from_chat_id" is required'),
    ],
    "copyMessage": [
        (NOWHERE | {"from_chat_id": ALICE}, "message to copy not found"),
    ],
    "getChat": [
        ({}, "chat_id is empty"),
        ({"chat_id": 5}, "chat not found"),
    ],
}


def refusals() -> Iterator[tuple[str, Json, str]]:
    """Yield method, parameters and words of every refusal."""
    for method, cases in WRONG.items():
        for parameters, words in cases:
            yield method, parameters, words
