from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import SubscriberId
from tipbot.core.relief import Pace, Technique, length
from tipbot.core.sessions import (
    ASK_AGAIN,
    ASK_WITHIN,
    Session,
    SessionId,
    next_edit,
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
