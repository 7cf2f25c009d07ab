"""Zones that a person is likely to live in: by the hour their clock shows, or by their language.

One or more for each offset and set of clock changes that people live under; a city that is not
here is found by typing it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tipbot.core.instants import minute_at

WELL_KNOWN: tuple[str, ...] = (
    "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Adak", "Pacific/Marquesas",
    "Pacific/Gambier", "America/Anchorage",
    "America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago",
    "America/Mexico_City", "America/New_York", "America/Bogota", "America/Havana",
    "America/Halifax", "America/Caracas", "America/Santiago", "America/St_Johns",
    "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Nuuk", "America/Noronha",
    "Atlantic/Azores", "Atlantic/Cape_Verde", "Europe/London", "Europe/Lisbon", "Africa/Accra",
    "Africa/Casablanca", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Africa/Lagos",
    "Europe/Athens", "Europe/Kyiv", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem",
    "Europe/Istanbul", "Europe/Moscow", "Africa/Nairobi", "Asia/Riyadh", "Asia/Tehran",
    "Asia/Dubai", "Asia/Tbilisi", "Asia/Kabul", "Asia/Karachi", "Asia/Tashkent", "Asia/Kolkata",
    "Asia/Colombo", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta",
    "Asia/Ho_Chi_Minh", "Asia/Shanghai", "Asia/Singapore", "Asia/Manila", "Australia/Perth",
    "Australia/Eucla", "Asia/Tokyo", "Asia/Seoul", "Australia/Adelaide", "Australia/Darwin",
    "Australia/Sydney", "Australia/Brisbane", "Australia/Lord_Howe", "Pacific/Noumea",
    "Pacific/Norfolk", "Pacific/Auckland", "Pacific/Fiji", "Pacific/Chatham",
    "Pacific/Tongatapu", "Pacific/Kiritimati",
)  # fmt: skip

NOWHERE = "UTC"
"""The zone of someone of whom nothing is known."""
_BY_LANGUAGE: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Africa/Cairo", "bn": "Asia/Dhaka", "cs": "Europe/Prague", "da": "Europe/Copenhagen",
        "de": "Europe/Berlin", "el": "Europe/Athens", "en": "Europe/London", "es": "Europe/Madrid",
        "fa": "Asia/Tehran", "fi": "Europe/Helsinki", "fr": "Europe/Paris", "he": "Asia/Jerusalem",
        "hi": "Asia/Kolkata", "hu": "Europe/Budapest", "id": "Asia/Jakarta", "it": "Europe/Rome",
        "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "ms": "Asia/Kuala_Lumpur", "nb": "Europe/Oslo",
        "nl": "Europe/Amsterdam", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon",
        "ro": "Europe/Bucharest", "ru": "Europe/Moscow", "sv": "Europe/Stockholm",
        "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "uk": "Europe/Kyiv",
        "uz": "Asia/Tashkent", "vi": "Asia/Ho_Chi_Minh", "zh": "Asia/Shanghai",
    }
)  # fmt: skip
_BY_REGION: Mapping[str, str] = MappingProxyType(
    {
        "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "au": "Australia/Sydney",
        "br": "America/Sao_Paulo", "ca": "America/Toronto", "ch": "Europe/Zurich",
        "gb": "Europe/London", "hk": "Asia/Hong_Kong", "ie": "Europe/Dublin",
        "in": "Asia/Kolkata", "mx": "America/Mexico_City", "nz": "Pacific/Auckland",
        "tw": "Asia/Taipei", "us": "America/New_York", "za": "Africa/Johannesburg",
    }
)  # fmt: skip


_zone = cache(ZoneInfo)
"""Python itself holds the last eight zones, and reads the files of all others anew."""


def likely_zone(language: str | None) -> str:
    """Return a guess from a language tag such as ``de`` or ``en-NZ``; ``UTC`` where there is none.

    It is only ever shown with the time there, for the person to accept or not.
    """
    tag, _, region = (language or "").replace("_", "-").lower().partition("-")
    return _BY_REGION.get(region) or _BY_LANGUAGE.get(tag, NOWHERE)


def zones_at_hour(hour: int, now: datetime, likely: str) -> list[str]:
    """Return the well-known zones whose clocks show this hour, with whatever minutes, at ``now``.

    The likely one is first if it is among them; every hour has at least one.
    """
    names = dict.fromkeys((likely, *WELL_KNOWN))
    return [name for name in names if minute_at(now, _zone(name)) // 60 == hour]
