"""Sounds and films: files that bring along how long, and how large, they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tipbot.sandbox.api import Api
from tipbot.sandbox.errors import Json
from tipbot.sandbox.files import StoredFile

_NUMBERS = {
    "audio": ("duration",),
    "voice": ("duration",),
    "video": ("width", "height", "duration"),
    "animation": ("width", "height", "duration"),
}
_WORDS = {"audio": ("performer", "title")}
_NAMELESS = {"voice"}
RECORDINGS = tuple(_NUMBERS)
"""The kinds, as they are called in methods and in messages."""

Said = Mapping[str, object]
"""What a call, or an item of one, says about its file."""


def recording(kind: str) -> Callable[[Api, StoredFile, Said], Json]:
    """Return what makes message content of a file of one kind."""

    def content(api: Api, stored: StoredFile, said: Said) -> Json:  # noqa: ARG001  as all readers
        file = stored.as_json()
        del file["file_path"]
        body: Json = {**file, "mime_type": stored.mime}
        body |= {name: _number(said.get(name)) for name in _NUMBERS[kind]}
        body |= {name: str(said[name]) for name in _WORDS.get(kind, ()) if said.get(name)}
        if kind not in _NAMELESS:
            body["file_name"] = stored.name
        if kind != "animation":
            return {kind: body}
        # An animation comes as a document too, for clients that know no animations.
        return {
            kind: body,
            "document": {**file, "mime_type": stored.mime, "file_name": stored.name},
        }

    return content


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() else 0
