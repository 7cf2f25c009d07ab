"""What the course of a diary shows, case by case, and how seldom it speaks for nothing."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.core.diaries import simulated
from tipbot.core.diary import Day
from tipbot.core.model import CheckInKind, Place, Side
from tipbot.core.signs import (
    BEFORE,
    DIARY_SIGNS,
    LOOK_BACK,
    RECENT,
    Course,
    Lasting,
    Sign,
    Spreading,
    Worsening,
    lasting,
    seen,
    settled,
    spreading,
    worsening,
)
from tipbot.core.traces import Trace

TODAY = date(2026, 6, 30)
SOURCES = Path(__file__).parents[2] / "tips" / "sources.yaml"
EYELID, CHEEK, JAW, WHOLE = Place.EYELID, Place.CHEEK, Place.JAW, Place.WHOLE_SIDE
LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BOTH


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def twitches(
    days: Iterable[int],
    strength: int | None = 2,
    side: Side | None = LEFT,
    place: Place | None = EYELID,
) -> list[Trace]:
    """Return a twitch on each of the days so long ago."""
    return [Trace(ago(each), CheckInKind.TWITCH, strength, side, place) for each in days]


def ratings(days: Iterable[int], strength: int) -> list[Trace]:
    """Return a rating of each of the days so long ago."""
    return [Trace(ago(each), CheckInKind.DAY, strength) for each in days]


@pytest.mark.parametrize("sign", list(DIARY_SIGNS))
def test_each_rule_cites_sections_that_exist(sign: Sign) -> None:
    documents = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))
    assert DIARY_SIGNS[sign]
    for citation in DIARY_SIGNS[sign]:
        assert citation.section in documents[citation.document]["sections"]


LASTS = [
    ("nothing logged", [], None),
    ("one twitch", twitches([0]), None),
    ("three weeks to the day are a few weeks", twitches(range(22)), None),
    ("a day more is more than a few weeks", twitches(range(23)), Lasting(ago(22), 23)),
    ("once a week is enough", twitches([0, 7, 14, 21, 28]), Lasting(ago(28), 5)),
    ("eight days without are a new stretch", twitches([0, 7, 15, 22, 29]), None),
    ("ratings above 0 count", ratings(range(0, 30, 3), 1), Lasting(ago(27), 10)),
    ("days rated 0 do not", twitches([0, 28]) + ratings(range(1, 28), 0), None),
    ("it went on until a week ago", twitches(range(7, 35)), Lasting(ago(34), 28)),
    ("it ended more than a week ago", twitches(range(8, 40)), None),
    ("only the newest stretch counts", twitches([*range(5), *range(20, 60)]), None),
]


@pytest.mark.parametrize(("traces", "found"), [c[1:] for c in LASTS], ids=[c[0] for c in LASTS])
def test_lasts_more_than_a_few_weeks(traces: list[Trace], found: Lasting | None) -> None:
    assert lasting(traces, TODAY) == found


KNOWN = twitches(range(20, 40, 4))
SPREADS = [
    ("nothing logged", [], None),
    ("the same spot", [*KNOWN, *twitches([1, 3, 5])], None),
    (
        "a new place beside the old one",
        [*KNOWN, *twitches([1, 9]), *twitches([2, 6], place=CHEEK)],
        Spreading((CHEEK,), (), ago(6)),
    ),
    (
        "once may be a slip",
        [*KNOWN, *twitches([1, 9]), *twitches([2, 2], place=CHEEK)],
        None,
    ),
    ("it moved, and the old place is quiet", [*KNOWN, *twitches([2, 6], place=CHEEK)], None),
    (
        "the other side joins",
        [*KNOWN, *twitches([1]), *twitches([2, 6], side=RIGHT)],
        Spreading((), (RIGHT,), ago(6)),
    ),
    ("both sides at once", [*KNOWN, *twitches([2, 6], side=BOTH)], Spreading((), (RIGHT,), ago(6))),
    (
        "the whole side now",
        [*KNOWN, *twitches([2, 6], place=WHOLE)],
        Spreading((WHOLE,), (), ago(6)),
    ),
    (
        "where the whole side twitched nothing is new",
        [*twitches(range(20, 40, 4), place=WHOLE), *twitches([1], place=WHOLE), *twitches([2, 6])],
        None,
    ),
    (
        "too little is known from before",
        [*twitches([20, 24]), *twitches([1]), *twitches([2, 6], place=CHEEK)],
        None,
    ),
    (
        "no spot was said before",
        [
            *twitches(range(20, 40), side=None, place=None),
            *twitches([1]),
            *twitches([2, 6], place=CHEEK),
        ],
        None,
    ),
    (
        "it was there long ago",
        [*KNOWN, *twitches([70], place=CHEEK), *twitches([1]), *twitches([2, 6], place=CHEEK)],
        None,
    ),
    (
        "a strength of 0 is no twitch",
        [*KNOWN, *twitches([1]), *twitches([2, 6], 0, place=CHEEK)],
        None,
    ),
]


@pytest.mark.parametrize(("traces", "found"), [c[1:] for c in SPREADS], ids=[c[0] for c in SPREADS])
def test_spreads_to_other_parts(traces: list[Trace], found: Spreading | None) -> None:
    assert spreading(traces, TODAY) == found


NEW, OLD = range(14), range(14, 42)
WORSE = [
    ("nothing logged", [], None),
    ("always the same", twitches([*NEW, *OLD]), None),
    (
        "a step stronger",
        [*twitches(NEW, 3), *twitches(OLD, 2)],
        Worsening(stronger=True, before=2, now=3),
    ),
    ("a step weaker", [*twitches(NEW, 1), *twitches(OLD, 2)], None),
    ("half of the days are enough", [*twitches(range(0, 14, 2), 4), *twitches(range(14, 42, 2), 1)],
     Worsening(stronger=True, before=1, now=4)),
    ("too few days lately", [*twitches(range(6), 4), *twitches(OLD, 1)], None),
    ("too few days before", [*twitches(NEW, 4), *twitches(range(14, 27), 1)], None),
    ("one bad day", [*twitches([0], 4), *twitches(range(1, 42), 1)], None),
    (
        "twice as many, and no strength said",
        [*twitches([*NEW, *NEW, *NEW], None), *twitches(OLD, None)],
        Worsening(stronger=False, before=1, now=3),
    ),
    ("free days count as none", [*twitches(NEW, None), *ratings(OLD, 0)],
     Worsening(stronger=False, before=0, now=1)),
    ("missing days count as nothing", twitches(NEW, None), None),
    ("a few more are not twice as many", [*twitches([*NEW, *NEW, *NEW], None),
     *twitches([*OLD, *OLD], None)], None),
    ("a rated day has no number", [*twitches([*NEW, *NEW, *NEW], None), *ratings(OLD, 3)], None),
]  # fmt: skip


@pytest.mark.parametrize(("traces", "found"), [c[1:] for c in WORSE], ids=[c[0] for c in WORSE])
def test_gets_worse(traces: list[Trace], found: Worsening | None) -> None:
    assert worsening(traces, TODAY) == found


def test_the_gravest_comes_first_and_a_diagnosis_silences_lasts_alone() -> None:
    traces = [
        *twitches(OLD, 1),
        *twitches(NEW, 4),
        *twitches([2, 6], 4, place=JAW),
    ]
    assert list(seen(traces, TODAY, diagnosed=False)) == [Sign.SPREADS, Sign.WORSE, Sign.LASTS]
    assert list(seen(traces, TODAY, diagnosed=True)) == [Sign.SPREADS, Sign.WORSE]


def test_nothing_is_seen_in_what_is_too_old_or_still_to_come() -> None:
    long_ago = [Trace(t.day - LOOK_BACK, t.kind, 2) for t in twitches(range(40))]
    ahead = [Trace(t.day + timedelta(days=50), t.kind, 2) for t in twitches(range(40))]
    assert seen([*long_ago, *ahead], TODAY, diagnosed=False) == {}


def traces_of(days: Iterable[Day]) -> Iterator[Trace]:
    for day in days:
        yield from (Trace(day.date, CheckInKind.TWITCH, strength) for strength in day.strengths)
        if day.rating is not None:
            yield Trace(day.date, CheckInKind.DAY, day.rating)


def worse_at_some_time(days: list[Day], every: int = 2) -> bool:
    """Look at a diary again and again, as it grows."""
    span = (RECENT + BEFORE).days
    ends = range(span, len(days), every)
    return any(
        worsening(list(traces_of(days[end - span : end + 1])), days[end].date) for end in ends
    )


def test_pure_noise_is_seldom_called_worse_however_often_it_is_looked_at() -> None:
    diaries = [simulated(seed, 120, missing=seed % 5 / 10) for seed in range(80)]
    assert sum(map(worse_at_some_time, diaries)) <= 4


def test_a_diary_that_does_get_worse_is_called_so() -> None:
    diaries = [
        [
            *simulated(seed, 60, lambda chance, *_: chance.choice((1, 1, 2))),
            *(
                Day(date=day.date + timedelta(days=60), twitches=1, strengths=(chance,))
                for day, chance in zip(simulated(seed, 21), (3, 4, 3) * 7, strict=True)
            ),
        ]
        for seed in range(20)
    ]
    assert all(map(worse_at_some_time, diaries))


PLACES = st.sampled_from([EYELID, EYELID, EYELID, CHEEK, None])


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Draw four calm weeks and some days with more after them, at the edge of being worse."""
    lately = draw(st.lists(st.integers(1, 3), min_size=4, max_size=10))
    days = [0, *OLD[draw(st.integers(0, 10)) :]]
    days += [day for day, number in enumerate(lately, 1) for _ in range(number)]
    traces = [each for day in days for each in twitches([day], None, place=draw(PLACES))]
    return Course(traces, frozenset(draw(st.sets(st.sampled_from(list(DIARY_SIGNS))))))


@given(courses(), st.integers(1, 30))
def test_further_twitches_show_nothing_new_where_it_is_settled(course: Course, more: int) -> None:
    before = seen(course.traces, TODAY, diagnosed=False)
    for side, place in settled(course, TODAY):
        traces = [*course.traces, *twitches([0] * more, None, side, place)]
        after = seen(traces, TODAY, diagnosed=False)
        assert after.keys() - course.said <= before.keys()


def test_a_spot_of_today_is_settled_and_no_other() -> None:
    traces = [*twitches([0, 1]), *twitches([1], place=JAW), *ratings([0], 0)]
    assert settled(Course(traces), TODAY) == {(LEFT, EYELID)}


def test_nothing_is_settled_while_the_number_of_today_may_come_to_be_called_worse() -> None:
    days = [*twitches([*range(1, 7), *range(1, 7)], None), *twitches(OLD, None)]
    one_more = [*days, *twitches([0], None)]
    assert worsening(one_more, TODAY) is None
    assert worsening([*one_more, *twitches([0] * 4, None)], TODAY) is not None
    assert settled(Course(one_more), TODAY) == frozenset()
    assert settled(Course(one_more, frozenset({Sign.WORSE})), TODAY)
