"""The messages that lead a newcomer from hello to the first tip."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tipbot.bot.buttons.onboarding import Agree, AllHours, PickHour, PickPreset, PickZone
from tipbot.bot.buttons.privacy import OpenPrivacy
from tipbot.bot.views import Button, Keyboard, LocationRequest, View, rows
from tipbot.bot.views.plans import PutOff, clock, hours_shown, next_tip_words, plan_lines
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import Subscriber
from tipbot.core.presets import Preset
from tipbot.places import City
from tipbot.texts import Text

_HOURS_A_ROW = 4


def not_logged_view(text: Text) -> View:
    """Return the welcome to somebody who had a twitch to log and has agreed to nothing yet."""
    welcome = welcome_view(text)
    return replace(welcome, html=f"{text.html('not-logged-yet')}\n\n{welcome.html}")


def welcome_view(text: Text) -> View:
    """Return who this is for and what it stores, before anything is stored."""
    agree = Button(text.plain("agree"), Agree())
    privacy = Button(text.plain("open-privacy"), OpenPrivacy())
    return View(html=text.html("welcome"), keyboard=((agree,), (privacy,)))


def agreed_view(text: Text) -> View:
    """Return the welcome without its buttons, once they have done their work."""
    return View(html=f"{text.html('welcome')}\n\n{text.html('agreed')}")


def share_view(text: Text) -> View:
    """Return the question for the time zone with the keyboard that shares a location."""
    request = LocationRequest(text.plain("share-location"))
    return View(html=text.html("zone-share"), location_request=request)


def hours_view(text: Text, likely: str, now: datetime) -> View:
    """Return the hours to choose from, with the likely zone as the one-tap answer."""
    return View(
        html=text.html("zone-question"),
        keyboard=(_guess(text, likely, now), *hour_rows(text, settings=False)),
    )


def _guess(text: Text, likely: str, now: datetime) -> tuple[Button]:
    words = text.plain("zone-guess", **clock(text, likely, now))
    return (Button(words, PickZone(likely, settings=False)),)


def hour_rows(text: Text, *, settings: bool) -> Keyboard:
    """Return a button for each full hour of a clock."""
    hours = enumerate(hours_shown(text))
    return rows([Button(shown, PickHour(hour, settings)) for hour, shown in hours], _HOURS_A_ROW)


def zones_view(text: Text, zones: Sequence[str], now: datetime, *, settings: bool) -> View:
    """Return the zones of one hour, each with its own time."""
    choices = [
        Button(text.plain("zone-button", **clock(text, zone, now)), PickZone(zone, settings))
        for zone in zones
    ]
    back = Button(text.plain("other-hour"), AllHours(settings))
    return View(html=text.html("zone-of-hour"), keyboard=(*rows(choices, 1), (back,)))


def cities_view(text: Text, cities: Sequence[City], now: datetime, *, settings: bool) -> View:
    """Return the cities that a typed name may mean, each with the time there."""
    choices = [Button(_city(text, city, now), PickZone(city.zone, settings)) for city in cities]
    return View(html=text.html("zone-of-city"), keyboard=rows(choices, 1))


def _city(text: Text, city: City, now: datetime) -> str:
    time = text.moment(now, city.zone)
    return text.plain("city-button", time=time, city=city.name, country=city.country)


def zone_kept_view(text: Text, zone: str, now: datetime) -> View:
    """Return the confirmation of a zone; it takes the location keyboard away."""
    html = text.html("zone-kept", **clock(text, zone, now))
    return View(html=html, clears_reply_keyboard=True)


def presets_view(text: Text, person: Subscriber) -> View:
    """Return the presets with what each of them sends."""
    quiet = person.quiet
    html = text.html("preset-question", start=text.minute(quiet.start), end=text.minute(quiet.end))
    choices = [Button(text.plain(f"preset-{preset}"), PickPreset(preset)) for preset in Preset]
    return View(html=html, keyboard=rows(choices, 1))


def all_set_view(text: Text, enrolment: Enrolment) -> View:
    """Return what comes from now on, in local time."""
    quiet = enrolment.subscriber.quiet
    more = text.html("all-set-more", start=text.minute(quiet.start), end=text.minute(quiet.end))
    html = f"{text.html('all-set')}\n\n{plan_lines(text, enrolment)}\n\n{more}"
    return View(html=html)


def back_view(
    text: Text, enrolment: Enrolment, now: datetime, put_off: PutOff, *, resumed: bool
) -> View:
    """Return a short hello with what is on and when the next tip comes."""
    lines = plan_lines(text, enrolment)
    known = f"{text.html('welcome-on')}\n{lines}" if lines else text.html("welcome-none-on")
    hello = text.html("welcome-resumed" if resumed else "welcome-back")
    return View(html=f"{hello}\n\n{known}\n\n{next_tip_words(text, enrolment, now, put_off)}")
