"""Guided techniques: where a session stands follows from its start alone."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.relief import GUIDES, Pace, Technique, at, length, next_beat, steps

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SOURCES = Path(__file__).parents[2] / "tips" / "sources.yaml"

techniques = st.sampled_from(Technique)
paces = st.sampled_from(Pace)
moments = st.integers(-5_000_000, 400_000_000).map(
    lambda micros: START + timedelta(microseconds=micros)
)


def beats(technique: Technique, pace: Pace) -> list[datetime]:
    """Return every moment at which a message led through a session would change."""
    found, now = [START], START
    while (beat := next_beat(technique, START, now, pace)) is not None:
        found.append(beat)
        now = beat
    return found


@given(techniques, paces, moments)
def test_a_session_stands_at_the_step_that_the_seconds_before_it_lead_to(
    technique: Technique, pace: Pace, now: datetime
) -> None:
    position, gone = at(technique, START, now, pace), max(now - START, timedelta(0))
    if position is None:
        assert gone >= length(technique, pace)
        return
    every = steps(technique, pace)
    before = sum(step.seconds for step in every[: position.number - 1])
    assert every[position.number - 1] == position.step
    assert before * SECOND <= gone < (before + position.step.seconds) * SECOND
    assert position.of == len(every)
    assert 0 < position.left <= position.step.seconds


@given(techniques, paces, moments, moments)
def test_between_two_beats_nothing_changes_and_at_each_beat_something_does(
    technique: Technique, pace: Pace, one: datetime, other: datetime
) -> None:
    earlier, later = sorted((one, other))
    beat = next_beat(technique, START, earlier, pace)
    same = at(technique, START, earlier, pace) == at(technique, START, later, pace)
    assert same == (beat is None or later < beat)


@given(techniques, paces, st.timedeltas(timedelta(0), timedelta(days=400)), moments)
def test_only_the_time_since_the_start_counts(
    technique: Technique, pace: Pace, moved: timedelta, now: datetime
) -> None:
    here, there = at(technique, START, now, pace), at(technique, START + moved, now + moved, pace)
    assert here == there


@pytest.mark.parametrize("technique", Technique)
@pytest.mark.parametrize("pace", Pace)
def test_whoever_looks_at_every_beat_sees_every_step_in_order(
    technique: Technique, pace: Pace
) -> None:
    every = beats(technique, pace)
    seen = [at(technique, START, beat, pace) for beat in every]
    assert seen.pop() is None
    numbers = [position.number for position in seen if position]
    assert sorted(numbers) == numbers
    assert set(numbers) == set(range(1, len(steps(technique, pace)) + 1))
    assert every[-1] == START + length(technique, pace)


@pytest.mark.parametrize("technique", Technique)
@pytest.mark.parametrize("pace", Pace)
def test_a_message_would_never_change_twice_within_two_seconds(
    technique: Technique, pace: Pace
) -> None:
    every = beats(technique, pace)
    gaps = [later - earlier for earlier, later in pairwise(every)]
    assert min(gaps) >= 2 * SECOND
    assert max(gaps) <= 45 * SECOND


@pytest.mark.parametrize("technique", Technique)
def test_the_paces_differ_in_the_direction_of_their_names(technique: Technique) -> None:
    slower, gentle, faster = (length(technique, pace) for pace in Pace)
    assert slower > gentle > faster
    assert timedelta(seconds=30) <= faster
    assert slower <= timedelta(minutes=6)


def test_breathing_goes_in_hold_out_round_after_round() -> None:
    every = steps(Technique.BREATHING)
    rounds = [step.key for step in every if step.round]
    assert rounds == ["in", "hold", "out"] * GUIDES[Technique.BREATHING].rounds
    assert [step.round for step in every if step.key == "hold"] == [1, 2, 3, 4, 5, 6]
    by_key = {step.key: step.seconds for step in every}
    assert by_key["out"] >= by_key["in"] >= by_key["hold"]


def test_every_technique_has_a_guide_whose_sources_exist() -> None:
    documents = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    sections = {name: set(document["sections"]) for name, document in documents.items()}
    assert set(GUIDES) == set(Technique)
    for guide in GUIDES.values():
        assert guide.sources
        for source in guide.sources:
            assert source.section in sections[source.document]


def test_what_the_documents_call_an_exercise_cites_the_advice_to_ask_first() -> None:
    exercises = {technique for technique, guide in GUIDES.items() if guide.exercise}
    asked = {
        technique
        for technique, guide in GUIDES.items()
        if any(source.section == "Facial Spasm Exercises" for source in guide.sources)
    }
    assert exercises == asked
    assert exercises == {
        Technique.FOREHEAD, Technique.JAW, Technique.CHEEKS, Technique.EYE_SQUEEZES
    }  # fmt: skip
