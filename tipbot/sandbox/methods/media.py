"""Photos, documents, sounds and films, alone and in groups."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import Any

from tipbot.sandbox.api import ALBUM_LIMIT, Api, Method
from tipbot.sandbox.entities import MAX_CAPTION
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.files import MAX_DOWNLOAD, StoredFile
from tipbot.sandbox.formatted import Formatted, read_caption, read_formatted
from tipbot.sandbox.forms import Form, Upload
from tipbot.sandbox.keyboards import Markup
from tipbot.sandbox.methods.recordings import RECORDINGS, Said, recording

CAPTIONED = {"photo", "document", *RECORDINGS}
"""Message fields whose message can carry a caption."""
_GENERIC = {"", "application/octet-stream"}
_Reader = Callable[[Api, Upload | str, Said], Json]


def _source(form: Form, name: str, value: str) -> Upload | str | None:
    """Return the upload that a parameter names, or the id of a file already known."""
    if value.startswith("attach://"):
        return form.uploads.get(value.removeprefix("attach://"))
    if name in form.uploads:
        return form.uploads[name]
    return value or None


def document_json(stored: StoredFile) -> Json:
    """Return the Document object."""
    body = stored.as_json()
    del body["file_path"]
    return {"file_name": stored.name, "mime_type": stored.mime, **body}


def _mime(upload: Upload) -> str:
    guessed = mimetypes.guess_type(upload.name)[0] if upload.mime in _GENERIC else upload.mime
    return guessed or "application/octet-stream"


def _photo(api: Api, source: Upload | str, said: Said) -> Json:  # noqa: ARG001  as all readers
    if isinstance(source, Upload):
        return {"photo": api.files.add_photo(source.name, _mime(source), source.data)}
    _refuse_address(source)
    return {"photo": api.files.photo_of(source)}


def _document(api: Api, stored: StoredFile, said: Said) -> Json:  # noqa: ARG001  as all readers
    return {"document": document_json(stored)}


def _of_file(make: Callable[[Api, StoredFile, Said], Json]) -> _Reader:
    """Return what keeps an upload, or finds a file that is kept, and makes content of it."""

    def read(api: Api, source: Upload | str, said: Said) -> Json:
        if isinstance(source, Upload):
            return make(api, api.files.add(source.name, _mime(source), source.data), said)
        _refuse_address(source)
        return make(api, api.files.get(source), said)

    return read


def _refuse_address(source: str) -> None:
    """Refuse an address as Telegram does when it cannot reach it: the sandbox fetches nothing."""
    if source.startswith(("http://", "https://")):
        refuse("Failed to get HTTP URL content")


def _with_caption(api: Api, content: Json, caption: Formatted, fault: str) -> Json:
    if len(caption.text) > MAX_CAPTION:
        refuse(fault)
    return content | caption.as_json("caption", api.world.user_json)


_READERS: dict[str, _Reader] = {
    "photo": _photo,
    "document": _of_file(_document),
    **{kind: _of_file(recording(kind)) for kind in RECORDINGS},
}
_ALONE = {"animation", "voice"}


async def _send(api: Api, form: Form, kind: str) -> Json:
    source = _source(form, kind, form.text(kind))
    if source is None:
        refuse(f"There is no {kind} in the request")
    caption = read_caption(form)
    api.open_chat(form)
    content = _READERS[kind](api, source, form.values)
    content = _with_caption(api, content, caption, "Message caption is too long")
    if kind == "photo" and form.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return api.world.message_json(api.send(form, content))


def _sender(kind: str) -> Method:
    async def send(api: Api, form: Form) -> Json:
        return await _send(api, form, kind)

    return send


def read_input_media(api: Api, form: Form, item: Any) -> Json:
    """Read one InputMedia into message content; raises 400."""
    fault = "Can't parse InputMedia: "
    if not isinstance(item, dict):
        refuse(fault + "expected an Object")
    spans = item.get("caption_entities")
    mode = str(item.get("parse_mode") or "")
    caption = read_formatted(str(item.get("caption") or ""), mode, spans, may_be_empty=True)
    kind = item.get("type")
    if kind not in _READERS or kind == "voice":
        refuse(f'{fault}type "{kind}" is unsupported')
    source = _source(form, "", str(item.get("media") or ""))
    if source is None:
        refuse(fault + "media not found")
    return _with_caption(api, _READERS[kind](api, source, item), caption, "MEDIA_CAPTION_TOO_LONG")


async def send_media_group(api: Api, form: Form) -> list[Json]:
    """Send two to ten pictures and films, sounds, or files as one album."""
    form.required("media")
    items = form.parsed("media", "Can't parse media JSON object")
    if not isinstance(items, list):
        refuse("Expected an Array of InputMedia")
    if not items:
        refuse("There are no messages to send")
    if len(items) > ALBUM_LIMIT:
        refuse("Too many messages to send as an album")
    api.open_chat(form)
    contents = [read_input_media(api, form, item) for item in items]
    kinds = {next(iter(content)) for content in contents}
    if kinds & _ALONE or (len(kinds) > 1 and kinds != {"photo", "video"}):
        refuse("Can't use the media of the specified type in the album")
    album = api.world.new_query_id()
    sent = [api.send(form, content, markup=Markup()) for content in contents]
    for message in sent:
        message.album = album if len(sent) > 1 else ""
    return [api.world.message_json(message) for message in sent]


async def get_file(api: Api, form: Form) -> Json:
    """Return where a file is downloaded from."""
    if not form.has("file_id"):
        refuse("file_id not specified")
    stored = api.files.get(form.text("file_id"), "invalid file_id")
    if len(stored.data) > MAX_DOWNLOAD:
        refuse("file is too big")
    return stored.as_json()


METHODS: dict[str, Method] = {
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendAudio": _sender("audio"),
    "sendVoice": _sender("voice"),
    "sendVideo": _sender("video"),
    "sendAnimation": _sender("animation"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
