"""What the Bot API's documentation says of methods and objects (core.telegram.org/bots/api, 10.1).

Written from the documentation alone, so that it can contradict the sandbox. A name that ends in
``!`` is required. Types: ``int``, ``float``, ``bool``, ``str``, ``file``, an object's name, ``[x]``
for an array of x, and ``a|b`` for either.
"""

Fields = dict[str, str]

_MARKUPS = "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
_TO = {"chat_id!": "int|str", "business_connection_id": "str"}
_SENDING = _TO | {
    "message_thread_id": "int",
    "direct_messages_topic_id": "int",
    "disable_notification": "bool",
    "protect_content": "bool",
    "allow_paid_broadcast": "bool",
    "message_effect_id": "str",
    "reply_parameters": "ReplyParameters",
    "reply_markup": _MARKUPS,
}
_CAPTION = {"caption": "str", "parse_mode": "str", "caption_entities": "[MessageEntity]"}
_EDITING = {
    "business_connection_id": "str",
    "chat_id": "int|str",
    "message_id": "int",
    "inline_message_id": "str",
    "reply_markup": "InlineKeyboardMarkup",
}
_TEXT = {
    "text!": "str",
    "parse_mode": "str",
    "entities": "[MessageEntity]",
    "link_preview_options": "LinkPreviewOptions",
}
_LISTED = {"scope": "BotCommandScope", "language_code": "str"}

METHODS: dict[str, Fields] = {
    "getMe": {},
    "getUpdates": {
        "offset": "int",
        "limit": "int",
        "timeout": "int",
        "allowed_updates": "[str]",
    },
    "setWebhook": {
        "url!": "str",
        "certificate": "file",
        "ip_address": "str",
        "max_connections": "int",
        "allowed_updates": "[str]",
        "drop_pending_updates": "bool",
        "secret_token": "str",
    },
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": _SENDING | _TEXT,
    "sendPhoto": _SENDING
    | _CAPTION
    | {"photo!": "file|str", "show_caption_above_media": "bool", "has_spoiler": "bool"},
    "sendDocument": _SENDING
    | _CAPTION
    | {
        "document!": "file|str",
        "thumbnail": "file|str",
        "disable_content_type_detection": "bool",
    },
    "sendChatAction": _TO | {"message_thread_id": "int", "action!": "str"},
    "editMessageText": _EDITING | _TEXT,
    "editMessageCaption": _EDITING | _CAPTION | {"show_caption_above_media": "bool"},
    "editMessageMedia": _EDITING | {"media!": "InputMediaPhoto|InputMediaDocument"},
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": {"chat_id!": "int|str", "message_id!": "int"},
    "answerCallbackQuery": {
        "callback_query_id!": "str",
        "text": "str",
        "show_alert": "bool",
        "url": "str",
        "cache_time": "int",
    },
    "pinChatMessage": _TO | {"message_id!": "int", "disable_notification": "bool"},
    "unpinChatMessage": _TO | {"message_id": "int"},
    "setMyCommands": {"commands!": "[BotCommand]"} | _LISTED,
    "deleteMyCommands": _LISTED,
    "setMyDescription": {"description": "str", "language_code": "str"},
    "setMyShortDescription": {"short_description": "str", "language_code": "str"},
    "getFile": {"file_id!": "str"},
    "leaveChat": {"chat_id!": "int|str"},
}

OBJECTS: dict[str, Fields] = {
    "InlineKeyboardMarkup": {"inline_keyboard!": "[[InlineKeyboardButton]]"},
    "InlineKeyboardButton": {
        "text!": "str",
        "style": "str",
        "url": "str",
        "callback_data": "str",
        "copy_text": "CopyTextButton",
    },
    "CopyTextButton": {"text!": "str"},
    "ReplyKeyboardMarkup": {
        "keyboard!": "[[KeyboardButton]]",
        "is_persistent": "bool",
        "resize_keyboard": "bool",
        "one_time_keyboard": "bool",
        "input_field_placeholder": "str",
        "selective": "bool",
    },
    "KeyboardButton": {"text!": "str", "request_contact": "bool", "request_location": "bool"},
    "ReplyKeyboardRemove": {"remove_keyboard!": "bool", "selective": "bool"},
    "ForceReply": {
        "force_reply!": "bool",
        "input_field_placeholder": "str",
        "selective": "bool",
    },
    "InputMediaPhoto": _CAPTION
    | {
        "type!": "str",
        "media!": "str",
        "show_caption_above_media": "bool",
        "has_spoiler": "bool",
    },
    "InputMediaDocument": _CAPTION
    | {
        "type!": "str",
        "media!": "str",
        "thumbnail": "str",
        "disable_content_type_detection": "bool",
    },
    "LinkPreviewOptions": {
        "is_disabled": "bool",
        "url": "str",
        "prefer_small_media": "bool",
        "prefer_large_media": "bool",
        "show_above_text": "bool",
    },
    "ReplyParameters": {
        "message_id!": "int",
        "chat_id": "int|str",
        "allow_sending_without_reply": "bool",
    },
    "MessageEntity": {"type!": "str", "offset!": "int", "length!": "int", "url": "str"},
    "BotCommand": {"command!": "str", "description!": "str"},
    "BotCommandScope": {"type!": "str", "chat_id": "int|str", "user_id": "int"},
}

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
})  # fmt: skip
SCOPES = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
})  # fmt: skip
UPDATES = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot",
})  # fmt: skip
