"""Values refuse what cannot be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import (
    MINUTES_A_DAY,
    TIP_TOPICS,
    AtTimes,
    CheckIn,
    CheckInId,
    CheckInKind,
    Every,
    Minute,
    NewDelivery,
    Plan,
    PlanId,
    QuietHours,
    Slot,
    Subscriber,
    SubscriberId,
    Topic,
)

NAIVE = datetime(2026, 6, 1)  # noqa: DTZ001 - the point of the test
AWARE = datetime(2026, 6, 1, tzinfo=UTC)
ME = SubscriberId(1)
minutes = st.integers(0, MINUTES_A_DAY - 1).map(Minute)


def test_naive_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Subscriber(id=ME, chat_id=1, paused_until=NAIVE)
    with pytest.raises(ValueError, match="aware"):
        Plan(id=PlanId(1), subscriber=ME, topic=Topic.SLEEP, schedule=AtTimes((Minute(1),)),
             next_due_at=NAIVE)  # fmt: skip
    with pytest.raises(ValueError, match="aware"):
        NewDelivery(plan=PlanId(1), subscriber=ME, topic=Topic.SLEEP, tip_number=None,
                    slot=Slot(date(2026, 6, 1), Minute(1)), tip_revision=None, due_at=AWARE,
                    expires_at=NAIVE)  # fmt: skip


@pytest.mark.parametrize("wrong", [(), (2, 1), (1, 1), (-1,), (1440,)])
def test_times_that_are_no_times_are_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        AtTimes(tuple(map(Minute, wrong)))


@pytest.mark.parametrize("wrong", [(14, 0, 60), (1441, 0, 60), (15, -1, 60), (15, 0, 1440)])
def test_intervals_that_are_no_intervals_are_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a schedule"):
        Every(wrong[0], Minute(wrong[1]), Minute(wrong[2]))


@pytest.mark.parametrize(("days", "thin"), [({7}, 1), ({0}, 0)])
def test_plans_that_are_no_plans_are_refused(days: set[int], thin: int) -> None:
    with pytest.raises(ValueError, match="not a plan"):
        Plan(id=PlanId(1), subscriber=ME, topic=Topic.SLEEP, schedule=AtTimes((Minute(1),)),
             days=frozenset(days), thin=thin)  # fmt: skip


@pytest.mark.parametrize("strength", [-1, 5])
def test_a_strength_off_the_scale_is_refused(strength: int) -> None:
    with pytest.raises(ValueError, match="0 to 4"):
        CheckIn(id=CheckInId(1), subscriber=ME, kind=CheckInKind.DAY, at=AWARE, zone="UTC",
                local_date=date(2026, 6, 1), logged_at=AWARE, strength=strength)  # fmt: skip


@given(minutes, minutes, minutes)
def test_quiet_hours_cover_from_their_start_up_to_their_end(
    start: Minute, end: Minute, minute: Minute
) -> None:
    length = (end - start) % MINUTES_A_DAY
    assert QuietHours(start, end).covers(minute) == ((minute - start) % MINUTES_A_DAY < length)


def test_a_pause_is_on_until_its_end() -> None:
    person = Subscriber(id=ME, chat_id=1, paused_until=AWARE)
    assert person.paused(AWARE - timedelta(seconds=1))
    assert not person.paused(AWARE)
    assert not Subscriber(id=ME, chat_id=1).paused(AWARE)


def test_every_topic_but_the_prompt_and_the_digest_has_tips() -> None:
    assert set(TIP_TOPICS) == set(Topic) - {Topic.CHECK_IN, Topic.DIGEST}
