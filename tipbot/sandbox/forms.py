"""Call parameters, from wherever a client put them: query, form, JSON body or multipart."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader

from tipbot.sandbox.errors import ApiError, Json, bad_request, refuse, too_large

if TYPE_CHECKING:
    from aiohttp import web

MAX_BODY = 50 * 1024 * 1024
"""Bytes a bot may upload in one call (core.telegram.org/bots/api#sending-files)."""
_BROKEN = "Can't parse multipart form data"
_INTEGER = re.compile(r"\s*[-+]?\d{1,20}")
_WHOLE = re.compile(r"-?\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A call's parameters as text, the way the Bot API server sees them, and its uploads."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Return whether the parameter was sent with a value."""
        return self.values.get(name, "") != ""

    def text(self, name: str) -> str:
        """Return the parameter, or an empty text."""
        return self.values.get(name, "")

    def required(self, name: str) -> str:
        """Return the parameter; raises 400 when it is missing."""
        if not self.has(name):
            refuse(f'Parameter "{name}" is required')
        return self.values[name]

    def flag(self, name: str) -> bool:
        """Return the parameter as a Boolean; anything unknown is false."""
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def integer(
        self, name: str, default: int = 0, low: int | None = None, high: int | None = None
    ) -> int:
        """Return the leading integer of the parameter, held between `low` and `high`."""
        found = _INTEGER.match(self.values.get(name, ""))
        value = default if not self.has(name) else int(found.group()) if found else 0
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def number(self, name: str) -> float:
        """Return the parameter as a number, 0 when it is none."""
        try:
            return float(self.values.get(name, "").strip() or 0)
        except ValueError:
            return 0.0

    def parsed(self, name: str, complaint: str) -> Any:
        """Return the parameter parsed as JSON, None when absent; raises 400 with `complaint`."""
        if not self.has(name):
            return None
        try:
            return decoded(self.values[name])
        except ValueError:
            raise bad_request(complaint) from None

    def message_id(self, name: str = "message_id") -> int:
        """Return a message id, 0 when missing or negative."""
        return self.integer(name, 0, low=0)


def decoded(text: str) -> Any:
    """Return what JSON says; raises ValueError, for half a surrogate pair too, as Telegram does."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError from None
    if "\\ud" in text.lower():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def required_integer(item: Json, name: str, fault: str = "") -> int:
    """Return a whole number that an object must have, also as text; raises 400 after `fault`."""
    value = item.get(name)
    if value is None:
        refuse(f'{fault}Can\'t find field "{name}"')
    if isinstance(value, bool) or not isinstance(value, int | str):
        refuse(f'{fault}Field "{name}" must be a Number')
    if not _WHOLE.fullmatch(str(value)[:12]):
        refuse(f'{fault}Field "{name}" must be a valid Number')
    return int(value)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)


async def _read_multipart(reader: MultipartReader) -> tuple[dict[str, str], dict[str, Upload]]:
    values: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        if part.filename is None:
            values[part.name] = await part.text(encoding="utf-8")
            continue
        data = bytes(await part.read(decode=True))
        mime = part.headers.get("Content-Type", "application/octet-stream")
        uploads[part.name] = Upload(part.filename, mime.partition(";")[0].strip(), data)
    return values, uploads


def _json_values(body: bytes) -> dict[str, str]:
    try:
        content: Json = decoded((body or b"{}").decode())
    except ValueError:
        reason = "Can't parse JSON object"
        raise bad_request(reason) from None
    if not isinstance(content, dict):
        refuse("JSON object expected")
    return {name: _as_text(value) for name, value in content.items()}


async def read_form(request: web.Request) -> Form:
    """Read a call's parameters; a body value wins over one in the query.

    Raises ApiError 413 when the body is larger than Telegram takes.
    """
    if (request.content_length or 0) > MAX_BODY:
        raise too_large()
    values = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _json_values(await request.read())
    elif request.content_type.startswith("multipart/"):
        try:
            more, uploads = await _read_multipart(await request.multipart())
        except (ValueError, AssertionError):
            # aiohttp says so when the body is not what its header promises.
            raise bad_request(_BROKEN) from None
        values |= more
    elif request.content_type == "application/x-www-form-urlencoded":
        values |= {name: str(value) for name, value in (await request.post()).items()}
    return Form(values, uploads)


async def read_reply(answer: ClientResponse) -> Form:
    """Read the call that a bot may put into its answer to a webhook; empty where it put none."""
    try:
        if answer.content_type == "application/json":
            return Form(_json_values(await answer.read()))
        if answer.content_type.startswith("multipart/"):
            return Form(*await _read_multipart(MultipartReader(answer.headers, answer.content)))
        if answer.content_type == "application/x-www-form-urlencoded":
            return Form(dict(parse_qsl(await answer.text())))
    except (ApiError, ValueError, AssertionError):
        pass
    return Form()
