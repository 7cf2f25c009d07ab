"""/treatment and the charts of the time after one, through the real Application."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.diaries import Sketcher, logs, rates
from tests.bot.test_export import in_csv, in_json
from tipbot.bot.buttons.treatment import (
    AskTreatmentDay,
    KeepTreatment,
    MarkTreatment,
    OpenSince,
    OpenTreatment,
    OpenTreatments,
    SetTreatmentDay,
    SinceLook,
    TypeTreatmentDay,
)
from tipbot.core.charts import CyclesChart, SinceChart
from tipbot.core.model import SubscriberId, Tap
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind
from tipbot.render.pool import RenderPool

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
INJECTION = TreatmentKind.INJECTION


async def marks(person: Person) -> list[Treatment]:
    return await person.chat.store.treatments(person.who)


async def marked(person: Person, days_ago: int, kind: TreatmentKind = INJECTION) -> Treatment:
    day = TODAY - days_ago * ONE_DAY
    tap = Tap(key=f"{kind}{days_ago}", message_id=1, nonce=0, at=person.chat.clock())
    made = await person.chat.store.mark_treatment(person.who, kind, day, tap)
    assert made is not None
    return made


async def test_an_injection_today_takes_two_taps(bob: Person) -> None:
    await bob.sends("/treatment")
    assert "Ask your doctor before you change a medicine" in bob.screen
    await bob.taps("Botulinum toxin injection")
    assert bob.labels[:2] == ["Today, Mon, Mar 2", "Yesterday, Sun, Mar 1"]
    await bob.taps("Today")
    assert bob.toast == "Kept"
    assert bob.screen == "Botulinum toxin injection\nMarch 2, 2026 (today)"
    (made,) = await marks(bob)
    assert (made.kind, made.local_date) == (INJECTION, TODAY)
    assert len(bob.said) == len({message.message_id for message in bob.said})


async def test_a_double_tap_and_a_tap_handed_over_again_make_one_mark(bob: Person) -> None:
    await bob.sends("/treatment")
    await bob.taps("Medicine stopped")
    button = MarkTreatment(TreatmentKind.STOPPED, (TODAY - ONE_DAY).toordinal())
    await bob.taps_value(button)
    await bob.repeats()
    await bob.taps_value(button)
    assert len(await marks(bob)) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [("14 February", date(2026, 2, 14)), ("2025-12-24", date(2025, 12, 24)),
     ("yesterday", date(2026, 3, 1))],
)  # fmt: skip
async def test_a_day_can_be_typed(bob: Person, said: str, meant: date) -> None:
    await bob.sends("/treatment")
    await bob.taps("Surgery")
    await bob.taps("Another day")
    assert "Type the day and send it" in bob.screen
    await bob.sends(said)
    (made,) = await marks(bob)
    assert (made.kind, made.local_date) == (TreatmentKind.SURGERY, meant)
    await bob.repeats()
    assert len(await marks(bob)) == 1


async def test_a_day_that_could_be_either_is_asked_about(bob: Person) -> None:
    await bob.taps_value(TypeTreatmentDay(TreatmentId(0), INJECTION))
    await bob.sends("3/2/2026")
    assert bob.labels == ["February 3, 2026", "March 2, 2026"]
    await bob.taps("February 3")
    assert [each.local_date for each in await marks(bob)] == [date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("soon", "could not read that"),
        ("2026-03-09", "still to come"),
        ("1.1.1066", "too long ago"),
    ],
)
async def test_an_unclear_or_impossible_day_is_asked_for_again(
    bob: Person, said: str, answer: str
) -> None:
    await bob.taps_value(TypeTreatmentDay(TreatmentId(0), INJECTION))
    await bob.sends(said)
    assert answer in bob.screen
    assert await marks(bob) == []
    await bob.sends("2026-02-03")
    assert len(await marks(bob)) == 1


async def test_a_mark_can_be_moved_renamed_noted_taken_away_and_put_back(bob: Person) -> None:
    await marked(bob, 9)
    await bob.sends("/treatment")
    assert "1. Feb 21, 2026, botulinum toxin injection (9 days ago)" in bob.screen
    await bob.taps("✏️ 1")
    await bob.taps("📅 Day")
    await bob.taps("Yesterday")
    await bob.taps("🏷 Kind")
    assert "✅ Botulinum toxin injection" in bob.labels
    await bob.taps("Medicine changed")
    await bob.taps("📝 Note")
    await bob.sends("20 units,\nleft <eyelid>")
    assert "Your note is kept" in bob.screen
    (made,) = await marks(bob)
    assert made.kind is TreatmentKind.CHANGED
    assert (made.local_date, made.note) == (TODAY - ONE_DAY, "20 units, left <eyelid>")
    await bob.sends("/treatment")
    assert "“20 units, left <eyelid>”" in bob.screen
    await bob.taps("✏️ 1")
    await bob.taps("🗑 Delete")
    assert "counts nowhere" in bob.screen
    assert await marks(bob) == []
    await bob.taps("Put back")
    assert await marks(bob) == [made]


async def test_a_note_can_be_removed_and_is_cut_to_its_limit(bob: Person) -> None:
    made = await marked(bob, 1)
    for said, kept, answer in (("x" * 300, "x" * 200, "longer than 200"), ("-", "", "no note")):
        await bob.taps_value(OpenTreatment(made.id))
        await bob.taps("📝 Note")
        await bob.sends(said)
        assert answer in bob.screen
        assert [each.note for each in await marks(bob)] == [kept]


async def test_many_marks_have_pages(bob: Person) -> None:
    for ago in range(8):
        await marked(bob, ago)
    await bob.sends("/treatment")
    assert "page 1 of 2" in bob.screen
    await bob.taps("Older")
    assert "8. Feb 23, 2026" in bob.screen
    await bob.taps_value(OpenTreatments(2, here=True))
    assert bob.alerted


async def test_an_answer_about_a_mark_that_was_taken_away_changes_nothing(bob: Person) -> None:
    made = await marked(bob, 1)
    await bob.taps_value(OpenTreatment(made.id))
    await bob.taps("📝 Note")
    asked = await bob.chat.store.dialog(bob.who, bob.chat.clock())
    await bob.taps_value(KeepTreatment(made.id, on=False))
    assert asked is not None
    await bob.chat.store.open_dialog(asked)
    await bob.sends("too late")
    assert "no longer there" in bob.screen
    await bob.taps_value(AskTreatmentDay(made.id, INJECTION))
    await bob.taps_value(SetTreatmentDay(made.id, TODAY.toordinal()))
    kept = await bob.chat.store.treatment(made.id, bob.who)
    assert kept is not None
    assert (kept.note, kept.local_date, kept.undone) == ("", TODAY - ONE_DAY, True)


async def test_days_that_no_button_offered_expire(bob: Person) -> None:
    for day in (0, -1, 2**40, TODAY.toordinal() + 9, 700_000):
        await bob.taps_value(MarkTreatment(INJECTION, day))
        assert bob.alerted
    assert await marks(bob) == []


async def test_marks_are_in_the_export_and_go_with_everything_else(bob: Person) -> None:
    made = await marked(bob, 3)
    await bob.taps_value(OpenTreatment(made.id))
    await bob.taps("📝 Note")
    await bob.sends("=1+1")
    await bob.sends("/export")
    (found,) = in_json(bob, "treatments")
    assert (found["kind"], found["local_date"], found["note"]) == (
        "injection",
        "2026-02-27",
        "=1+1",
    )
    assert in_csv(bob, "treatments")[0]["note"] == "'=1+1"
    await bob.sends("/delete_me")
    await bob.taps("Remove everything")
    assert await bob.chat.store.treatments(SubscriberId(bob.id)) == []


async def test_the_days_since_are_a_picture_with_the_same_in_words(
    bob: Person, sketcher: Sketcher
) -> None:
    await marked(bob, 9)
    await marked(bob, 4, TreatmentKind.STARTED)
    await logs(bob, 9, 4)
    await logs(bob, 8, 3)
    await logs(bob, 7, None)
    await rates(bob, 6, 0)
    await rates(bob, 1, 1)
    await bob.sends("/treatment")
    await bob.taps_value(OpenSince(INJECTION, SinceLook.DAYS, dark=False))
    (chart,) = sketcher.charts
    assert isinstance(chart, SinceChart)
    assert chart.days == (4, 3, None, 0, None, None, None, None, 1, None)
    assert chart.missing == (False, False, False, False, True, True, True, True, False, True)
    assert [(week.median, week.few) for week in chart.weeks] == [(3, True), (1, True)]
    assert chart.marks == (5,)
    assert bob.screen.splitlines() == [
        "Botulinum toxin injection, Feb 21, 2026",
        "Today is day 9 since the treatment.",
        "Days 0 to 6: typical 3, strongest 4 (3 of 7 days known)",
        "Days 7 to 9: typical 1, strongest 1 (1 of 3 days known)",
        "Days with nothing logged: 5 (not known, so not zero)",
        "This lays what you logged beside the days since. It does not tell what caused it.",
    ]
    assert len(bob.said) >= 2, "the list of marks stays where it is"


async def test_cycles_stand_side_by_side_newest_first(bob: Person, sketcher: Sketcher) -> None:
    for ago in (200, 100, 10):
        await marked(bob, ago)
        await rates(bob, ago, 4)
        await rates(bob, ago - 9, 1)
    await bob.taps_value(OpenSince(INJECTION, SinceLook.CYCLES, dark=True))
    (chart,) = sketcher.charts
    assert isinstance(chart, CyclesChart)
    assert chart.dark
    assert [line.label for line in chart.lines] == [
        "from Feb 20, 2026", "from Nov 22, 2025", "from Aug 14, 2025",
    ]  # fmt: skip
    assert [len(line.weeks) for line in chart.lines] == [2, 13, 15]
    assert [week.median for week in chart.lines[1].weeks[:3]] == [4, 1, None]
    assert "From Feb 20, 2026 (11 days): weeks 1 to 2: 2.5" in bob.screen
    shown = len(bob.said)
    await bob.taps("Day by day")
    assert isinstance(sketcher.charts[-1], SinceChart)
    assert sketcher.charts[-1].dark
    assert len(bob.said) == shown, "turned in the same message"


async def test_a_cycle_of_one_day_is_one_day_in_one_week(bob: Person, sketcher: Sketcher) -> None:
    await marked(bob, 0)
    await rates(bob, 0, 3)
    await bob.taps_value(OpenSince(INJECTION, SinceLook.CYCLES, dark=False))
    assert "(1 day): week 1: 3" in bob.screen
    assert sketcher.charts


async def test_without_a_mark_the_way_to_one_is_told(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 0)
    await bob.sends("/diary")
    before = len(sketcher.charts)
    await bob.taps("Days since treatment")
    assert bob.alerted
    assert bob.toast == "There is no treatment mark yet. Send /treatment to mark a day."
    assert len(sketcher.charts) == before


async def test_a_kind_without_a_mark_shows_the_latest_one(bob: Person, sketcher: Sketcher) -> None:
    await marked(bob, 500, TreatmentKind.SURGERY)
    await bob.taps_value(OpenSince(INJECTION, SinceLook.DAYS, dark=False))
    (chart,) = sketcher.charts
    assert isinstance(chart, SinceChart)
    assert chart.title.replace("\xa0", " ") == "Surgery, Oct 18, 2024"
    assert len(chart.days) == 364
    assert "Only the first 364 days are shown" in bob.screen


@pytest.fixture
async def pool(chat: Chat) -> AsyncIterator[RenderPool]:
    made = RenderPool()
    object.__setattr__(chat.house, "renderer", made)
    yield made
    await made.close()


@pytest.mark.usefixtures("pool")
async def test_both_charts_are_really_drawn(bob: Person) -> None:
    await marked(bob, 30)
    await rates(bob, 3, 2)
    for look in SinceLook:
        await bob.taps_value(OpenSince(INJECTION, look, dark=False))
        assert bob.screen_message is not None
        assert bob.screen_message.photo.startswith(b"\x89PNG")


async def test_a_question_is_kept_as_ids_alone(bob: Person) -> None:
    await bob.taps_value(TypeTreatmentDay(TreatmentId(0), INJECTION))
    asked = await bob.chat.store.dialog(bob.who, bob.chat.clock())
    assert asked is not None
    assert set(json.loads(asked.payload)) == {"treatment", "kind", "message"}
