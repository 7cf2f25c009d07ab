"""One chart of each kind."""

from tipbot.core.charts import (
    CalendarChart,
    Cell,
    Chart,
    CycleLine,
    CyclesChart,
    DayBar,
    DaysChart,
    FigureBar,
    FiguresChart,
    HoursChart,
    PlaceBar,
    PlacesChart,
    SinceChart,
    SinceWeek,
    VoteBar,
    VotesChart,
)

_WEEK = (
    DayBar(label="Mon", count=3, median=2.0, worst=4, missing=False),
    DayBar(label="Tue", count=None, median=None, worst=None, missing=True),
    DayBar(label="Wed", count=0, median=None, worst=0, missing=False),
    DayBar(label="Thu", count=None, median=None, worst=3, missing=False),
    DayBar(label="", count=1, median=None, worst=None, missing=False, few=True),
)
_CELLS = (
    None,
    Cell(label="1", worst=4, missing=False),
    Cell(label="2", worst=0, missing=False),
    Cell(label="3", worst=None, missing=False),
    Cell(label="4", worst=None, missing=True),
    Cell(label="5", worst=None, missing=True, future=True),
    Cell(label="6", worst=2, missing=False),
)


def days(
    *, dark: bool = False, bars: tuple[DayBar, ...] = _WEEK, title: str = "A week"
) -> DaysChart:
    return DaysChart(
        title=title, counts="Twitches", strengths="Strength", medians="middle", worsts="worst",
        missings="not logged", nones="none", uncounted="not counted", few="few days", bars=bars,
        dark=dark,
    )  # fmt: skip


def hours(*, dark: bool = False, bars: tuple[int, ...] = (0, 2) * 12) -> HoursChart:
    labels = tuple(f"{hour}:00" for hour in range(24))
    return HoursChart(title="Hours", counts="Twitches", labels=labels, bars=bars, dark=dark)


def places(*, dark: bool = False, some: bool = True) -> PlacesChart:
    bars = (PlaceBar(label="eyelid", parts=(3, 1, 0, 2)),) if some else ()
    sides = ("left", "right", "both", "not said")
    return PlacesChart(title="Places", counts="Twitches", sides=sides, bars=bars, dark=dark)


def calendar(*, dark: bool = False) -> CalendarChart:
    return CalendarChart(
        title="March", weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        levels=("none", "faint", "some", "strong", "worst"), unrated="not rated",
        missings="not logged", weeks=(_CELLS,), dark=dark,
    )  # fmt: skip


def since(*, dark: bool = False, length: int = 10) -> SinceChart:
    strengths = ((4, 3, None, 0, None, 2, 1) * 60)[:length]
    missing = ((False, False, True, False, False, False, False) * 60)[:length]
    weeks = tuple(SinceWeek(median=2.0, few=n == 1) for n in range(-(-length // 7)))
    return SinceChart(
        title="Injection", strengths="Strength", across="days since", strongest="strongest",
        middle="middle", few="few days", missings="not logged", unrated="not rated",
        others="another", days=strengths, missing=missing, weeks=weeks, marks=(3,), dark=dark,
    )  # fmt: skip


def cycles(*, dark: bool = False, count: int = 2) -> CyclesChart:
    weeks = (
        SinceWeek(median=4.0, few=False),
        SinceWeek(median=None, few=True),
        SinceWeek(median=1.0, few=True),
    )
    return CyclesChart(
        title="Cycles", strengths="Strength", across="week", few="few days",
        lines=tuple(CycleLine(label=f"from {n}", weeks=weeks) for n in range(count)), dark=dark,
    )  # fmt: skip


def figures(*, dark: bool = False, some: bool = True) -> FiguresChart:
    bars = (
        FigureBar(label="Mon", sent=1200, parts=(3, 1, 0)),
        FigureBar(label="", sent=0, parts=(0, 0, 0)),
        FigureBar(label="Wed", sent=900, parts=(0, 2, 5)),
    )
    return FiguresChart(
        title="Week", sents="Sent", others="Not arrived", names=("failed", "in doubt", "blocked"),
        bars=bars if some else (), dark=dark,
    )  # fmt: skip


def votes(*, dark: bool = False, some: bool = True) -> VotesChart:
    bars = (
        VoteBar(label="W" * 44, helpful=12, other=3),
        VoteBar(label="A jug by the door", helpful=0, other=1),
    )
    return VotesChart(
        title="Week", counts="Votes", names=("helpful", "not helpful"),
        bars=bars if some else (), dark=dark,
    )  # fmt: skip


CHARTS: tuple[Chart, ...] = tuple(
    make(dark=dark)
    for make in (days, hours, places, calendar, since, cycles, figures, votes)
    for dark in (False, True)
)
