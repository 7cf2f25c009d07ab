"""Which links Telegram takes in buttons and in text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tipbot.sandbox.errors import Json, refuse

_HOST = re.compile(r"[\w\-.~%]+", re.ASCII | re.IGNORECASE)
_OTHER_SCHEMES = ("tg:", "ton:", "tonsite:")
_NOT_HTTPS = "Only HTTPS links are allowed"
_TG = re.compile(r"tg:(?://)?(\w+)/?\?([^#]*)", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,18}", re.ASCII)
_MOMENT = re.compile(r"[1-9]\d{0,9}", re.ASCII)
_DATE_FORMAT = re.compile(r"[rR]|[tTdDwW]*")
Made = tuple[str, Json]
"""The kind of an entity, and what it has besides its place."""


def _parameters(link: str, host: str) -> dict[str, str]:
    """Return the parameters of a `tg://host?` link; none where it is no such link."""
    found = _TG.match(link)
    if found is None or found[1].lower() != host:
        return {}
    pairs = [pair.partition("=") for pair in found[2].split("&")]
    return {name.lower(): value for name, _, value in reversed(pairs)}


def user_of(link: str) -> int | None:
    """Return the user that a `tg://user?id=` link names."""
    named = _parameters(link, "user").get("id", "")
    return int(named) if _NUMBER.fullmatch(named) else None


def target_of(link: str) -> Made | None:
    """Return what a link makes of its words, None where it leads nowhere and they stay words."""
    user = user_of(link)
    if user is not None:
        return "text_mention", {"user_id": user}
    return None if link_fault(link) else ("text_link", {"url": completed(link)})


def custom_emoji_of(link: str) -> Made | None:
    """Return the custom emoji that a `tg://emoji?id=` link names."""
    named = _parameters(link, "emoji").get("id", "")
    return ("custom_emoji", {"custom_emoji_id": named}) if _NUMBER.fullmatch(named) else None


def time_of(link: str) -> Made | None:
    """Return the moment that a `tg://time?unix=` link names."""
    named = _parameters(link, "time")
    moment, form = named.get("unix", ""), named.get("format", "")
    if not _MOMENT.fullmatch(moment) or not _DATE_FORMAT.fullmatch(form):
        return None
    return "date_time", date_time(int(moment), form)


def date_time(moment: int, form: str) -> Json:
    """Return what a date and time entity holds; raises 400 for an unknown format."""
    if not _DATE_FORMAT.fullmatch(form):
        refuse("can't parse entities: Invalid date format used")
    parts = "r" if form in {"r", "R"} else "".join(_chosen(form))
    return {"unix_time": moment} | ({"date_time_format": parts} if parts else {})


def _chosen(form: str) -> list[str]:
    """Return the parts of a format in Telegram's order; a short form wins over a long one."""
    week = "w" if "w" in form.lower() else ""
    day = "d" if "d" in form else "D" if "D" in form else ""
    time = "t" if "t" in form else "T" if "T" in form else ""
    return [week, day, time]


def link_fault(link: str, *, https_only: bool = False) -> str | None:
    """Return what Telegram finds wrong with a link, in its own words, or None."""
    if link.lower().startswith(_OTHER_SCHEMES):
        return _NOT_HTTPS if https_only else None
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong port number specified in the URL"
    scheme = parts.scheme.lower()
    faults = {
        "Unsupported URL protocol": scheme not in {"http", "https"},
        "URL host is empty": not host,
        _NOT_HTTPS: https_only and scheme != "https",
        "Wrong HTTP URL": not _is_host(host),
    }
    return next((fault for fault, applies in faults.items() if applies), None)


def _is_host(host: str) -> bool:
    """Take an IPv6 address, and a name that has a dot: so not localhost."""
    return ":" in host or ("." in host and all(map(_HOST.fullmatch, host.split("."))))


def completed(link: str) -> str:
    """Return the link as Telegram keeps it: with a scheme, and a path where it has only a host."""
    scheme, _, rest = link.partition(":")
    if f"{scheme.lower()}:" in _OTHER_SCHEMES:
        return f"{scheme.lower()}://{rest.removeprefix('//')}"
    full = link if "://" in link else f"http://{link}"
    parts = urlsplit(full)
    path = parts.path or "/"
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return f"{parts.scheme.lower()}://{parts.netloc}{path}{tail}"
