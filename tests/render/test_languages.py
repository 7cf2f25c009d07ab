"""Every chart in every language, as the chat orders it: nothing in English, nothing cut off."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text as Shown

from tests.core.diaries import WHO, entry
from tipbot.bot.views import charts, figures, since
from tipbot.core.charts import Chart
from tipbot.core.diary import Day, by_hour, by_place, diary_days
from tipbot.core.figures import DayFigures
from tipbot.core.model import CheckIn, CheckInKind, Place, Side
from tipbot.core.treatments import Cycle, Treatment, TreatmentId, TreatmentKind
from tipbot.render.draw import draw
from tipbot.texts import Text, load_texts

LANGUAGES = load_texts().languages
TODAY = date(2026, 3, 30)
KIND = TreatmentKind.INJECTION
ALIKE = {"median"}
"""Words that are the same in English and in another of the languages."""


def diary() -> list[CheckIn]:
    """Return half a year with every sign that a chart can show: known, unrated, missing, zero."""
    found = []
    for ago in range(180):
        day, turn = TODAY - timedelta(days=ago), ago % 6
        if turn == 5 or 40 <= ago < 60:
            continue
        for hour, (side, place) in enumerate(zip((*Side, None), (*Place, None), strict=False)):
            if turn > 1:
                found.append(entry(day, 6 * hour, side=side, place=place,
                                   strength=None if turn == 2 else turn))  # fmt: skip
        if turn < 2:
            found.append(entry(day, 20, kind=CheckInKind.DAY, strength=turn))
    return found


ENTRIES = diary()


def days(length: int) -> tuple[Day, ...]:
    return diary_days(ENTRIES, (), TODAY - timedelta(days=length - 1), TODAY)


def cycle(ago: int, until: int = 0) -> tuple[Cycle, tuple[Day, ...]]:
    made = Cycle(TODAY - timedelta(days=ago), TODAY - timedelta(days=until))
    return made, diary_days(ENTRIES, (), made.first, made.last)


def marks() -> list[Treatment]:
    return [
        Treatment(id=TreatmentId(1), subscriber=WHO, kind=kind, marked_at=ENTRIES[0].at,
                  local_date=TODAY - timedelta(days=ago))
        for kind, ago in ((KIND, 150), (KIND, 75), (TreatmentKind.STARTED, 30))
    ]  # fmt: skip


def calendar(text: Text) -> Chart:
    month = diary_days(ENTRIES, (), date(2026, 2, 1), date(2026, 2, 28))
    return charts.calendar_chart(text, month, TODAY, dark=False)


def messages(text: Text, length: int) -> Chart:
    dates = tuple(TODAY - timedelta(days=ago) for ago in reversed(range(length)))
    told = DayFigures(sent=1200, failed=3, unknown=1, unreachable=2)
    return figures.figures_chart(text, figures.Days(dates, (told,) * length))


PERIOD = (TODAY - timedelta(days=89), TODAY)
CHARTS: dict[str, Callable[[Text], Chart]] = {
    "week": lambda text: charts.days_chart(text, days(7), dark=False),
    "month": lambda text: charts.days_chart(text, days(30), dark=True),
    "quarter": lambda text: charts.days_chart(text, days(90), dark=False),
    "hours": lambda text: charts.hours_chart(
        text, charts.period(text, *PERIOD), by_hour(ENTRIES), dark=False
    ),
    "places": lambda text: charts.places_chart(
        text, charts.period(text, *PERIOD), by_place(ENTRIES), dark=True
    ),
    "calendar": calendar,
    "since": lambda text: since.since_chart(text, KIND, *cycle(75), marks(), dark=False),
    "cycles": lambda text: since.cycles_chart(text, KIND, [cycle(75), cycle(150, 76)], dark=True),
    "messages of a week": lambda text: messages(text, 7),
    "messages of a month": lambda text: messages(text, 30),
}


def ticks(axes: Axes) -> list[Shown]:
    """Return the words along the axis across that are in sight."""
    low, high = sorted(axes.get_xlim())
    return [
        label
        for place, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=False)
        if label.get_text() and label.get_visible() and low <= place <= high
    ]


def shown(figure: Figure) -> list[Shown]:
    """Return the words of a picture."""
    found = [text for legend in figure.legends for text in legend.get_texts()]
    for axes in figure.axes:
        titles = (axes.title, axes._left_title, axes.xaxis.label)  # type: ignore[attr-defined] # the one on the left has no public name
        found += [*titles, *axes.texts, *ticks(axes)]
    return [one for one in (*figure.texts, *found) if one.get_text()]


def said(figure: Figure) -> set[str]:
    words = " ".join(one.get_text() for one in shown(figure)).casefold()
    return set(re.findall(r"[^\W\d_]{3,}", words))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_no_word_of_a_chart_is_cut_off_or_touches_the_next(
    name: str, language: str, figures: list[Figure]
) -> None:
    draw(CHARTS[name](load_texts().speak(language)))
    (figure,) = figures
    figure.draw_without_rendering()
    for one in shown(figure):
        box = one.get_window_extent()
        assert box.x0 >= 0, one
        assert box.y0 >= 0, one
        assert box.x1 <= figure.bbox.width, one
        assert box.y1 <= figure.bbox.height, one
    for axes in figure.axes:
        boxes = [label.get_window_extent() for label in ticks(axes)]
        ends = sorted((box.x0, box.x1) for box in boxes)
        assert all(left[1] < right[0] for left, right in pairwise(ends))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_word_of_a_chart_is_left_in_english(
    name: str, language: str, figures: list[Figure]
) -> None:
    for tag in ("en", language):
        draw(CHARTS[name](load_texts().speak(tag)))
    english, other = map(said, figures)
    months = set(load_texts().speak(language).month_numbers())
    assert len(english) > 1
    assert english & other - ALIKE - months == set()
