import pytest
from telegram.error import BadRequest

from tests.bot.chat import Chat, Person
from tests.bot.test_checkin import entries
from tipbot.bot import replies
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.views import Button, LocationRequest, View, rows, ticked

VIEW = View(html="A <b>word</b>", keyboard=((Button("Agree", Agree()),),))


async def test_a_view_is_sent_with_its_buttons(chat: Chat) -> None:
    sent = await replies.send(chat.application.bot, 1, VIEW)
    assert sent is not None
    shown = chat.telegram.shown(1, sent.message_id)
    assert (shown.html, shown.labels, shown.data) == (VIEW.html, ["Agree"], ["ok"])


async def test_links_are_never_previewed(chat: Chat) -> None:
    await replies.send(chat.application.bot, 1, VIEW)
    assert chat.telegram.made("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_person_who_blocks_the_bot_is_no_fault(chat: Chat) -> None:
    sent = await replies.send(chat.application.bot, 1, VIEW)
    assert sent is not None
    chat.telegram.blocked_by.add(1)
    assert await replies.send(chat.application.bot, 1, VIEW) is None
    await replies.edit(chat.application.bot, 1, sent.message_id, View(html="else"))
    await replies.edit_keyboard(chat.application.bot, 1, sent.message_id, ())


async def test_editing_what_is_gone_or_the_same_is_no_fault(chat: Chat) -> None:
    sent = await replies.send(chat.application.bot, 1, VIEW)
    assert sent is not None
    await replies.edit(chat.application.bot, 1, sent.message_id, VIEW)
    await replies.edit_keyboard(chat.application.bot, 1, sent.message_id, VIEW.keyboard)
    await replies.edit(chat.application.bot, 1, 999, VIEW)


async def test_another_refusal_is_a_fault(chat: Chat) -> None:
    with pytest.raises(BadRequest):
        await replies.send(chat.application.bot, 1, View(html="<b>open"))
    assert chat.telegram.undocumented.pop() == "sendMessage: <b> is never closed"


async def test_an_old_tap_is_no_fault(alice: Person) -> None:
    refusal = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    alice.chat.telegram.refusals.append(("answerCallbackQuery", 400, refusal))
    await alice.taps_data("nonsense")


DROPPED = "the connection dropped"


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
@pytest.mark.parametrize("drops", [1, 2, 3])
async def test_onboarding_goes_on_over_a_bad_connection(
    newcomer: Person, method: str, drops: int
) -> None:
    await newcomer.sends("/start")
    newcomer.chat.telegram.refusals.extend([(method, None, DROPPED)] * drops)
    await newcomer.taps("I agree")
    assert not newcomer.chat.telegram.refusals
    assert "city" in newcomer.screen, "the next question is asked"


@pytest.mark.parametrize("drops", [3, 5])
@pytest.mark.parametrize("data", ["tw:0:0", "nonsense"])
async def test_a_tap_is_answered_when_the_connection_is_back(
    alice: Person, data: str, drops: int
) -> None:
    telegram = alice.chat.telegram
    telegram.refusals.extend([("answerCallbackQuery", None, DROPPED)] * drops)
    await alice.taps_data(data)
    assert not telegram.refusals
    assert telegram.toasts[-1][0] == alice.last_update["callback_query"]["id"]
    assert len(await entries(alice)) == (data != "nonsense")


FLOODED = "Too Many Requests: retry after 0"


async def test_what_a_flood_holds_back_comes_after_it_in_order(newcomer: Person) -> None:
    await newcomer.sends("/start")
    telegram, before = newcomer.chat.telegram, len(newcomer.said)
    floods = ["answerCallbackQuery", "editMessageText", *["sendMessage"] * 3]
    telegram.refusals.extend((method, 429, FLOODED) for method in floods)
    await newcomer.taps("I agree")
    assert len(newcomer.said) == before
    assert await newcomer.chat.house.late.drain(1)
    assert not telegram.refusals
    share, hours = newcomer.said[before:]
    assert "share your location" in share.text
    assert "city" in hours.text


async def test_no_more_is_kept_for_the_end_of_a_flood_than_there_is_room_for(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipbot.bot.late._MOST_LATE", 1)
    late = alice.chat.house.late
    for command in ("/help", "/privacy"):
        alice.chat.telegram.refusals.append(("sendMessage", 429, "retry after 3600"))
        await alice.sends(command)
        assert len(late) == 1
    assert not await late.drain(0)


async def test_an_answer_in_doubt_is_not_sent_again_but_excused(alice: Person) -> None:
    before = len(alice.said)
    alice.chat.telegram.refusals.append(("sendMessage", None, DROPPED))
    await alice.sends("/twitch")
    (excuse,) = alice.said[before:]
    assert "What you sent did reach me" in excuse.text
    assert len(await entries(alice)) == 1


async def test_a_message_that_never_left_is_sent_once_there_is_a_connection() -> None:
    tries: list[int] = []

    async def call() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise NotSentError(DROPPED)
        return "sent"

    assert await replies._again(call, only=NotSentError) == "sent"
    tries.clear()
    with pytest.raises(DoubtfulError):
        await replies._again(_doubtful, only=NotSentError)


async def _doubtful() -> None:
    raise DoubtfulError(DROPPED)


async def test_a_location_keyboard_comes_and_goes(chat: Chat) -> None:
    asks = View(html="Where?", location_request=LocationRequest("Share"))
    await replies.send(chat.application.bot, 1, asks)
    assert chat.telegram.reply_keyboards[1] == [[{"text": "Share", "request_location": True}]]
    await replies.send(chat.application.bot, 1, View(html="Thanks", clears_reply_keyboard=True))
    assert 1 not in chat.telegram.reply_keyboards


async def test_a_long_toast_is_cut_to_what_telegram_takes(chat: Chat, alice: Person) -> None:
    await alice.taps_data("nonsense")
    query = alice.last_update["callback_query"]["id"]
    assert chat.telegram.toasts[-1][0] == query
    assert all(text is None or len(text) <= 200 for _, text, _ in chat.telegram.toasts)


def test_rows_are_as_wide_as_asked() -> None:
    buttons = [Button(str(number), Agree()) for number in range(5)]
    assert [len(row) for row in rows(buttons, 2)] == [2, 2, 1]


def test_a_state_is_told_by_a_sign() -> None:
    assert ticked("Sleep", on=True) == "✅ Sleep"
    assert ticked("Sleep", on=False) == "Sleep"
