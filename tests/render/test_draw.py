import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import imread

from tests.render import samples
from tipbot.core.charts import Cell, Chart, DayBar, FigureBar, FiguresChart, HoursChart
from tipbot.render import draw as drawing
from tipbot.render.look import DARK, LIGHT, Theme


def pixels(png: bytes) -> Any:
    return np.asarray(imread(io.BytesIO(png), format="png"))


@pytest.mark.parametrize("chart", samples.CHARTS, ids=lambda chart: f"{chart.kind}-{chart.dark}")
def test_every_chart_is_a_picture_of_the_size_of_a_phone(chart: Chart) -> None:
    png = drawing.draw(chart)
    assert png.startswith(b"\x89PNG")
    assert pixels(png).shape[:2] == (1080, 1080)
    assert len(png) < 150_000


@pytest.mark.parametrize("chart", samples.CHARTS, ids=lambda chart: f"{chart.kind}-{chart.dark}")
def test_the_same_chart_is_the_same_picture(chart: Chart) -> None:
    assert drawing.draw(chart) == drawing.draw(chart)


def test_the_bars_are_the_numbers_from_zero(figures: list[Figure]) -> None:
    drawing.draw(samples.days())
    above, below = figures[0].axes
    boxes = [bar.get_extents().transformed(above.transData.inverted()) for bar in above.patches]
    heights = [(round((b.x0 + b.x1) / 2, 6), round(b.y0, 6), round(b.y1, 6)) for b in boxes[-2:]]
    assert heights == [(0, 0, 3), (4, 0, 1)]
    assert above.get_ylim()[0] == 0
    assert below.get_yticks().tolist() == [0, 1, 2, 3, 4]


def test_missing_days_are_hatched_and_zero_days_get_a_ring(figures: list[Figure]) -> None:
    drawing.draw(samples.days())
    above, below = figures[0].axes
    for axes, hatch, at in ((above, "///", 1), (below, "///", 1), (above, "....", 3)):
        (hatched,) = (patch for patch in axes.patches if patch.get_hatch() == hatch)
        extent = hatched.get_path().get_extents(hatched.get_patch_transform())
        assert (extent.x0, extent.x1) == (at - 0.5, at + 0.5)
    (zeros,) = (line for line in above.lines if line.get_marker() == "o")
    assert np.asarray(zeros.get_xydata()).tolist() == [[2, 0]]


def test_hours_and_places_show_their_totals(figures: list[Figure]) -> None:
    drawing.draw(samples.hours())
    drawing.draw(samples.places())
    hours, places = (figure.axes[0] for figure in figures)
    assert [bar.get_height() for bar in hours.patches] == [0, 2] * 12  # type: ignore[attr-defined] # rectangles
    assert [bar.get_width() for bar in places.patches] == [3, 1, 2]  # type: ignore[attr-defined] # rectangles
    assert [text.get_text() for text in places.texts] == [" 6"]
    assert places.get_xlim()[0] == 0


def test_an_hour_is_written_where_it_begins_and_has_the_longest_mark(figures: list[Figure]) -> None:
    drawing.draw(samples.hours())
    (axes,) = figures[0].axes
    figures[0].draw_without_rendering()
    starts = dict(enumerate(bar.get_window_extent().x0 for bar in axes.patches))
    for hour, tick in zip(range(0, 24, 6), axes.xaxis.get_major_ticks(), strict=True):
        words = tick.label1.get_window_extent()
        assert tick.label1.get_text() == f"{hour}:00"
        assert (words.x0 + words.x1) / 2 == pytest.approx(starts[hour], abs=2)
        assert tick.tick1line.get_markersize() > 5


def month_of_figures() -> FiguresChart:
    bars = tuple(
        FigureBar(sent=5, parts=(0, 0, 0), label="" if day % 7 else f"Oct {day + 1}")
        for day in range(30)
    )
    return replace(samples.figures(), bars=bars)


def twelve_hours() -> HoursChart:
    names = tuple(f"{(h + 11) % 12 + 1}:00 {'AM' if h < 12 else 'PM'}" for h in range(24))
    return replace(samples.hours(), labels=names)


@pytest.mark.parametrize("make", [month_of_figures, twelve_hours])
def test_no_number_at_the_side_runs_into_the_words_below(
    figures: list[Figure], make: Callable[[], Chart]
) -> None:
    drawing.draw(make())
    axes = figures[0].axes[-1]
    figures[0].draw_without_rendering()
    (zero,) = (t for t in axes.yaxis.get_ticklabels() if t.get_text() == "0")
    number = zero.get_window_extent()
    words = [t.get_window_extent() for t in axes.xaxis.get_ticklabels() if t.get_text()]
    assert words[0].x0 < number.x1, "they stand one above the other"
    assert not any(number.overlaps(each) for each in words)


def test_the_votes_of_each_tip_are_one_bar_with_its_name_and_its_total(
    figures: list[Figure],
) -> None:
    drawing.draw(samples.votes())
    (axes,) = figures[0].axes
    assert [bar.get_width() for bar in axes.patches] == [12, 0, 3, 1]  # type: ignore[attr-defined] # rectangles
    words = [text.get_text() for text in axes.texts]
    assert words[1::2] == [" 15", " 1"]
    assert words[2] == "A jug by the door"
    assert [text.get_in_layout() for text in axes.texts] == [False, True] * 2


def test_the_calendar_says_strength_by_dots_and_leaves_the_future_empty(
    figures: list[Figure],
) -> None:
    drawing.draw(samples.calendar())
    words = [text.get_text() for text in figures[0].axes[0].texts][7:]
    assert words == ["1", "●●●●", "2", "○", "3", "\N{EN DASH}", "4", "5", "6", "●●"]
    assert len(figures[0].axes[0].patches) == 5
    assert sum(bool(patch.get_hatch()) for patch in figures[0].axes[0].patches) == 1


def test_a_week_without_anything_is_folded_and_still_shown_as_missing(
    figures: list[Figure],
) -> None:
    empty = (Cell(label="8", worst=None, missing=True), *[None] * 6)
    chart = samples.calendar()
    drawing.draw(replace(chart, weeks=(*chart.weeks, empty)))
    *_, full, folded = figures[0].axes[0].patches
    heights = [
        patch.get_path().get_extents(patch.get_patch_transform()).height for patch in (full, folded)
    ]
    assert heights[1] < heights[0] / 2
    assert folded.get_hatch() == "///"


def test_a_week_of_which_little_is_known_is_drawn_hollow(figures: list[Figure]) -> None:
    drawing.draw(samples.days())
    above = figures[0].axes[0]
    faces = [to_hex(bar.get_facecolor()) for bar in above.patches[-2:]]
    assert faces == [LIGHT.one, LIGHT.ground]
    words = [text.get_text() for text in figures[0].legends[0].get_texts()]
    assert words[-1] == "few days"
    drawing.draw(samples.days(bars=samples.days().bars[:3]))
    assert "few days" not in [text.get_text() for text in figures[1].legends[0].get_texts()]


def test_an_empty_chart_is_still_drawn() -> None:
    for chart in (samples.places(some=False), samples.hours(bars=(0,) * 24), samples.days(bars=())):
        assert pixels(drawing.draw(chart)).shape[:2] == (1080, 1080)


def test_days_since_are_their_numbers_and_what_is_missing_is_hatched(figures: list[Figure]) -> None:
    drawing.draw(samples.since())
    (axes,) = figures[0].axes
    (points,) = (line for line in axes.lines if line.get_marker() == "^")
    assert np.asarray(points.get_xydata()).tolist() == [
        [0, 4], [1, 3], [3, 0], [5, 2], [6, 1], [7, 4], [8, 3],
    ]  # fmt: skip
    hatches = [patch.get_hatch() for patch in axes.patches]
    assert (hatches.count("///"), hatches.count("....")) == (2, 1)
    assert axes.get_yticks().tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("length", [1, 182, 183, 364])
def test_a_cycle_of_any_length_can_be_drawn(length: int) -> None:
    assert pixels(drawing.draw(samples.since(length=length))).shape[:2] == (1080, 1080)


def test_a_week_of_which_nothing_is_known_is_a_gap_in_its_line(figures: list[Figure]) -> None:
    drawing.draw(samples.cycles(count=4))
    (axes,) = figures[0].axes
    lines = [line for line in axes.lines if line.get_linestyle() != "None"]
    assert len(lines) == 4
    assert len({line.get_linestyle() for line in lines}) == 4
    for line in lines:
        values = np.asarray(line.get_ydata())
        assert values[[0, 2]].tolist() == [4, 1]
        assert np.isnan(values[1])
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == LIGHT.ground]
    assert len(hollow) == 4


def test_words_are_never_formulas() -> None:
    assert drawing.draw(samples.days(title="5 $ and 6 $ \\frac{"))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.builds(
            DayBar,
            label=st.sampled_from(["", "3 Mar"]),
            count=st.none() | st.integers(0, 500),
            median=st.none() | st.sampled_from([0.0, 1.5, 4.0]),
            worst=st.none() | st.integers(0, 4),
            missing=st.booleans(),
        ),
        max_size=90,
    )
)
def test_any_run_of_days_can_be_drawn(bars: list[DayBar]) -> None:
    assert pixels(drawing.draw(samples.days(bars=tuple(bars)))).shape[:2] == (1080, 1080)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_words_and_signs_stand_out_as_the_accessibility_guidelines_ask(look: Theme) -> None:
    assert contrast(look.ink, look.ground) >= 7
    assert contrast(look.faint, look.ground) >= 4.5
    for colour in (look.one, look.two, look.three, look.four):
        assert contrast(colour, look.ground) >= 3
    for level, ink in zip(look.levels, look.level_inks, strict=True):
        assert contrast(level, ink) >= 3
    steps = [luminance(level) for level in look.levels]
    assert all((b - a) * (steps[-1] - steps[0]) > 0 for a, b in pairwise(steps))


def test_messages_stand_above_those_that_did_not_arrive(figures: list[Figure]) -> None:
    drawing.draw(samples.figures())
    above, below = figures[0].axes
    assert [round(bar.get_height()) for bar in _bars(above)] == [1200, 0, 900]
    assert [(round(bar.get_y()), round(bar.get_height())) for bar in _bars(below)] == [
        *((0, 3), (0, 0), (0, 0)),
        *((3, 1), (0, 0), (0, 2)),
        *((4, 0), (0, 0), (2, 5)),
    ]
    assert len({bar.get_hatch() for bar in below.patches}) == 3
    assert (above.get_ylim()[0], below.get_ylim()[0]) == (0, 0)


def _bars(axes: Any) -> list[Any]:
    return list(axes.patches)
