"""Who may talk to the sandbox: this machine's own pages and programs, by its own name."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Return whether a host name or address means this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hostname(authority: str) -> str:
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


def _is_own(request: web.Request) -> bool:
    """Tell this machine's own requests from a page's that came by a rebound name, or posts here."""
    if not is_loopback(_hostname(request.headers.get("Host", ""))):
        return False
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return False
    foreign = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    return not foreign or (request.path == "/" and request.method == "GET")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign hosts and origins with 403."""
    if not _is_own(request):
        return web.Response(
            status=403,
            text="The sandbox answers only by a loopback name, and only its own page.\n",
        )
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers just before an answer is sent."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
