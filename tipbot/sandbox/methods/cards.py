"""Messages without a text or a file: venues, contacts and dice."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import Form
from tipbot.sandbox.methods.messages import read_location

_SIDES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
"""How many values each die has (core.telegram.org/bots/api#dice)."""


def _given(form: Form, *names: str) -> Json:
    return {name: form.text(name) for name in names if form.has(name)}


async def send_venue(api: Api, form: Form) -> Json:
    """Send a place that has a name and an address."""
    place = read_location(form)
    named = {name: form.required(name) for name in ("title", "address")}
    kinds = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue = {"location": place, **named, **_given(form, *kinds)}
    # The place comes beside the venue too, for clients that know no venues.
    return api.world.message_json(api.send(form, {"venue": venue, "location": place}))


async def send_contact(api: Api, form: Form) -> Json:
    """Send somebody's name and number."""
    contact = {name: form.required(name) for name in ("phone_number", "first_name")}
    contact |= _given(form, "last_name", "vcard")
    return api.world.message_json(api.send(form, {"contact": contact}))


async def send_dice(api: Api, form: Form) -> Json:
    """Throw a die; in the sandbox its values come one after the other."""
    emoji = form.text("emoji").removesuffix("\ufe0f") or "🎲"
    if emoji not in _SIDES:
        refuse("DICE_EMOJI_INVALID")
    value = 1 + int(api.world.new_query_id()) % _SIDES[emoji]
    return api.world.message_json(api.send(form, {"dice": {"emoji": emoji, "value": value}}))


METHODS: dict[str, Method] = {
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
}
