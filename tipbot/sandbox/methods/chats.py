"""Asking about chats and the people in them."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import Form
from tipbot.sandbox.world import Chat

_GIFTS = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}


def _seen(api: Api, form: Form) -> Chat:
    """Return a chat that the bot has met; raises 400."""
    chat = api.chat(form)
    if not chat.started:
        refuse("chat not found")
    return chat


async def get_chat(api: Api, form: Form) -> Json:
    """Return what is publicly known of a chat."""
    chat = _seen(api, form)
    body: Json = {
        **api.world.chat_json(chat.id),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if not chat.is_group and api.world.people[chat.id].username:
        body["active_usernames"] = [api.world.people[chat.id].username]
    if chat.pins:
        pinned = chat.messages[chat.pins[-1]]
        body["pinned_message"] = api.world.message_json(pinned, deep=False)
    return body


async def get_chat_member(api: Api, form: Form) -> Json:
    """Return what a person is in a chat."""
    chat = _seen(api, form)
    user_id = form.integer("user_id", low=0)
    if user_id == 0:
        refuse("Invalid user_id specified")
    if user_id != api.world.bot_id and user_id not in chat.members:
        refuse("PARTICIPANT_ID_INVALID")
    gone = user_id == api.world.bot_id and (chat.blocked or chat.bot_left)
    return {"user": api.world.user_json(user_id), "status": "left" if gone else "member"}


async def get_chat_administrators(api: Api, form: Form) -> list[Json]:
    """Return who looks after a group: in the sandbox, who is first in it."""
    chat = _seen(api, form)
    if not chat.is_group:
        refuse("there are no administrators in the private chat")
    owner = api.world.user_json(chat.members[0])
    return [{"user": owner, "status": "creator", "is_anonymous": False}]


async def get_chat_member_count(api: Api, form: Form) -> int:
    """Return how many are in a chat, the bot included."""
    return len(_seen(api, form).members) + 1


async def leave_chat(api: Api, form: Form) -> bool:
    """Leave a group; a private chat cannot be left."""
    chat = _seen(api, form)
    if not chat.is_group:
        refuse("chat member status can't be changed in private chats")
    chat.bot_left = True
    api.hub.tell("left", chat.id)
    return True


async def get_user_profile_photos(api: Api, form: Form) -> Json:
    """Return the profile photos of a person: in the sandbox nobody has any."""
    if form.integer("user_id") not in api.world.people:
        refuse("user not found")
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getUserProfilePhotos": get_user_profile_photos,
}
