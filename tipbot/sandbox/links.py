"""Which links Telegram takes in buttons and in text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[\w\-.~%]+", re.ASCII | re.IGNORECASE)
_OTHER_SCHEMES = ("tg:", "ton:", "tonsite:")
_USER = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)


def user_of(link: str) -> int | None:
    """Return the user that a `tg://user?id=` link names."""
    found = _USER.match(link)
    return int(found.group(1)) if found else None


def link_fault(link: str, *, https_only: bool = False) -> str | None:
    """Return what Telegram finds wrong with a link, in its own words, or None."""
    lowered = link.lower()
    if lowered.startswith(_OTHER_SCHEMES):
        return "Only HTTPS links are allowed" if https_only else None
    full = link if "://" in link else f"http://{link}"
    try:
        parts = urlsplit(full)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong port number specified in the URL"
    if parts.scheme.lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    if not host:
        return "URL host is empty"
    if https_only and parts.scheme.lower() != "https":
        return "Only HTTPS links are allowed"
    # A host without a dot (localhost too) is refused, an IPv6 address is not.
    if ":" not in host and ("." not in host or not all(map(_HOST.fullmatch, host.split(".")))):
        return "Wrong HTTP URL"
    return None


def completed(link: str) -> str:
    """Return the link as Telegram keeps it: with a scheme, and a path where it has only a host."""
    if link.lower().startswith(_OTHER_SCHEMES):
        return link
    full = link if "://" in link else f"http://{link}"
    parts = urlsplit(full)
    path = parts.path or "/"
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return f"{parts.scheme.lower()}://{parts.netloc}{path}{tail}"
