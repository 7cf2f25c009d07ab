"""What helped: one outcome counts once, and what is ranked first has earned it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.helped import (
    ENOUGH,
    Outcomes,
    RatedSession,
    Record,
    TickedEntry,
    by_relief,
    by_technique,
    ranked,
)
from tipbot.core.model import CheckInId, Relief
from tipbot.core.relief import Technique
from tipbot.core.sessions import TICK_WITHIN, Answer

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERY = tuple(Technique)
JAW, BREATHING = Technique.JAW, Technique.BREATHING
BETTER, SAME = Answer.BETTER, Answer.SAME
records = st.dictionaries(
    st.sampled_from(Technique),
    st.builds(
        lambda better, same, ticked: Record(better + same, better, ticked),
        st.integers(0, 20),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
)


def entry(number: int, *helped: Relief, at: datetime = AT) -> TickedEntry:
    return TickedEntry(CheckInId(number), at, frozenset(helped))


def session(
    technique: Technique = BREATHING,
    answer: Answer = BETTER,
    ticked: int | None = None,
    at: datetime = AT + MINUTE,
) -> RatedSession:
    return RatedSession(technique, answer, at, None if ticked is None else CheckInId(ticked))


def test_nothing_said_is_no_record() -> None:
    assert by_relief(Outcomes()) == {}
    assert by_technique(Outcomes()) == {}


def test_ticks_and_sessions_are_counted_apart() -> None:
    said = Outcomes(
        sessions=[session(answer=SAME), session(JAW), session(Technique.CHEEKS, SAME)],
        entries=[entry(1, Relief.REST, Relief.EXERCISE, at=AT - 3 * TICK_WITHIN)],
    )
    assert by_relief(said) == {
        Relief.BREATHING: Record(1, 0, 0),
        Relief.EXERCISE: Record(2, 1, 1),
        Relief.REST: Record(0, 0, 1),
    }


def test_a_session_and_the_tick_that_it_made_are_one_outcome() -> None:
    said = Outcomes(sessions=[session(ticked=7)], entries=[entry(7, Relief.BREATHING)])
    assert by_relief(said) == {Relief.BREATHING: Record(1, 1, 0)}


def test_a_tick_by_hand_on_the_twitch_that_a_session_was_for_is_the_same_outcome() -> None:
    close, far = AT - TICK_WITHIN / 2, AT - 2 * TICK_WITHIN
    said = Outcomes(
        sessions=[session()],
        entries=[entry(1, Relief.BREATHING, at=far), entry(2, Relief.BREATHING, at=close)],
    )
    assert by_relief(said) == {Relief.BREATHING: Record(1, 1, 1)}


def test_a_tick_stays_where_the_session_did_not_help() -> None:
    said = Outcomes(sessions=[session(answer=SAME)], entries=[entry(1, Relief.BREATHING)])
    assert by_relief(said) == {Relief.BREATHING: Record(1, 0, 1)}


def test_a_tick_counts_for_a_technique_only_where_it_can_mean_no_other() -> None:
    ticks = [entry(1, Relief.BREATHING, Relief.MASSAGE, Relief.EXERCISE, Relief.WATER)]
    assert by_technique(Outcomes(entries=ticks)) == {BREATHING: Record(0, 0, 1)}


@given(records)
def test_what_is_known_to_help_comes_first_and_nothing_is_left_out(
    record: dict[Technique, Record],
) -> None:
    order = ranked(record, EVERY)
    assert sorted(technique for technique, _ in order) == sorted(Technique)
    known = [each for _, each in order if each]
    assert [each for _, each in order[: len(known)]] == known
    assert all(each.tried >= ENOUGH and 2 * each.helped >= each.tried for each in known)
    scores = [(each.helped + 1) / (each.tried + 2) for each in known]
    assert scores == sorted(scores, reverse=True)
    others = [technique for technique, each in order if not each]
    assert others == [technique for technique in Technique if technique in others]


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (Record(2, 2), False),
        (Record(3, 3), True),
        (Record(0, 0, 3), True),
        (Record(2, 1, 1), True),
        (Record(4, 2), True),
        (Record(5, 2), False),
        (Record(9, 0), False),
    ],
)
def test_three_outcomes_are_enough_if_half_of_them_are_good(record: Record, *, known: bool) -> None:
    assert (ranked({JAW: record}, EVERY)[0] == (JAW, record)) is known


def test_three_of_three_do_not_outdo_nineteen_of_twenty() -> None:
    order = ranked({BREATHING: Record(3, 3), JAW: Record(20, 19)}, EVERY)
    assert [technique for technique, _ in order[:2]] == [JAW, BREATHING]


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        session(at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="aware"):
        entry(1, at=AT.replace(tzinfo=None))
