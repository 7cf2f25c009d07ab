"""What becomes of a delivery after a call to Telegram."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import DeliveryState
from tipbot.core.outcomes import MAX_ATTEMPTS, Outcome, OutcomeKind, Verdict, judge, pause_before

NOW = datetime(2026, 6, 1, tzinfo=UTC)
attempts = st.integers(1, 10_000)


def verdict(outcome: Outcome, attempt: int = 1, *, resend_doubtful: bool = False) -> Verdict:
    return judge(outcome, attempt=attempt, now=NOW, resend_doubtful=resend_doubtful)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (OutcomeKind.SENT, DeliveryState.SENT),
        (OutcomeKind.FORBIDDEN, DeliveryState.UNREACHABLE),
        (OutcomeKind.REFUSED, DeliveryState.FAILED),
        (OutcomeKind.DOUBTFUL, DeliveryState.UNKNOWN),
        (OutcomeKind.NOT_SENT, DeliveryState.RETRY),
        (OutcomeKind.MOVED, DeliveryState.RETRY),
        (OutcomeKind.FLOODED, DeliveryState.RETRY),
    ],
)
def test_each_outcome_has_its_state(kind: OutcomeKind, state: DeliveryState) -> None:
    result = verdict(Outcome(kind=kind, code="word"))
    assert (result.state, result.code) == (state, "word")
    assert (result.not_before is not None) == (state is DeliveryState.RETRY)


def test_a_sent_message_keeps_its_id() -> None:
    assert verdict(Outcome(kind=OutcomeKind.SENT, message_id=9)).message_id == 9


@given(attempts)
def test_a_flood_is_waited_out_however_often_it_comes(attempt: int) -> None:
    told = Outcome(kind=OutcomeKind.FLOODED, retry_after=timedelta(seconds=17))
    assert verdict(told, attempt).not_before == NOW + timedelta(seconds=17)
    untold = verdict(Outcome(kind=OutcomeKind.FLOODED), attempt)
    assert untold.state is DeliveryState.RETRY
    assert untold.not_before is not None
    assert untold.not_before > NOW


@given(attempts)
def test_a_doubt_is_sent_again_only_where_the_topic_says_so(attempt: int) -> None:
    doubt = Outcome(kind=OutcomeKind.DOUBTFUL)
    assert verdict(doubt, attempt).state is DeliveryState.UNKNOWN
    again = verdict(doubt, attempt, resend_doubtful=True).state
    assert again is (DeliveryState.RETRY if attempt < MAX_ATTEMPTS else DeliveryState.FAILED)


@given(attempts)
def test_what_never_left_is_tried_until_it_expires(attempt: int) -> None:
    again = verdict(Outcome(kind=OutcomeKind.NOT_SENT), attempt)
    assert (again.state, again.not_before) == (DeliveryState.RETRY, NOW + pause_before(attempt))


@given(attempts)
def test_a_chat_that_moves_on_and_on_is_given_up(attempt: int) -> None:
    state = verdict(Outcome(kind=OutcomeKind.MOVED), attempt).state
    assert state is (DeliveryState.RETRY if attempt < MAX_ATTEMPTS else DeliveryState.FAILED)


def test_pauses_double_from_two_seconds_to_five_minutes() -> None:
    seconds = [pause_before(attempt).total_seconds() for attempt in range(10)]
    assert seconds == [2, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert pause_before(10**6) == timedelta(minutes=5)
