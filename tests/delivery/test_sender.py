"""What each error of Telegram's and of the net proves about a message."""

import asyncio
import json
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from tests.delivery.post import ClosedDoor, Post, new_home, telegram
from tipbot.bot.leaving import held_for
from tipbot.bot.request import ApiRequest
from tipbot.core.outcomes import Outcome, OutcomeKind
from tipbot.core.pace import URGENT
from tipbot.delivery.budget import Lane
from tipbot.delivery.rate import Pacer
from tipbot.delivery.replies import PacedRateLimiter, wait_of
from tipbot.delivery.sender import HELD_UP, MARK, Message, outcome_of

HELLO = Message(chat_id=5, text="<b>Water</b>\nA sip.")


async def test_a_message_goes_out_as_html_with_its_buttons_and_without_a_preview(
    post: Post,
) -> None:
    office, sender = post
    keyboard = ((("Did it ✓", "d:1"), ("Later", "z:1")), (("Why?", "w:1"),))
    outcome = await sender.send(
        Message(chat_id=5, text="<b>Hi</b>", keyboard=keyboard, silent=True)
    )
    assert outcome == Outcome(kind=OutcomeKind.SENT, message_id=1001)
    (form,) = office.forms
    assert form["text"] == "<b>Hi</b>"
    assert form["parse_mode"] == "HTML"
    assert form["disable_notification"] == "true"
    assert json.loads(form["link_preview_options"]) == {"is_disabled": True}
    rows = json.loads(form["reply_markup"])["inline_keyboard"]
    assert [[(each["text"], each["callback_data"]) for each in row] for row in rows] == [
        list(row) for row in keyboard
    ]


async def test_what_is_each_ones_own_stands_in_the_buttons_alone(post: Post) -> None:
    office, sender = post
    keyboard = (((f"{MARK} \\ & + ü", f"d:{MARK}:1"), ("Later", f"z:{MARK}")),)
    for own in ("1", "zz9"):
        await sender.send(Message(chat_id=5, text=f"a & b {MARK}", keyboard=keyboard, own=own))
    shown = [json.loads(form["reply_markup"])["inline_keyboard"][0] for form in office.forms]
    assert [[each["callback_data"] for each in row] for row in shown] == [
        ["d:1:1", "z:1"],
        ["d:zz9:1", "z:zz9"],
    ]
    assert shown[0][0]["text"] == "1 \\ & + ü"
    assert office.forms[0]["text"] == f"a & b {MARK}"


async def test_a_message_that_may_not_leave_is_held_up(post: Post) -> None:
    office, sender = post

    async def no() -> bool:
        return False

    assert await sender.send(HELLO, no) is HELD_UP
    assert not office.forms


async def test_the_way_is_open_before_a_message_asks_for_its_place(post: Post) -> None:
    """A handshake after it would let messages arrive closer together than they left."""
    _, sender = post
    asked = False

    async def depart() -> bool:
        nonlocal asked
        asked = True
        return True

    async with telegram(f"http://127.0.0.1:{unused_port()}") as nobody:
        outcome = await nobody.send(HELLO, depart)
    assert outcome.kind is OutcomeKind.NOT_SENT
    assert not asked
    assert (await sender.send(HELLO, depart)).kind is OutcomeKind.SENT
    assert asked


@pytest.mark.parametrize("result", [True, {}, {"message_id": "7"}])
async def test_an_answer_without_a_message_proves_nothing(post: Post, result: object) -> None:
    office, sender = post
    office.result = result
    assert (await sender.send(HELLO)).kind is OutcomeKind.DOUBTFUL


async def test_a_message_without_buttons_carries_no_keyboard(post: Post) -> None:
    office, sender = post
    await sender.send(HELLO)
    assert "reply_markup" not in office.forms[0]


@pytest.mark.parametrize(
    ("word", "kind", "code"),
    [
        ("blocked", OutcomeKind.FORBIDDEN, "blocked"),
        ("deactivated", OutcomeKind.FORBIDDEN, "deactivated"),
        ("no chat", OutcomeKind.FORBIDDEN, "chat_not_found"),
        ("bad markup", OutcomeKind.REFUSED, "bad_markup"),
        ("too long", OutcomeKind.REFUSED, "too_long"),
        ("bad token", OutcomeKind.NOT_SENT, "token"),
        ("drop after", OutcomeKind.DOUBTFUL, "network"),
        ("drop before", OutcomeKind.DOUBTFUL, "network"),
        ("server error", OutcomeKind.DOUBTFUL, "network"),
        ("gateway", OutcomeKind.DOUBTFUL, "network"),
        ("half an answer", OutcomeKind.DOUBTFUL, "network"),
        ("silence", OutcomeKind.DOUBTFUL, "timeout"),
    ],
)
async def test_each_way_to_fail_has_its_outcome(
    post: Post, word: str, kind: OutcomeKind, code: str
) -> None:
    office, sender = post
    office.script[5] = [word]
    assert await sender.send(HELLO) == Outcome(kind=kind, code=code)
    assert len(office.forms) == 1, "one send is one call"


async def test_a_flood_names_its_wait(post: Post) -> None:
    office, sender = post
    office.script[5] = ["flood"]
    outcome = await sender.send(HELLO)
    assert (outcome.kind, outcome.retry_after) == (OutcomeKind.FLOODED, timedelta(seconds=1))


async def test_a_chat_that_moved_names_its_new_id(post: Post) -> None:
    office, sender = post
    office.script[5] = ["moved"]
    outcome = await sender.send(HELLO)
    assert (outcome.kind, outcome.new_chat) == (OutcomeKind.MOVED, new_home(5))


async def test_a_refused_connection_proves_that_nothing_was_sent(post: Post) -> None:
    office, sender = post
    outcome = await ClosedDoor(sender, 1).send(HELLO)
    assert outcome.kind is OutcomeKind.NOT_SENT
    assert not office.forms


@pytest.mark.filterwarnings("ignore:.*retry_after.*")
@pytest.mark.parametrize("opted_in", ["true", "false"])
def test_ptbs_own_flood_error_is_understood_in_both_forms(
    monkeypatch: pytest.MonkeyPatch, opted_in: str
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    assert wait_of(RetryAfter(timedelta(seconds=4))) == timedelta(seconds=4)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Forbidden("Forbidden: something new"), OutcomeKind.FORBIDDEN),
        (BadRequest("Something new"), OutcomeKind.REFUSED),
        (Conflict("Conflict"), OutcomeKind.NOT_SENT),
        (InvalidToken(), OutcomeKind.NOT_SENT),
        (TelegramError("Something new"), OutcomeKind.DOUBTFUL),
    ],
)
def test_words_that_nobody_knows_still_have_an_outcome(
    error: TelegramError, kind: OutcomeKind
) -> None:
    assert outcome_of(error).kind is kind


async def replying(post: Post, pacer: Pacer) -> ExtBot[Lane | str]:
    office, _ = post
    return ExtBot(
        "1:TOKEN",
        base_url=f"{office.url}/bot",
        request=ApiRequest(8),
        rate_limiter=PacedRateLimiter(pacer, held_for),
    )


async def test_a_reply_that_met_a_flood_is_sent_again_after_the_wait(post: Post) -> None:
    office, _ = post
    office.script[5] = ["flood"]
    bot = await replying(post, Pacer(100))
    start = asyncio.get_running_loop().time()
    async with bot.request:
        assert (await bot.send_message(5, "hi")).message_id == 1001
    assert asyncio.get_running_loop().time() - start >= 1
    assert office.took(5) == 1


@pytest.mark.parametrize("word", ["server error", "drop after", "bad markup", "blocked"])
async def test_a_reply_that_failed_otherwise_is_not_sent_again(post: Post, word: str) -> None:
    office, _ = post
    office.script[5] = [word]
    bot = await replying(post, Pacer(100))
    async with bot.request:
        with pytest.raises(TelegramError):
            await bot.send_message(5, "hi")
    assert len(office.forms) == 1


async def test_a_reply_gives_up_on_a_flood_that_does_not_end(post: Post) -> None:
    office, _ = post
    office.script[5] = ["flood"] * 5
    bot = await replying(post, Pacer(100))
    async with bot.request:
        with pytest.raises(RetryAfter):
            await bot.send_message(5, "hi")
    assert len(office.forms) == 3


async def test_a_long_flood_fails_replies_at_once_but_lets_taps_be_answered(post: Post) -> None:
    office, _ = post
    pacer = Pacer(100)
    bot = await replying(post, pacer)
    pacer.flooded(timedelta(minutes=5))
    async with asyncio.timeout(1), bot.request:
        for call in (bot.send_message(5, "hi"), bot.edit_message_text("hi", 5, 7)):
            with pytest.raises(RetryAfter) as caught:
                await call
            assert wait_of(caught.value) > timedelta(minutes=4)
        assert not office.forms
        assert await bot.answer_callback_query("q")


async def test_what_is_urgent_waits_for_no_turn_and_no_flood(post: Post) -> None:
    office, _ = post
    pacer = Pacer(1)
    bot = await replying(post, pacer)
    pacer.flooded(timedelta(minutes=5))
    async with asyncio.timeout(1), bot.request:
        for _ in range(5):
            await bot.send_message(5, "signs", rate_limit_args=URGENT)
    assert office.took(5) == 5


async def test_replies_keep_the_pace_of_their_chat(post: Post) -> None:
    office, _ = post
    bot = await replying(post, Pacer(1000))
    start = asyncio.get_running_loop().time()
    async with bot.request:
        await asyncio.gather(*(bot.send_message(5, str(n)) for n in range(4)))
    assert asyncio.get_running_loop().time() - start >= 0.98
    assert office.took(5) == 4
