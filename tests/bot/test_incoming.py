"""What Telegram hands over is checked before PTB believes it."""

from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update

from tests.bot.chat import Chat
from tipbot.bot.incoming import read_update

USER = {"id": 1, "is_bot": False, "first_name": "Alice"}
PRIVATE = {"id": 1, "type": "private", "first_name": "Alice"}


def read(chat: Chat, **content: Any) -> Update | None:
    return read_update({"update_id": 3, **content}, chat.application.bot)


def message(**changes: Any) -> dict[str, Any]:
    return {"message_id": 4, "date": 1, "chat": PRIVATE, "from": USER, "text": "hi"} | changes


def test_what_no_database_stores_is_taken_from_a_text(chat: Chat) -> None:
    update = read(chat, message=message(text="a\0b\ud83dc \U0001f642"))
    assert update is not None
    assert update.message is not None
    assert update.message.text == "a\ufffdb\ufffdc \U0001f642"


def test_a_kind_that_was_not_asked_for_is_left_out(chat: Chat) -> None:
    update = read(chat, edited_message=message(chat=[]), unheard_of={"x": 1})
    assert update is not None
    assert update.effective_message is None


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 5},
        {"message_id": "4"},
        {"date": 253402300799},
        {"chat": {"id": [], "type": "private"}},
        {"from": USER | {"id": 2**63}},
        {"from": USER | {"id": 0}},
        {"from": USER | {"language_code": ["en"]}},
        {"entities": [{"type": "bot_command", "offset": "0", "length": 2}]},
        {"location": {"latitude": float("nan"), "longitude": 0.0}},
        {"document": {"file_id": "x", "file_unique_id": "x", "file_size": -1}},
        {"sticker": 5},
    ],
)
def test_an_update_of_the_wrong_form_is_logged_by_its_id_alone(
    chat: Chat, changes: dict[str, Any]
) -> None:
    with capture_logs() as logged:
        assert read(chat, message=message(**changes)) is None
    (event,) = logged
    assert event["event"] == "update_unreadable"
    assert event["update"] == 3
    assert event.keys() == {"event", "update", "error", "log_level"}


async def test_a_server_that_names_chats_otherwise_than_people_is_answered_there(
    chat: Chat,
) -> None:
    said = {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    await chat.hand_over(message=message(chat=PRIVATE | {"id": 777}, **said))
    assert list(chat.telegram.messages) == [777]
