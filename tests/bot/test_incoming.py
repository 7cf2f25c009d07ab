"""What Telegram hands over is checked before PTB believes it."""

from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import MaybeInaccessibleMessage, Update

from tests.bot.chat import Chat
from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.incoming import read_update
from tipbot.bot.tapped import TappedMessage
from tipbot.bot.views import Button

USER = {"id": 1, "is_bot": False, "first_name": "Alice"}
PRIVATE = {"id": 1, "type": "private", "first_name": "Alice"}


def read(chat: Chat, **content: Any) -> Update | None:
    return read_update({"update_id": 3, **content}, chat.application.bot)


def message(**changes: Any) -> dict[str, Any]:
    return {"message_id": 4, "date": 1, "chat": PRIVATE, "from": USER, "text": "hi"} | changes


def tap(**changes: Any) -> dict[str, Any]:
    return {"id": "7", "from": USER, "chat_instance": "9", "data": "ok"} | changes


def under(chat: Chat, shown: dict[str, Any]) -> MaybeInaccessibleMessage | None:
    update = read(chat, callback_query=tap(message=shown))
    assert update is not None
    assert update.callback_query is not None
    return update.callback_query.message


def tapped(chat: Chat, **changes: Any) -> TappedMessage:
    shown = under(chat, message(**changes))
    assert isinstance(shown, TappedMessage)
    return shown


def refuse(chat: Chat, **content: Any) -> None:
    """Hold that an update is not readable, and that nothing of it but its id is in the log."""
    with capture_logs() as logged:
        assert read(chat, **content) is None
    (event,) = logged
    assert event["event"] == "update_unreadable"
    assert event["update"] == 3
    assert event.keys() == {"event", "update", "error", "log_level"}


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
    refuse(chat, message=message(**changes))


def test_a_tap_says_who_tapped_which_button_where(chat: Chat) -> None:
    update = read(chat, callback_query=tap(message=message()))
    assert update is not None
    assert update.callback_query is not None
    assert update.callback_query.id == "7"
    assert update.callback_query.data == "ok"
    assert update.effective_user is not None
    assert update.effective_user.full_name == "Alice"
    assert update.effective_chat is not None
    assert (update.effective_chat.id, update.effective_chat.type) == (1, "private")
    assert update.get_bot() is update.callback_query.get_bot() is chat.application.bot


def test_a_tapped_message_knows_its_buttons_without_foreign_ones(chat: Chat) -> None:
    ours, foreign = {"text": "Yes", "callback_data": "ok"}, {"text": "?", "callback_data": "n:of"}
    rows = [[ours, foreign], [{"text": "?", "url": "https://example.org"}]]
    markup = {"inline_keyboard": rows}
    assert tapped(chat, reply_markup=markup).keyboard == ((Button("Yes", Agree()),),)
    assert tapped(chat).keyboard == ()


def test_a_tapped_message_tells_whether_it_is_a_picture(chat: Chat) -> None:
    assert tapped(chat, photo=[{"file_id": "x"}]).is_picture
    assert not tapped(chat).is_picture


def test_a_tap_below_a_message_that_telegram_hides_has_its_place_alone(chat: Chat) -> None:
    shown = under(chat, {"message_id": 4, "date": 0, "chat": PRIVATE})
    assert shown is not None
    assert not shown.is_accessible
    assert shown.message_id == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 7},
        {"from": None},
        {"from": USER | {"id": 0}},
        {"data": ["ok"]},
        {"message": []},
        {"message": message(chat=None)},
        {"message": message(message_id=None)},
        {"message": message(date=-1)},
        {"message": message(reply_markup={"inline_keyboard": [{"text": "x"}]})},
        {"message": message(reply_markup={"inline_keyboard": [[{"text": 5}]]})},
    ],
)
def test_a_tap_of_the_wrong_form_is_logged_by_its_id_alone(
    chat: Chat, changes: dict[str, Any]
) -> None:
    refuse(chat, callback_query=tap(**changes))


def test_a_message_is_read_where_a_server_writes_what_is_absent_as_null(chat: Chat) -> None:
    update = read(chat, message=message(), callback_query=None)
    assert update is not None
    assert update.message is not None
    assert update.message.text == "hi"


def test_what_nobody_asks_of_a_tapped_message_may_have_any_form(chat: Chat) -> None:
    """Telegram adds to its messages; a tap below one that is new to us is a tap all the same."""
    assert tapped(chat, entities=5, text=["?"], story={"x": 1}).message_id == 4


async def test_a_server_that_names_chats_otherwise_than_people_is_answered_there(
    chat: Chat,
) -> None:
    said = {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    await chat.hand_over(message=message(chat=PRIVATE | {"id": 777}, **said))
    assert list(chat.telegram.messages) == [777]
