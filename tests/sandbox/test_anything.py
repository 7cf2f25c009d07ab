"""Whatever a bot sends, the sandbox answers in Telegram's manner: never with a fault of its own."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.conftest import TOKEN
from tipbot.sandbox import Sandbox
from tipbot.sandbox.errors import ApiError
from tipbot.sandbox.forms import Form, Upload
from tipbot.sandbox.methods import METHODS

_NEVER_ALONE = {"getupdates", "setwebhook", "deletewebhook"}
"""Methods that wait, or that post to wherever they are told."""
_ODD: st.SearchStrategy[Any] = st.sampled_from([
    None, True, -1, 0, 1, 1001, 5, 1e300, 10**30, "", "x", "1001", "HTML", "<b>x", "@x", "\ud800",
    "attach://f", "photo", "bold", "chat", "emoji", [], {}, [[]], [{}],
])  # fmt: skip
_FIELDS = st.sampled_from([
    "offset", "length", "type", "url", "user", "id", "text", "callback_data", "keyboard", "media",
    "inline_keyboard", "message_id", "chat_id", "emoji", "command", "description", "caption",
    "caption_entities", "parse_mode", "force_reply", "quote", "unix_time", "date_time_format",
    "custom_emoji_id", "copy_text", "web_app", "login_url", "request_location", "width",
])  # fmt: skip
_TYPES = st.sampled_from(["chat", "photo", "video", "emoji", "pre", "text_link", "text_mention"])


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    rest = st.dictionaries(_FIELDS, inner, max_size=3)
    typed = st.builds(lambda kind, rest: _SPAN | rest | {"type": kind}, _TYPES, rest)
    return _ODD | st.lists(inner, max_size=2) | rest | typed


_SPAN = {"offset": 0, "length": 1}
_VALUES = _around(_around(_around(_ODD)))
_NAMES = st.sampled_from([
    "chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id",
    "message_ids", "from_chat_id", "photo", "document", "audio", "voice", "video", "media",
    "caption", "caption_entities", "latitude", "longitude", "action", "reaction", "commands",
    "scope", "language_code", "name", "description", "menu_button", "callback_query_id", "url",
    "user_id", "file_id", "emoji", "title", "address", "phone_number", "first_name", "duration",
    "link_preview_options", "has_spoiler", "show_alert",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    method=st.sampled_from(sorted(METHODS.keys() - _NEVER_ALONE)),
    parameters=st.dictionaries(_NAMES, _VALUES, max_size=5),
    aimed=st.booleans(),
)
def test_no_call_meets_a_fault_of_the_sandbox(
    *, method: str, parameters: dict[str, Any], aimed: bool
) -> None:
    async def call() -> None:
        world = Sandbox(token=TOKEN, clock=lambda: datetime(2026, 3, 2, tzinfo=UTC))
        alice = world.person("Alice")
        sent = alice.starts()["message_id"]
        given_ones = parameters | ({"chat_id": alice.id, "message_id": sent} if aimed else {})
        values = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in given_ones.items()
        }
        form = Form(values, {"f": Upload("f.txt", "text/plain", b"f")})
        try:
            result = await METHODS[method](world.api, form)
        except ApiError as error:
            assert error.code in {400, 403}  # noqa: PT017 - both ends are looked at
        else:
            json.dumps(getattr(result, "description", result))

    asyncio.run(call())
