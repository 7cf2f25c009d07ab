"""An owner writes to everyone: text, look, confirmation, figures, stop."""

from datetime import timedelta
from typing import Any

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.post import LEASE, first_tip
from tipbot.bot import replies
from tipbot.bot.buttons.staff import (
    AnnounceToAll,
    ChangeDraft,
    DropDraft,
    OpenAnnouncement,
    StartAnnouncement,
    StopAnnouncement,
)
from tipbot.bot.herald import SHOWN_EVERY, Herald
from tipbot.bot.views.tips import delivery_view
from tipbot.core.announcements import LONGEST, AnnouncementState, due_for
from tipbot.core.model import AnnouncementId, DeliveryState, SubscriberId
from tipbot.core.outcomes import Verdict
from tipbot.core.schedule import allowed_now

HEADING = "📣 News from the people who run this bot"
FIRST = AnnouncementId(1)


class Unhurried:
    """A pace that lets every edit go."""

    def __init__(self) -> None:
        self.wait = 0.0
        self.floods = 0

    def take_edit(self, _: int) -> float:
        return self.wait

    async def acquire_edit(self, _: int) -> None:
        return

    def flooded(self, _: object) -> None:
        self.floods += 1


@pytest.fixture
def pace() -> Unhurried:
    return Unhurried()


@pytest.fixture
def herald(chat: Chat, pace: Unhurried) -> Herald:
    return Herald(chat.house, chat.application.bot, pace)


@pytest.fixture
async def bob(bob: Person) -> Person:
    """Bob, who has read his first tip."""
    await first_tip(bob)
    return bob


@pytest.fixture
async def alice(alice: Person) -> Person:
    """Alice, who has read her first tip; it is night for her."""
    await first_tip(alice)
    return alice


async def writes(olga: Person, text: str = "Hello all", **more: Any) -> None:
    """Type a text to everyone."""
    await olga.sends("/admin")
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Everyone")
    await olga.sends(text, **more)


async def starts(olga: Person) -> None:
    await writes(olga)
    await olga.taps("Send it now")


async def tended(chat: Chat) -> None:
    """Prepare and finish what there is to prepare and to finish."""
    while await chat.store.tend_announcements(chat.clock(), 100, due_for):
        pass


async def announced(chat: Chat, state: DeliveryState = DeliveryState.SENT) -> int:
    """Send what is due of announcements, through the view of all deliveries; return how many."""
    store, now, house = chat.store, chat.clock(), chat.house
    await tended(chat)
    claimed = await store.claim_announced("post", now, 100, LEASE)
    begun = await store.begin_sending(
        "post", [each.id for each in claimed], now, lambda each: allowed_now(each, now)
    )
    for each in begun:
        view = delivery_view(house.texts.speak(each.subscriber.language), each, {})
        await replies.send(chat.application.bot, each.subscriber.chat_id, view)
        await store.record([(each.id, Verdict(state=state))], now)
    await tended(chat)
    return len(begun)


async def ends(chat: Chat, herald: Herald) -> None:
    """Send what is due of announcements, and show their figures once they are settled."""
    await announced(chat)
    chat.clock.move(LEASE)
    await herald.tick()


async def test_formatting_that_announcements_do_not_have_is_named(olga: Person) -> None:
    await olga.sends("/admin")
    await olga.taps_value(AnnounceToAll())
    spoiler = {"type": "spoiler", "offset": 0, "length": 5}
    await olga.sends("Hello everyone.", entities=[spoiler])
    assert "left out formatting that texts here do not have: hidden." in olga.everything
    assert "That is how it will look." in olga.screen


async def test_a_text_is_shown_as_it_will_look_and_comes_so(
    chat: Chat, olga: Person, bob: Person
) -> None:
    bold = [{"type": "bold", "offset": 6, "length": 3}]
    await writes(olga, "Hello all & <more>", entities=bold)
    preview, question = olga.said[-2:]
    assert preview.html.endswith("Hello <b>all</b> &amp; &lt;more&gt;")
    assert "1 person" in question.text
    assert "less than a minute" in question.text
    await olga.taps("Send it now")
    assert olga.toast == "It is on its way"
    assert "being sent" in olga.screen
    assert await announced(chat) == 1
    assert bob.said[-1].html == preview.html
    assert bob.said[-1].text.startswith(HEADING)


async def test_nothing_is_sent_before_it_is_confirmed(
    chat: Chat, olga: Person, bob: Person
) -> None:
    said = len(bob.said)
    await writes(olga)
    assert await announced(chat) == 0
    assert len(bob.said) == said
    assert await chat.store.announcements(9) == []


async def test_a_text_for_a_topic_goes_to_those_who_have_it(
    chat: Chat, olga: Person, bob: Person
) -> None:
    await olga.sends("/admin")
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Movement")
    await olga.sends("Move")
    assert "to whoever gets tips on movement: nobody at present" in olga.screen
    assert "📣 Send it now" not in olga.labels
    await olga.sends("/admin")
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Sleep")
    await olga.sends("Sleep well")
    await olga.taps("Send it now")
    assert await announced(chat) == 1
    assert bob.said[-1].text.endswith("Sleep well")


async def test_quiet_hours_are_waited_for(chat: Chat, olga: Person, alice: Person) -> None:
    await starts(olga)
    assert await announced(chat) == 0
    chat.clock.move_to(chat.clock().replace(hour=19, minute=0))
    assert await announced(chat) == 1
    assert alice.said[-1].text.startswith(HEADING)


@pytest.mark.usefixtures("bob")
async def test_a_faulty_text_is_asked_for_again(olga: Person) -> None:
    await writes(olga, "x" * (LONGEST + 1))
    assert f"{LONGEST + 1:,} characters, and {LONGEST:,} is the most" in olga.screen
    await olga.sends("\u202e")
    assert "nothing in that text" in olga.screen
    await olga.sends_photo()
    assert "type" in olga.screen.lower()
    await olga.sends("y" * LONGEST)
    assert "📣 Send it now" in olga.labels


@pytest.mark.parametrize(
    "text",
    ["**a", "# a\n\n> b", "1. one\n2) two", "a_b_c [x](y) <i>", "&amp; &copy; \\ `", "😀" * 900],
)
async def test_whatever_is_typed_can_be_sent(olga: Person, text: str) -> None:
    await writes(olga, text)
    assert "That is how it will look" in olga.screen


async def test_the_longest_text_fits_in_every_language(chat: Chat, olga: Person) -> None:
    await writes(olga, "z" * LONGEST)
    for language in chat.house.texts.languages:
        assert len(chat.house.texts.speak(language).plain("announcement")) < 4096 - LONGEST - 50


@pytest.mark.usefixtures("bob")
async def test_a_text_can_be_changed_and_discarded(chat: Chat, olga: Person) -> None:
    await writes(olga, "Frist")
    await olga.taps("Change the text")
    await olga.sends("First")
    await olga.taps("Discard")
    assert "Nothing was sent" in olga.screen
    await olga.taps_value(StartAnnouncement(AnnouncementId(2)))
    assert "too old to be sent, or it was discarded" in str(olga.toast)
    await olga.taps_value(StartAnnouncement(FIRST))
    assert "too old to be sent, or it was discarded" in str(olga.toast)
    assert await announced(chat) == 0


async def test_a_second_press_or_a_crash_starts_nothing_twice(
    chat: Chat, olga: Person, bob: Person
) -> None:
    await starts(olga)
    await olga.repeats()
    await olga.taps_value(StartAnnouncement(FIRST))
    assert await announced(chat) == 1
    assert await announced(chat) == 0
    assert bob.everything.count(HEADING) == 1
    assert [each.deed for each in await chat.store.acts(None, 9)] == ["announced"]


@pytest.mark.usefixtures("bob")
async def test_a_text_handed_over_again_is_one_draft(olga: Person) -> None:
    await writes(olga)
    await olga.repeats()
    await olga.taps("Send it now")
    assert [each.id for each in await olga.chat.store.announcements(9)] == [1]


async def test_a_text_goes_on_after_a_restart(chat: Chat, olga: Person, bob: Person) -> None:
    await olga.sends("/admin")
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Everyone")
    again = await chat.restart()
    olga.chat = bob.chat = again
    await olga.sends("Hello again")
    await olga.taps("Send it now")
    assert await announced(again) == 1


@pytest.mark.usefixtures("bob")
async def test_another_owners_draft_is_not_ours(chat: Chat, olga: Person) -> None:
    await writes(olga)
    otto = chat.person(950, "Otto")
    object.__setattr__(chat.house, "owners", frozenset({olga.id, otto.id}))
    await otto.sends("/admin")
    for value in (StartAnnouncement(FIRST), ChangeDraft(FIRST), DropDraft(FIRST)):
        await otto.taps_value(value)
        assert "too old to be sent, or it was discarded" in str(otto.toast)
    for shown in (OpenAnnouncement(FIRST), StopAnnouncement(FIRST)):
        await otto.taps_value(shown)
        assert otto.alerted
    assert await announced(chat) == 0
    await olga.taps("Send it now")
    await otto.taps_value(StopAnnouncement(FIRST))
    assert "Stopped" in str(otto.toast)
    assert await announced(chat) == 0


async def test_a_stop_takes_effect_at_once(
    chat: Chat, olga: Person, bob: Person, herald: Herald
) -> None:
    await starts(olga)
    await tended(chat)
    await olga.taps("Stop")
    assert "Stopped" in str(olga.toast)
    assert await announced(chat) == 0
    chat.clock.move(LEASE)
    await herald.tick()
    assert "left out, stopped, paused or too late: 1" in olga.screen
    await olga.taps_value(StopAnnouncement(FIRST))
    assert HEADING not in bob.everything


@pytest.mark.usefixtures("bob")
async def test_the_message_shows_how_it_goes_on_and_its_end(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    progress = olga.screen_message
    assert progress is not None
    await ends(chat, herald)
    assert "1 of 1 dealt with" in progress.text
    assert "✅ sent: 1" in progress.text
    assert "no. 1, to everyone: sent" in progress.text
    assert await chat.store.open_announcements() == []


@pytest.mark.usefixtures("bob")
async def test_a_page_that_the_owner_turned_to_stays_while_figures_go_on(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    await olga.taps("Announcements")
    await olga.taps("New announcement")
    await olga.taps("Everyone")
    await ends(chat, herald)
    assert "Type the text now" in olga.screen
    assert await chat.store.open_announcements() == []


@pytest.mark.usefixtures("bob")
async def test_figures_go_on_where_the_owner_opened_them_again(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    await olga.taps("Announcements")
    await olga.taps("no. 1: being sent")
    await ends(chat, herald)
    assert "✅ sent: 1" in olga.screen
    assert len([each for each in olga.said if "Announcement no. 1" in each.text]) == 1


@pytest.mark.usefixtures("bob")
async def test_every_page_on_the_way_to_an_announcement_leads_back(olga: Person) -> None:
    await writes(olga, "x" * (LONGEST + 1))
    assert olga.labels == ["⬅️ Announcements"]
    await olga.sends("\u202e")
    assert olga.labels == ["⬅️ Announcements"]
    await olga.sends("First")
    await olga.taps("Discard")
    assert olga.labels == ["⬅️ Announcements"]
    await starts(olga)
    assert olga.labels == ["⏹ Stop", "⬅️ Announcements"]


@pytest.mark.usefixtures("bob")
async def test_whoever_goes_back_is_not_asked_for_a_text_any_more(olga: Person) -> None:
    await writes(olga, "x" * (LONGEST + 1))
    await olga.taps("⬅️ Announcements")
    await olga.sends("Good morning, Erik")
    assert "I am not waiting for words just now" in olga.screen


@pytest.mark.usefixtures("bob")
async def test_the_message_changes_only_now_and_then(
    chat: Chat, olga: Person, herald: Herald, pace: Unhurried
) -> None:
    await starts(olga)
    await announced(chat)
    edits = len(chat.telegram.made("editMessageText"))
    await herald.tick()
    assert len(chat.telegram.made("editMessageText")) == edits
    chat.clock.move(LEASE)
    pace.wait = 1.0
    await herald.tick()
    assert len(chat.telegram.made("editMessageText")) == edits
    pace.wait = 0.0
    await herald.tick()
    await herald.tick()
    assert len(chat.telegram.made("editMessageText")) == edits + 1


@pytest.mark.parametrize(
    ("code", "words"),
    [(429, "Too Many Requests: retry after 3"), (None, "the line is cut"), (500, "Internal")],
)
@pytest.mark.usefixtures("bob")
async def test_last_figures_that_did_not_get_through_are_shown_later(
    chat: Chat, olga: Person, herald: Herald, code: int | None, words: str
) -> None:
    await starts(olga)
    await announced(chat)
    chat.clock.move(LEASE)
    chat.telegram.refusals.append(("editMessageText", code, words))
    await herald.tick()
    assert len(await chat.store.open_announcements()) == 1
    chat.clock.move(LEASE)
    await herald.tick()
    assert "✅ sent: 1" in olga.screen
    assert await chat.store.open_announcements() == []


@pytest.mark.usefixtures("bob")
async def test_a_progress_message_that_is_gone_is_let_go(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    chat.telegram.messages[olga.id].clear()
    await ends(chat, herald)
    assert await chat.store.open_announcements() == []


@pytest.mark.usefixtures("bob")
async def test_an_owner_whose_data_was_removed_is_shown_nothing(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    await chat.store.forget(SubscriberId(olga.id))
    await announced(chat)
    chat.clock.move(LEASE)
    edits = len(chat.telegram.made("editMessageText"))
    await herald.tick()
    assert len(chat.telegram.made("editMessageText")) == edits
    assert await chat.store.open_announcements() == []


@pytest.mark.usefixtures("bob")
async def test_figures_of_an_owner_who_removes_herself_do_not_stay_as_they_were(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    figures = olga.screen_message
    assert figures is not None
    await olga.sends("/delete_me")
    await olga.taps("Remove everything")
    await ends(chat, herald)
    assert "I no longer show here how announcement no. 1 goes on" in figures.text
    assert figures.labels == []
    assert "Everything about you is removed" in olga.everything


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DeliveryState.UNREACHABLE, "no more tips go there: 1"),
        (DeliveryState.UNKNOWN, "is not sent again: 1"),
        (DeliveryState.FAILED, "failed: 1"),
    ],
)
@pytest.mark.usefixtures("bob")
async def test_every_end_is_counted(
    chat: Chat, olga: Person, state: DeliveryState, said: str
) -> None:
    await starts(olga)
    await announced(chat, state)
    await olga.taps_value(OpenAnnouncement(FIRST))
    assert said in olga.screen
    found = await chat.store.announcement(FIRST)
    assert found is not None
    assert found.state is AnnouncementState.DONE


@pytest.mark.usefixtures("bob")
async def test_what_is_left_of_a_stopped_one_is_not_said_to_wait(chat: Chat, olga: Person) -> None:
    await starts(olga)
    await tended(chat)
    await olga.taps("Stop")
    assert "left out now, but for what is on its way: 1" in olga.screen
    assert "waiting" not in olga.screen


@pytest.mark.usefixtures("bob")
async def test_the_list_shows_the_newest_and_leads_to_each(chat: Chat, olga: Person) -> None:
    for _ in range(8):
        await starts(olga)
        await announced(chat)
        chat.clock.move(LEASE)
    await olga.sends("/admin")
    await olga.taps("Announcements")
    assert "no. 8" in olga.screen
    assert "no. 2," not in olga.screen
    await olga.taps("no. 3: sent")
    assert "Announcement no. 3" in olga.screen
    await olga.taps("Announcements")
    assert "New announcement" in str(olga.labels)


@pytest.mark.usefixtures("bob")
async def test_the_list_says_of_when_it_is_while_something_is_being_sent(
    chat: Chat, olga: Person
) -> None:
    await starts(olga)
    await olga.taps("Announcements")
    assert "no. 1: being sent" in str(olga.labels)
    assert "As of 9:07" in olga.screen
    chat.clock.move(timedelta(minutes=1))
    await olga.taps("Look again")
    assert "As of 9:08" in olga.screen
    await announced(chat)
    await olga.taps("Look again")
    assert "no. 1: sent" in str(olga.labels)
    assert "As of" not in olga.screen
    assert "Look again" not in str(olga.labels)


@pytest.mark.usefixtures("alice")  # it is 22:07 in Auckland: her quiet hours end at 19:00 UTC
async def test_while_quiet_hours_hold_it_back_it_says_until_when_it_goes_on(
    chat: Chat, olga: Person, herald: Herald
) -> None:
    await starts(olga)
    await announced(chat)
    chat.clock.move(SHOWN_EVERY)
    await herald.tick()
    assert "waiting, also for the end of quiet hours: 1" in olga.screen
    assert "It goes on until 7:00" in olga.screen
    assert "left" not in olga.screen
    chat.clock.move(timedelta(hours=10))
    await announced(chat)
    await herald.tick()
    assert "sent: 1" in olga.screen
    assert "until" not in olga.screen
