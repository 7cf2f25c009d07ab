"""Relief sessions at rest, on both databases."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from tests.store.house import ALICE, BOB, HOUR, MINUTE, START, STRANGER, House, tap, with_person
from tests.store.whole import connected
from tipbot.core import checkins
from tipbot.core.helped import Outcomes, RatedSession, Record, TickedEntry, by_technique
from tipbot.core.model import CheckIn, CheckInId, Presence, Relief, SubscriberId
from tipbot.core.relief import Pace, Technique, length, next_beat
from tipbot.core.sessions import ASK_AGAIN, ASK_WITHIN, Answer, Session, SessionId
from tipbot.store.base import Begun, Led
from tipbot.store.connect import connect

SECOND = timedelta(seconds=1)
JAW = Technique.JAW
END = START + length(JAW)


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)


async def begin(  # noqa: PLR0913, PLR0917 - what a press is made of
    house: House,
    key: str = "k1",
    at: datetime = START,
    message_id: int = 10,
    technique: Technique = JAW,
    who: SubscriberId = ALICE.id,
) -> Begun:
    press = tap(key, at, message_id)
    begun = await house.store.begin_relief(who, technique, Pace.GENTLE, press)
    assert begun is not None
    return begun


async def kept(house: House, session: Session) -> Session:
    found = await house.store.relief_session(session.id, session.subscriber)
    assert found is not None
    return found


async def ended(house: House, key: str = "k1", at: datetime = START) -> Session:
    session = (await begin(house, key, at)).session
    done = await house.store.end_relief(session.id, ALICE.id, at + HOUR)
    assert done is not None
    return done


async def log(house: House, at: datetime, key: str = "log") -> CheckIn:
    logged = await house.store.log_twitch(ALICE.id, tap(key, at, message_id=77))
    assert logged is not None
    return logged.entry


async def record(house: House, who: SubscriberId = ALICE.id) -> Mapping[Technique, Record]:
    return by_technique(await house.store.outcomes(who, START - HOUR, END + HOUR))


async def helped(house: House, entry: CheckInId) -> frozenset[Relief]:
    found = await house.store.check_in(entry, ALICE.id)
    assert found is not None
    return found.helped


async def due(house: House, now: datetime) -> list[Session]:
    return [led.session for led in await house.store.claim_relief(now, 100)]


async def test_a_session_is_kept_as_it_was_begun(house: House) -> None:
    begun = await begin(house)
    assert begun == Begun(
        Session(
            id=begun.session.id,
            subscriber=ALICE.id,
            message_id=10,
            technique=JAW,
            pace=Pace.GENTLE,
            started_at=START,
        )
    )
    assert await kept(house, begun.session) == begun.session


async def test_the_live_session_is_each_persons_own_and_none_once_it_has_ended(
    house: House,
) -> None:
    session = (await begin(house)).session
    assert await house.store.live_relief(ALICE.id) == session
    assert await house.store.live_relief(BOB.id) is None
    await house.store.end_relief(session.id, ALICE.id, START)
    assert await house.store.live_relief(ALICE.id) is None


async def test_a_strangers_tap_begins_nothing(house: House) -> None:
    assert await house.store.begin_relief(STRANGER, JAW, Pace.GENTLE, tap()) is None
    assert await due(house, START + HOUR) == []


async def test_the_same_tap_handed_over_again_begins_no_second_session(house: House) -> None:
    first = (await begin(house)).session
    assert await begin(house, at=START + MINUTE) == Begun(first)
    done = await house.store.end_relief(first.id, ALICE.id, START + SECOND)
    assert done is not None
    assert await begin(house, at=START + HOUR) == Begun(done)


async def test_a_double_tap_begins_one_session(house: House) -> None:
    first = (await begin(house, "a")).session
    assert await begin(house, "b", START + SECOND) == Begun(first)
    assert await begin(house, "c", START + SECOND, technique=Technique.MASSAGE) == Begun(first)


async def test_two_taps_at_the_very_same_time_begin_one_session(house: House) -> None:
    begun = await asyncio.gather(*(begin(house, f"k{n}") for n in range(8)))
    assert len({each.session.id for each in begun}) == 1


async def test_a_second_session_ends_the_first(house: House) -> None:
    first = (await begin(house, "a")).session
    second = await begin(house, "b", START + 9 * SECOND, message_id=11)
    assert second.replaced is not None
    assert second.replaced == await kept(house, first)
    assert second.replaced.ended_at == START + 9 * SECOND
    assert second.replaced.stopped
    assert [each.id for each in await due(house, START + MINUTE)] == [second.session.id]


async def test_two_people_have_sessions_side_by_side(house: House) -> None:
    ours = (await begin(house)).session
    theirs = (await begin(house, who=BOB.id)).session
    assert {each.id for each in await due(house, START + MINUTE)} == {ours.id, theirs.id}


async def test_nobody_sees_ends_holds_or_rates_anothers_session(house: House) -> None:
    session = (await begin(house)).session
    for which in (session.id, SessionId(2**62), SessionId(-1)):
        assert await house.store.relief_session(which, BOB.id) is None
        assert await house.store.end_relief(which, BOB.id, START) is None
        assert await house.store.rate_relief(which, BOB.id, Answer.BETTER, START) is None
        await house.store.hold_relief(which, BOB.id, START + HOUR)
    assert await kept(house, session) == session
    assert await due(house, START + MINUTE) == [session]


async def test_a_session_is_due_at_each_of_its_beats_and_no_sooner(house: House) -> None:
    session, now, seen = (await begin(house)).session, START, 0
    while (beat := next_beat(JAW, START, now)) is not None:
        assert await due(house, beat - timedelta(microseconds=1)) == []
        assert await due(house, beat) == [session]
        assert await due(house, beat) == []
        now, seen = beat, seen + 1
    assert now == END
    assert seen == 15


async def test_a_session_that_does_not_read_ends_and_holds_up_no_other(
    url: str, house: House
) -> None:
    await begin(house)
    bobs = (await begin(house, "k2", who=BOB.id)).session
    with connected(url) as db:
        db.execute(f"UPDATE relief_sessions SET technique = 'x' WHERE subscriber_id = {ALICE.id}")  # noqa: S608 - ours
    with capture_logs() as logs:
        assert await due(house, START + MINUTE) == [bobs]
    assert [each["event"] for each in logs] == ["relief_not_read"]
    assert await due(house, START + MINUTE) == []


async def test_beats_that_were_missed_are_not_made_up_for(house: House) -> None:
    session = (await begin(house)).session
    late = START + 30 * SECOND + timedelta(milliseconds=700)
    assert await due(house, late) == [session]
    following = next_beat(JAW, START, late)
    assert following is not None
    assert await due(house, following - timedelta(microseconds=1)) == []
    assert await due(house, following) == [session]


async def test_two_processes_never_get_the_same_beat(house: House, url: str) -> None:
    for number in range(6):
        await house.store.enrol(replace(ALICE, id=SubscriberId(100 + number), chat_id=100 + number))
        await begin(house, who=SubscriberId(100 + number))
    other = connect(url, house.clock)
    await other.open()
    now = START + 5 * SECOND
    found = await asyncio.gather(
        *(store.claim_relief(now, 3) for store in (house.store, other) for _ in range(4))
    )
    await other.close()
    ids = [led.session.id for each in found for led in each]
    assert len(ids) == len(set(ids)) == 6


async def test_another_process_goes_on_where_the_first_one_ended(house: House, url: str) -> None:
    session = (await begin(house)).session
    assert await due(house, START + 4 * SECOND) == [session]
    again = connect(url, house.clock)
    await again.open()
    led = await again.claim_relief(START + 8 * SECOND, 100)
    await again.close()
    assert led == [Led(session, ALICE)]
    assert session.position(START + 8 * SECOND) != session.position(START + 4 * SECOND)


async def test_the_end_is_due_until_it_is_said_or_an_hour_has_passed(house: House) -> None:
    session = (await begin(house)).session
    assert await due(house, END) == [session]
    assert await due(house, END + ASK_AGAIN - SECOND) == []
    assert await due(house, END + ASK_AGAIN) == [session]
    assert await due(house, END + ASK_WITHIN) == []
    assert (await kept(house, session)).ended_at == END
    assert await due(house, END + 2 * ASK_WITHIN) == []


async def test_what_is_held_comes_at_the_moment_it_is_held_until(house: House) -> None:
    session = (await begin(house)).session
    assert await due(house, START + 4 * SECOND) == [session]
    await house.store.hold_relief(session.id, ALICE.id, START + 5 * SECOND)
    assert await due(house, START + 5 * SECOND) == [session]


async def test_a_session_that_has_ended_is_due_no_more_and_ends_once(house: House) -> None:
    session = (await begin(house)).session
    stopped = await house.store.end_relief(session.id, ALICE.id, START + 7 * SECOND)
    assert stopped == await kept(house, session)
    assert stopped is not None
    assert stopped.stopped
    assert await house.store.end_relief(session.id, ALICE.id, START + HOUR) == stopped
    await house.store.hold_relief(session.id, ALICE.id, START + 8 * SECOND)
    assert await due(house, START + HOUR) == []


async def test_a_session_that_ran_through_ended_with_its_last_step(house: House) -> None:
    done = await ended(house)
    assert done.ended_at == END
    assert not done.stopped


@pytest.mark.parametrize("presence", [Presence.STOPPED, Presence.BLOCKED])
async def test_whoever_goes_away_ends_their_session_at_that_moment(
    house: House, presence: Presence
) -> None:
    session = (await begin(house)).session
    house.clock.move(SECOND)
    if presence is Presence.BLOCKED:
        await house.store.mark_unreachable(ALICE.id)
    else:
        await house.store.revise(ALICE.id, with_person(presence=presence))
    assert (await kept(house, session)).ended_at == START + SECOND
    assert await due(house, START + MINUTE) == []


async def test_a_session_begun_while_blocked_is_led_nowhere(house: House) -> None:
    await house.store.mark_unreachable(ALICE.id)
    session = (await begin(house)).session
    assert await due(house, START + MINUTE) == []
    assert (await kept(house, session)).ended_at is not None


async def test_only_a_session_that_has_ended_can_be_rated(house: House) -> None:
    session = (await begin(house)).session
    assert await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, START) is None
    assert await record(house) == {}


async def test_the_record_counts_each_rated_session_once(house: House) -> None:
    answers = (Answer.BETTER, Answer.BETTER, Answer.SAME, Answer.WORSE)
    for number, answer in enumerate(answers):
        session = await ended(house, f"k{number}")
        for _ in range(2):
            await house.store.rate_relief(session.id, ALICE.id, answer, END)
    await ended(house, "unrated")
    assert await record(house) == {JAW: Record(4, 2)}
    assert await record(house, BOB.id) == {}


async def test_outcomes_are_those_of_a_time_without_what_was_taken_back(house: House) -> None:
    entry, gone = await log(house, START), await log(house, START - 2 * MINUTE, "gone")
    for each in (entry, gone):
        await house.store.edit_check_in(
            each.id, ALICE.id, lambda e: replace(e, helped=frozenset({Relief.REST, Relief.WATER}))
        )
    await house.store.edit_check_in(gone.id, ALICE.id, lambda e: replace(e, undone=True))
    session = await ended(house)
    await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    found = await house.store.outcomes(ALICE.id, START - HOUR, END)
    rated = RatedSession(JAW, Answer.BETTER, END, entry.id)
    ticked = frozenset({Relief.REST, Relief.WATER, Relief.EXERCISE})
    assert found == Outcomes(sessions=[rated], entries=[TickedEntry(entry.id, START, ticked)])
    nothing = Outcomes(sessions=[], entries=[])
    assert await house.store.outcomes(ALICE.id, END, END + HOUR) == nothing
    assert await house.store.outcomes(ALICE.id, START - HOUR, START - MINUTE) == nothing
    assert await house.store.outcomes(BOB.id, START - HOUR, END) == nothing


async def test_better_ticks_what_helped_on_the_newest_entry(house: House) -> None:
    await log(house, START - HOUR, "older")
    entry = await log(house, START - MINUTE)
    session = await ended(house)
    rated = await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    assert rated is not None
    assert rated.session.answer is Answer.BETTER
    assert rated.entry is not None
    assert rated.entry.id == entry.id
    assert await helped(house, entry.id) == {Relief.EXERCISE}
    assert rated.entry == await house.store.check_in(entry.id, ALICE.id)


async def test_another_answer_takes_its_own_tick_away_again(house: House) -> None:
    entry, session = await log(house, START), await ended(house)
    await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    rated = await house.store.rate_relief(session.id, ALICE.id, Answer.WORSE, END)
    assert rated is not None
    assert rated.entry is None
    assert await helped(house, entry.id) == frozenset()


async def test_a_tick_that_stood_before_is_left_alone(house: House) -> None:
    entry, session = await log(house, START), await ended(house)
    await house.store.edit_check_in(
        entry.id, ALICE.id, lambda each: checkins.toggle_helped(each, Relief.EXERCISE)
    )
    for answer in (Answer.BETTER, Answer.SAME):
        await house.store.rate_relief(session.id, ALICE.id, answer, END)
    assert await helped(house, entry.id) == {Relief.EXERCISE}


async def test_a_tick_that_was_taken_away_by_hand_stays_away(house: House) -> None:
    entry, session = await log(house, START), await ended(house)
    await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    await house.store.edit_check_in(
        entry.id, ALICE.id, lambda each: checkins.toggle_helped(each, Relief.EXERCISE)
    )
    await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    assert await helped(house, entry.id) == frozenset()


@pytest.mark.parametrize("answer", [Answer.SAME, Answer.WORSE])
async def test_only_better_ticks(house: House, answer: Answer) -> None:
    entry, session = await log(house, START), await ended(house)
    await house.store.rate_relief(session.id, ALICE.id, answer, END)
    assert await helped(house, entry.id) == frozenset()


async def test_old_undone_and_none_entries_are_not_ticked(house: House) -> None:
    old = await log(house, END - 2 * HOUR, "old")
    gone = await log(house, START, "undone")
    await house.store.edit_check_in(gone.id, ALICE.id, checkins.undone)
    none = await house.store.rate_day(ALICE.id, START.date(), 0, tap("day", START))
    assert none is not None
    session = await ended(house)
    rated = await house.store.rate_relief(session.id, ALICE.id, Answer.BETTER, END)
    assert rated is not None
    assert rated.entry is None
    for entry in (old, gone, none.entry):
        assert await helped(house, entry.id) == frozenset()
