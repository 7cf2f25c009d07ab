"""Which links Telegram takes in buttons and in text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[\w\-.~%]+", re.ASCII | re.IGNORECASE)
_OTHER_SCHEMES = ("tg:", "ton:", "tonsite:")
_NOT_HTTPS = "Only HTTPS links are allowed"
_USER = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)


def user_of(link: str) -> int | None:
    """Return the user that a `tg://user?id=` link names."""
    found = _USER.match(link)
    return int(found.group(1)) if found else None


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
    if link.lower().startswith(_OTHER_SCHEMES):
        return link
    full = link if "://" in link else f"http://{link}"
    parts = urlsplit(full)
    path = parts.path or "/"
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return f"{parts.scheme.lower()}://{parts.netloc}{path}{tail}"
