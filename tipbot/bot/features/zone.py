"""The time zone: a shared location, the hour that a clock shows, or a typed city.

Onboarding and the settings ask with the same buttons; the buttons say which of the two asked.
"""

from dataclasses import replace

from tipbot.bot.buttons.onboarding import AllHours, PickHour, PickZone
from tipbot.bot.feature import Feature
from tipbot.bot.guards import enrolled, sparing
from tipbot.bot.steps import ask, ask_again, likely
from tipbot.bot.views import View
from tipbot.bot.views.onboarding import cities_view, hours_view, zone_kept_view, zones_view
from tipbot.bot.views.plans import clock
from tipbot.bot.views.settings import zone_changed_view, zone_offer_view, zone_view
from tipbot.bot.visit import Visit
from tipbot.core.checkins import in_zone
from tipbot.core.enrolment import is_zone, with_zone
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import Dialog, Stage, Subscriber
from tipbot.core.typed import read_time
from tipbot.core.zones import zones_at_hour

CITY = "city"
"""The kind of dialog that waits for a city, opened by the settings."""
_HOURS = range(24)
_LONGEST_NAME = 100
_SHOWN_NAME = 40


async def _may(visit: Visit, *, settings: bool) -> bool:
    """Tell whether this person may still use a zone button; else say why not."""
    if settings:
        return await enrolled(visit) is not None
    if visit.person is None:
        await enrolled(visit)
        return False
    if visit.person.stage is Stage.DONE:
        await visit.answer(visit.text.plain("started-already"), alert=True)
        return False
    return True


async def pick_hour(visit: Visit, button: PickHour) -> None:
    """Show the zones whose clocks show this hour."""
    if not await _may(visit, settings=button.settings):
        return
    if button.hour not in _HOURS:
        await visit.expire()
        return
    await visit.answer()
    zones = zones_at_hour(button.hour, visit.now, likely(visit))
    await visit.show(zones_view(visit.text, zones, visit.now, settings=button.settings))


async def all_hours(visit: Visit, button: AllHours) -> None:
    """Show all hours again."""
    if not await _may(visit, settings=button.settings):
        return
    await visit.answer()
    if button.settings and visit.person:
        await visit.show(zone_view(visit.text, visit.person, visit.now))
    else:
        await visit.show(hours_view(visit.text, likely(visit), visit.now))


async def pick_zone(visit: Visit, button: PickZone) -> None:
    """Take a zone, as a newcomer's answer or as a change."""
    if not await _may(visit, settings=button.settings):
        return
    if not is_zone(button.zone):
        await visit.expire()
        return
    await _keep(visit, button.zone)


async def _keep(visit: Visit, zone: str) -> None:
    """Keep a zone, and go on with what comes next, told by the clocks there."""
    person = visit.person
    if person is not None and person.stage is Stage.ZONE:
        await _place_entries(visit, person, zone)
    if person is not None:
        visit = replace(visit, text=visit.house.texts.speak(person.language, zone))
    kept = await visit.store.revise(visit.who, lambda known: with_zone(known, zone, visit.now))
    await visit.answer(visit.text.plain("zone-toast", place=visit.text.place(zone)))
    if kept is None or person is None:
        await ask_again(visit)
    elif person.stage is Stage.DONE:
        await visit.store.close_dialog(visit.who)
        changed = person.zone != zone
        await visit.show(zone_changed_view(visit.text, zone, visit.now, changed=changed))
    elif not visit.pressed_twice():
        if visit.query:
            words = visit.text.html("zone-button", **clock(visit.text, zone, visit.now))
            await visit.show(View(html=words))
        await visit.say(zone_kept_view(visit.text, zone, visit.now))
        await ask(visit, kept.subscriber)
        visit.served()


async def _place_entries(visit: Visit, person: Subscriber, zone: str) -> None:
    """Give what was logged before the zone was known its day there.

    That comes first: whatever ends it, the answer is handed over again and finds all as it was.
    """
    first, last = person.created_at.date() - ONE_DAY, visit.now.date() + ONE_DAY
    for entry in await visit.store.check_ins(visit.who, first, last):
        await visit.store.edit_check_in(entry.id, visit.who, lambda each: in_zone(each, zone))


async def typed(visit: Visit, said: str) -> None:
    """Take a typed city, or a typed time of day as the hour that the clock shows."""
    settings = visit.person is not None and visit.person.stage is Stage.DONE
    minute = read_time(said)
    if minute is not None:
        zones = zones_at_hour(minute // 60, visit.now, likely(visit))
        await visit.say(zones_view(visit.text, zones, visit.now, settings=settings))
        return
    if not await sparing(visit):
        return
    cities = await visit.house.places.cities_named(said.strip()[:_LONGEST_NAME])
    zones = list(dict.fromkeys(city.zone for city in cities if is_zone(city.zone)))
    if not zones:
        name = said.strip()[:_SHOWN_NAME]
        await visit.say(View(html=visit.text.html("city-unknown", name=name)))
    elif len(zones) == 1:
        await _keep(visit, zones[0])
    else:
        await visit.say(cities_view(visit.text, cities, visit.now, settings=settings))


async def typed_in_settings(visit: Visit, _: Dialog, said: str) -> None:
    """Take a typed city from the settings."""
    if await enrolled(visit) is not None:
        await typed(visit, said)


async def located(visit: Visit) -> None:
    """Take the zone of a shared location; the location itself is not kept."""
    spot = visit.message.location if visit.message else None
    if visit.person is None or spot is None:
        await ask_again(visit)
        return
    if not await sparing(visit):
        return
    zone = await visit.house.places.zone_at(spot.latitude, spot.longitude)
    if zone is None or not is_zone(zone):
        await visit.say(View(html=visit.text.html("place-unknown")))
    elif visit.person.stage is not Stage.DONE or await _asked(visit):
        await _keep(visit, zone)
    else:
        await visit.say(zone_offer_view(visit.text, zone, visit.now))


async def _asked(visit: Visit) -> bool:
    dialog = await visit.store.dialog(visit.who, visit.now)
    return dialog is not None and dialog.kind == CITY


FEATURE = Feature(
    buttons={PickHour: pick_hour, AllHours: all_hours, PickZone: pick_zone},
    dialogs={CITY: typed_in_settings},
    location=located,
)
