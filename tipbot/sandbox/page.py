"""The chat page: three static files and the people's attachments."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from tipbot.sandbox.files import FileStore

STATIC = Path(__file__).parent / "static"
_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class Page:
    """Serves the page and what people open from it; needs no build and no other host."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the routes of the page."""
        return [
            web.get("/", self.index),
            web.static("/static", STATIC),
            web.get("/favicon.ico", self.icon),
            web.get("/sandbox/files/{file}", self.attachment),
        ]

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """Serve the page."""
        return web.FileResponse(STATIC / "index.html")

    async def icon(self, _request: web.Request) -> web.StreamResponse:
        """Serve the icon."""
        return web.FileResponse(STATIC / "icon.svg")

    async def attachment(self, request: web.Request) -> web.Response:
        """Serve a photo to look at, and anything else only to be saved."""
        wanted = request.match_info["file"]
        try:
            stored = self._files.get(wanted)
        except Exception:  # noqa: BLE001  any refusal means the same here
            raise web.HTTPNotFound(text="There is no such file.") from None
        inline = stored.mime in _INLINE and "save" not in request.query
        place = "inline" if inline else f"attachment; filename*=UTF-8''{quote(stored.name)}"
        return web.Response(
            body=stored.data,
            content_type=stored.mime if inline else "application/octet-stream",
            headers={"Content-Disposition": place},
        )
