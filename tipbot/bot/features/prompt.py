"""The day's check-in: a rating in one tap, then what kind of day it was."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.day import CloseDay, DayField, OpenDay, RateDay, SetDayFact
from tipbot.bot.feature import Feature
from tipbot.bot.features.course import notice
from tipbot.bot.guards import enrolled
from tipbot.bot.views.prompt import (
    FACTS,
    NO_FACT,
    NOWHERE,
    fact_of,
    folded_day,
    prompt_view,
    rated_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.instants import date_at
from tipbot.core.model import STRENGTHS, CheckInKind, DayContext, Reaction, Subscriber

OPEN_FOR = 7
"""Days after which nobody remembers how a day was: its prompt has expired."""


def _day(ordinal: int, person: Subscriber, visit: Visit) -> date | None:
    """Return the day a button speaks of, None for one too long ago or still to come.

    Whoever travelled west may still rate the day of the place they left: one day ahead is allowed.
    """
    today = date_at(visit.now, ZoneInfo(person.zone)).toordinal()
    if not today - OPEN_FOR <= ordinal <= today + 1:
        return None
    return date.fromordinal(ordinal)


async def rate(visit: Visit, button: RateDay) -> None:
    """Store or replace a day's rating; one that is handed over twice is the same rating."""
    person = await enrolled(visit)
    if person is None:
        return
    day = _day(button.day, person, visit)
    if day is None or button.strength not in STRENGTHS:
        await visit.expire()
        return
    await visit.store.rate_day(visit.who, day, button.strength, visit.tap())
    visit.house.looks.forget(visit.chat_id)
    text = visit.text
    rating = text.plain(f"rate-{button.strength}")
    await visit.answer(text.plain("day-kept", day=text.day(day), rating=rating))
    if button.delivery:
        await visit.store.react(button.delivery, visit.who, Reaction.DONE, visit.now)
    context = await _context(visit, day)
    await visit.show(rated_view(text, day, await _rating(visit, day), context))
    notice(visit)


async def open_day(visit: Visit, button: OpenDay) -> None:
    """Ask about today or another day, with what was said of it; once for a double tap."""
    person = await enrolled(visit)
    if person is None:
        return
    day = _day(date_at(visit.now, ZoneInfo(person.zone)).toordinal() - button.ago, person, visit)
    if day is None:
        await visit.expire()
        return
    rating, context = await _rating(visit, day), await _context(visit, day)
    await visit.answer()
    if not visit.pressed_twice():
        asked = prompt_view(visit.text, day, NOWHERE, ago=button.ago)
        known = rating is not None or any(fact_of(context, what) is not None for what in FACTS)
        await visit.say(rated_view(visit.text, day, rating, context) if known else asked)
    visit.served()


async def set_fact(visit: Visit, button: SetDayFact) -> None:
    """Keep one optional fact about a day."""
    person = await enrolled(visit)
    if person is None:
        return
    day = _day(button.day, person, visit)
    if day is None or button.value not in (NO_FACT, *FACTS[button.what]):
        await visit.expire()
        return
    value = None if button.value == NO_FACT else button.value
    context = await visit.store.edit_day_context(
        visit.who, day, lambda kept: with_fact(kept, button.what, value)
    )
    await visit.answer(visit.text.plain("fact-kept"))
    if context is not None:
        await visit.show(rated_view(visit.text, day, await _rating(visit, day), context))


def with_fact(context: DayContext, what: DayField, value: int | None) -> DayContext:
    """Return a day's context with one thing said, or taken away."""
    if fact_of(context, what) == value:
        return context
    if what is DayField.SLEEP:
        return replace(context, sleep_hours=value)
    if what is DayField.COFFEES:
        return replace(context, coffees=value)
    if what is DayField.SCREEN:
        return replace(context, screen_hours=value)
    if what is DayField.WATER:
        return replace(context, water=value)
    return replace(context, stress=value)


async def close(visit: Visit, button: CloseDay) -> None:
    """Fold the questions about a day away."""
    person = await enrolled(visit)
    if person is None:
        return
    day = _day(button.day, person, visit)
    if day is None:
        await visit.expire()
        return
    rating, context = await _rating(visit, day), await _context(visit, day)
    await visit.answer(visit.text.plain("fact-kept"))
    await visit.show(folded_day(visit.text, day, rating, context))


async def _rating(visit: Visit, day: date) -> int | None:
    """Return the day's rating as kept: a tap may have been handed over again after a newer one."""
    found = await visit.store.check_ins(visit.who, day, day, CheckInKind.DAY)
    return found[-1].strength if found else None


async def _context(visit: Visit, day: date) -> DayContext:
    kept = await visit.store.day_context(visit.who, day)
    return kept or DayContext(subscriber=visit.who, local_date=day)


FEATURE = Feature(buttons={OpenDay: open_day, RateDay: rate, SetDayFact: set_fact, CloseDay: close})
