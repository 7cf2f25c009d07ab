"""The evening's question about the day, and the optional ones after it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from tipbot.bot.buttons.day import CloseDay, DayField, OpenDay, RateDay, SetDayFact
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked
from tipbot.bot.views.details import TICK
from tipbot.core.model import STRENGTHS, DayContext, DeliveryId
from tipbot.texts import Text

NO_FACT = -1
FACTS: Mapping[DayField, tuple[int, ...]] = MappingProxyType(
    {
        DayField.SLEEP: (4, 5, 6, 7, 8, 9),
        DayField.COFFEES: (0, 1, 2, 3, 4),
        DayField.SCREEN: (2, 4, 6, 8, 10),
        DayField.WATER: (0, 1, 2),
        DayField.STRESS: (0, 1, 2),
    }
)
"""What can be said about a day; the outer hours mean 'or less' and 'or more'."""
NOWHERE = DeliveryId(0)
"""``delivery`` of a rating button under which no prompt stands any more."""


def prompt_view(text: Text, day: date, delivery: DeliveryId, *, ago: int = 0) -> View:
    """Return the question about a local day, which was ``ago`` days ago."""
    return View(
        html=text.html("prompt-past" if ago else "prompt", day=text.day(day)),
        keyboard=_ratings(text, day, delivery),
    )


def day_row(text: Text) -> Row:
    """Return the buttons that ask about today and yesterday, whenever one likes to say it."""
    return (
        Button(text.plain("open-today"), OpenDay(0)),
        Button(text.plain("open-yesterday"), OpenDay(1)),
    )


def rated_view(text: Text, day: date, strength: int | None, context: DayContext) -> View:
    """Return what was said about a day, with the optional questions about it."""
    parts = [_said(text, day, strength), text.html("day-context")]
    facts = tuple(row for what in FACTS for row in _facts(text, day, what, context))
    done = (Button(text.plain("done"), CloseDay(day.toordinal())),)
    ratings = _ratings(text, day, NOWHERE, strength)
    return View(html="\n\n".join(parts), keyboard=(*ratings, *facts, done))


def folded_day(text: Text, day: date, strength: int | None, context: DayContext) -> View:
    """Return what was said about a day, with the way back to its questions."""
    known = [(what, fact_of(context, what)) for what in FACTS]
    lines = [text.html(f"fact-{what}", value=value) for what, value in known if value is not None]
    parts = [_said(text, day, strength), *(["\n".join(lines)] if lines else [])]
    if strength is None:
        return View(html="\n\n".join(parts))
    change = Button(text.plain("change"), RateDay(day.toordinal(), strength, NOWHERE))
    return View(html="\n\n".join(parts), keyboard=((change,),))


def fact_of(context: DayContext, what: DayField) -> int | None:
    """Return one thing that was said about a day."""
    return {
        DayField.SLEEP: context.sleep_hours,
        DayField.COFFEES: context.coffees,
        DayField.SCREEN: context.screen_hours,
        DayField.WATER: context.water,
        DayField.STRESS: context.stress,
    }[what]


def _said(text: Text, day: date, strength: int | None) -> str:
    if strength is None:
        return f"<b>{text.html('entry-day-title', day=text.day(day))}</b>"
    return text.html("day-said", day=text.day(day), rating=text.plain(f"rate-{strength}"))


def _ratings(text: Text, day: date, delivery: DeliveryId, chosen: int | None = None) -> Keyboard:
    """Return the scale: none in a row of its own, then two and two."""
    none, *others = (
        Button(
            ticked(text.plain(f"rate-{strength}"), on=strength == chosen),
            RateDay(day.toordinal(), strength, delivery),
        )
        for strength in STRENGTHS
    )
    return ((none,), *rows(others, 2))


def _facts(text: Text, day: date, what: DayField, context: DayContext) -> Keyboard:
    """Return what can be said of one thing; a tick takes the place of its mark."""
    chosen = fact_of(context, what)
    buttons = []
    for value in FACTS[what]:
        on = value == chosen
        words = text.plain(f"pick-{what}", value=value)
        label = f"{TICK if on else text.plain(f'mark-{what}')} {words}"
        said = SetDayFact(day.toordinal(), what, NO_FACT if on else value)
        buttons.append(Button(label, said))
    return rows(buttons, 3)
