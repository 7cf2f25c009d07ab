"""Files in both directions, kept in memory under the ids that Telegram would give out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.images import picture_size

MAX_DOWNLOAD = 20 * 1024 * 1024
"""Bytes a bot may download (core.telegram.org/bots/api#getfile)."""
MAX_PHOTO = 10 * 1024 * 1024
"""Bytes of an uploaded photo (core.telegram.org/bots/api#sendphoto)."""
_MAX_SIDES = 10_000
_MAX_RATIO = 20
_WIDTHS = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
_UNKNOWN = "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: what it holds, what it is called, and where it is downloaded from."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes

    def as_json(self) -> Json:
        """Return the File object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
            "file_path": self.path,
        }


class FileStore:
    """All files that went through the sandbox."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._photos: dict[str, list[Json]] = {}

    def add(self, name: str, mime: str, data: bytes, *, folder: str = "documents") -> StoredFile:
        """Keep a file; raises 400 when it is empty."""
        if not data:
            refuse("file must be non-empty")
        number = len(self._by_id)
        digest = hashlib.sha256(number.to_bytes(8, "big") + data).hexdigest()
        safe = _UNSAFE.sub("_", name)
        extension = safe[safe.rfind(".") :] if "." in safe else ""
        path = f"{folder}/file_{number}{extension}"
        prefix = "AgAC" if folder == "photos" else "BQAC"
        stored = StoredFile(
            f"{prefix}{digest[:48]}", f"AQAD{digest[48:60]}", path, safe, mime, data
        )
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str, complaint: str = _UNKNOWN) -> StoredFile:
        """Return the file of an id; raises 400 with `complaint` when there is none."""
        if file_id not in self._by_id:
            refuse(complaint)
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """Return the file of a download path."""
        return self._by_path.get(path)

    def add_photo(self, name: str, mime: str, data: bytes) -> list[Json]:
        """Keep a picture and return its PhotoSizes, smallest first; raises 400 on what is none.

        Every size holds the same bytes: the sandbox scales nothing.
        """
        if not data:
            refuse("file must be non-empty")
        if len(data) > MAX_PHOTO:
            refuse(f"file of size {len(data)} bytes is too big for a photo")
        size = picture_size(data)
        if size is None:
            refuse("IMAGE_PROCESS_FAILED")
        if sum(size) > _MAX_SIDES or max(size) > _MAX_RATIO * min(size):
            refuse("PHOTO_INVALID_DIMENSIONS")
        sizes = [self._sized(name, mime, data, scaled) for scaled in _scales(size)]
        for item in sizes:
            self._photos[item["file_id"]] = sizes
        return sizes

    def photo_of(self, file_id: str) -> list[Json]:
        """Return the sizes of a photo already kept; raises 400 when the id is no photo's."""
        self.get(file_id)
        if file_id not in self._photos:
            refuse("can't use file of type Document as Photo")
        return self._photos[file_id]

    def _sized(self, name: str, mime: str, data: bytes, size: tuple[int, int]) -> Json:
        stored = self.add(name, mime, data, folder="photos")
        return {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": len(data),
            "width": size[0],
            "height": size[1],
        }


def _scales(size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the sizes that Telegram would offer for a picture, smallest first."""
    longest = max(size)
    factors = [limit / longest for _letter, limit in _WIDTHS if limit < longest]
    if longest <= _WIDTHS[-1][1]:
        factors.append(1.0)
    return [(max(1, round(size[0] * f)), max(1, round(size[1] * f))) for f in factors]
