from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import SubscriberId
from tipbot.core.relief import Pace, Technique, length
from tipbot.core.sessions import (
    ASK_AGAIN,
    ASK_WITHIN,
    ENOUGH,
    Ratings,
    Session,
    SessionId,
    next_edit,
    ranked,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
JAW = Session(
    id=SessionId(1),
    subscriber=SubscriberId(1),
    message_id=5,
    technique=Technique.JAW,
    pace=Pace.GENTLE,
    started_at=START,
)
END = START + length(Technique.JAW)
records = st.dictionaries(
    st.sampled_from(Technique),
    st.tuples(st.integers(1, 30), st.integers(0, 30)).map(lambda n: Ratings(sum(n), n[1])),
)


def test_a_session_knows_naive_moments_from_aware_ones() -> None:
    with pytest.raises(ValueError, match="aware"):
        Session(
            id=SessionId(1),
            subscriber=SubscriberId(1),
            message_id=5,
            technique=Technique.JAW,
            pace=Pace.GENTLE,
            started_at=START.replace(tzinfo=None),
        )


def test_a_session_whose_time_is_up_is_asked_about_until_that_is_too_late() -> None:
    assert next_edit(JAW, END - timedelta(seconds=1)) == END
    assert next_edit(JAW, END) == END + ASK_AGAIN
    assert next_edit(JAW, END + ASK_WITHIN - timedelta(seconds=1)) is not None
    assert next_edit(JAW, END + ASK_WITHIN) is None


@given(st.timedeltas(timedelta(0), timedelta(hours=3)))
def test_a_message_is_never_due_again_within_the_same_second(gone: timedelta) -> None:
    due = next_edit(JAW, START + gone)
    assert due is None or due > START + gone


@given(records)
def test_what_is_known_to_have_helped_comes_first_and_nothing_is_left_out(
    record: dict[Technique, Ratings],
) -> None:
    order = ranked(record)
    assert {technique for technique, _ in order} == set(Technique)
    assert len(order) == len(Technique)
    known = [ratings for _, ratings in order if ratings]
    assert [ratings for _, ratings in order[: len(known)]] == known
    assert all(ratings.rated >= ENOUGH and ratings.better > 0 for ratings in known)
    scores = [(ratings.better + 1) / (ratings.rated + 2) for ratings in known]
    assert scores == sorted(scores, reverse=True)
    others = [technique for technique, ratings in order if not ratings]
    assert others == [technique for technique in Technique if technique in others]


def test_two_ratings_tell_nothing_yet_and_three_do() -> None:
    two = ranked({Technique.JAW: Ratings(2, 2)})
    assert [technique for technique, _ in two] == list(Technique)
    assert ranked({Technique.JAW: Ratings(3, 3)})[0] == (Technique.JAW, Ratings(3, 3))
    never = ranked({Technique.JAW: Ratings(9, 0)})
    assert [technique for technique, _ in never] == list(Technique)


def test_three_of_three_do_not_outdo_nineteen_of_twenty() -> None:
    order = ranked({Technique.BREATHING: Ratings(3, 3), Technique.JAW: Ratings(20, 19)})
    assert [technique for technique, _ in order[:2]] == [Technique.JAW, Technique.BREATHING]
