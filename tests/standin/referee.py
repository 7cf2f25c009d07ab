"""Holds a call of a bot to the Bot API's documentation, and says what is wrong with it."""

import json
import re
import struct
from collections.abc import Iterator
from typing import Any

from tests.standin.documented import ACTIONS, METHODS, SCOPES, UPDATES
from tests.standin.markup import markup_faults, units, words_of
from tests.standin.shapes import Request, Upload, kinds_of, read_value, required_of, type_faults

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_USER_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_FILE_NAME = re.compile(r'[^\x00-\x1f/\\:*?"<>|]{1,128}')
_STYLES = {"danger", "success", "primary"}
_LENGTHS = {"description": 512, "short_description": 120, "url": 2048}
_MEGABYTE = 1024 * 1024
_ACTIONS_OF_A_BUTTON = {"url", "callback_data", "copy_text"}


def faults_of(request: Request) -> list[str]:
    """Return in words what the documentation does not allow."""
    if request.method not in METHODS:
        return [f"{request.method} is no method that is known here"]
    return [f"{request.method}: {fault}" for fault in _faults(request)]


def _faults(request: Request) -> Iterator[str]:
    kinds = kinds_of(request.method)
    given: dict[str, Any] = dict.fromkeys(request.uploads.keys() & kinds.keys())
    for name, text in request.parameters.items():
        kind = kinds.get(name)
        if kind is None:
            yield f"there is no parameter {name}"
            continue
        value = read_value(text, kind)
        given[name] = value
        yield from type_faults(name, value, kind)
    missing = (name for name in required_of(request.method) if name not in given)
    yield from (f"{name} is missing" for name in missing)
    yield from _text_faults(given)
    yield from _value_faults(request.method, given)
    yield from _file_faults(request, given)


# --- texts ------------------------------------------------------------------------------------


def _text_faults(given: dict[str, Any]) -> Iterator[str]:
    if "callback_query_id" in given:
        if units(given.get("text") or "") > 200:
            yield "an answer to a tap holds 200 characters"
        return
    mode = given.get("parse_mode")
    if "text" in given:
        yield from _marked_faults(str(given["text"]), mode, 4096, least=1)
    if "caption" in given:
        yield from _marked_faults(str(given["caption"]), mode, 1024)
    media = given.get("media")
    if isinstance(media, dict) and "caption" in media:
        yield from _marked_faults(str(media["caption"]), media.get("parse_mode"), 1024)


def _marked_faults(source: str, mode: Any, most: int, least: int = 0) -> Iterator[str]:
    if mode not in {None, "HTML"}:
        yield f"parse_mode {mode!r} is not read here"
        return
    if mode == "HTML":
        yield from markup_faults(source)
    shown = words_of(source) if mode == "HTML" else source.strip()
    if not least <= units(shown) <= most:
        yield f"the text has {units(shown)} UTF-16 units, not {least} to {most}"


# --- values -----------------------------------------------------------------------------------


def _value_faults(method: str, given: dict[str, Any]) -> Iterator[str]:
    yield from _markup_faults(given.get("reply_markup"))
    if isinstance(chat := given.get("chat_id"), str) and not _USER_NAME.fullmatch(chat):
        yield f"chat_id is no number and no @name: {chat!r}"
    if method.startswith("edit") and not {"chat_id", "message_id"} <= given.keys():
        yield "it does not say which message"
    if given.get("action", "typing") not in ACTIONS:
        yield f"there is no action {given['action']!r}"
    if not _LANGUAGE.fullmatch(given.get("language_code", "")):
        yield f"{given['language_code']!r} is no two-letter language code"
    for name, most in _LENGTHS.items():
        if units(str(given.get(name, ""))) > most:
            yield f"{name} holds {most} characters"
    if not _SECRET.fullmatch(given.get("secret_token", "x")):
        yield "secret_token has a character that is not allowed"
    if unknown := set(given.get("allowed_updates", [])) - UPDATES:
        yield f"there are no updates {unknown}"
    yield from _listed_faults(given)


def _listed_faults(given: dict[str, Any]) -> Iterator[str]:
    if len(commands := given.get("commands", [])) > 100:
        yield "a list holds 100 commands"
    for each in commands:
        if not _COMMAND.fullmatch(each["command"]):
            yield f"{each['command']!r} is no command"
        if not 1 <= units(each["description"].strip()) <= 256:
            yield f"the description of {each['command']} holds 1 to 256 characters"
    scope = given.get("scope") or {"type": "default"}
    if scope["type"] not in SCOPES or ("chat" in scope["type"].split("_")[:1]) != (
        "chat_id" in scope
    ):
        yield f"{scope} is no scope"


def _markup_faults(markup: Any) -> Iterator[str]:
    if not isinstance(markup, dict):
        return
    if len(json.dumps(markup, ensure_ascii=False).encode()) > 10_000:
        yield "the keyboard is more than 10 KB"
    if not 1 <= units(str(markup.get("input_field_placeholder", "x"))) <= 64:
        yield "a placeholder holds 1 to 64 characters"
    for name, most, widest in (("inline_keyboard", 100, 8), ("keyboard", 300, 12)):
        rows = markup.get(name, [])
        if sum(map(len, rows)) > most or any(not 1 <= len(row) <= widest for row in rows):
            yield f"{name} holds {most} buttons, 1 to {widest} in a row"
        for button in (button for row in rows for button in row):
            yield from _button_faults(button, inline=name == "inline_keyboard")


def _button_faults(button: dict[str, Any], *, inline: bool) -> Iterator[str]:
    label = button.get("text", "")
    if not label.strip():
        yield "a button has no words"
    if button.get("style", "primary") not in _STYLES:
        yield f"{label!r} has a style that does not exist"
    if inline and len(_ACTIONS_OF_A_BUTTON & button.keys()) != 1:
        yield f"{label!r} does not do exactly one thing"
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        yield f"{label!r} carries more than 64 bytes or nothing"
    if not button.get("url", "tg://x").startswith(("https://", "http://", "tg://")):
        yield f"{label!r} leads nowhere"


# --- files ------------------------------------------------------------------------------------


def _file_faults(request: Request, given: dict[str, Any]) -> Iterator[str]:
    media = given.get("media")
    wanted = [str(media.get("media")), str(media.get("thumbnail", ""))] if media else []
    wanted += [str(given.get(name) or "") for name in ("photo", "document", "thumbnail")]
    attached = {each.removeprefix("attach://") for each in wanted if each.startswith("attach://")}
    yield from (f"no part {name} was sent along" for name in attached - request.uploads.keys())
    known = attached | kinds_of(request.method).keys()
    yield from (f"the part {name} belongs to nothing" for name in request.uploads.keys() - known)
    photo = request.method == "sendPhoto" or bool(media and media.get("type") == "photo")
    for upload in request.uploads.values():
        yield from _upload_faults(upload, photo=photo)


def _upload_faults(upload: Upload, *, photo: bool) -> Iterator[str]:
    if not _FILE_NAME.fullmatch(upload.name):
        yield f"{upload.name!r} is no name for a file"
    most = 10 if photo else 50
    if not 0 < len(upload.content) <= most * _MEGABYTE:
        yield f"{upload.name} is empty or more than {most} MB"
    if photo and len(upload.content) >= 24 and upload.content.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", upload.content[16:24])
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            yield f"{upload.name} is too large or too long for a photo: {width} by {height}"
