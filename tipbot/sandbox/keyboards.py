"""Reply markup: parsed, held to Telegram's limits, and made into the form it is kept in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tipbot.sandbox.errors import Json, bad_request, refuse
from tipbot.sandbox.links import completed, link_fault, user_of

if TYPE_CHECKING:
    from tipbot.sandbox.forms import Form

MAX_CALLBACK_DATA = 64
"""Bytes of `callback_data` (core.telegram.org/bots/api#inlinekeyboardbutton)."""
INLINE_LIMITS = (100, 8)
"""Buttons in all and in a row of an inline keyboard (limits.tginfo.me)."""
REPLY_LIMITS = (300, 12)
"""The same of a reply keyboard, also in TDLib's ReplyMarkup.cpp."""
MAX_MARKUP = 10_000
"""Bytes of the whole markup as JSON (limits.tginfo.me)."""
_MAX_COPY_TEXT = 256
_SWITCHES = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)
_STYLES = {"primary", "danger", "success"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed `reply_markup`: what stays on the message, or what changes the person's keyboard."""

    inline: Json | None = None
    keyboard: Json | None = None
    remove: bool = False
    force_reply: Json | None = None

    @property
    def is_inline(self) -> bool:
        """Whether an edit may carry it."""
        return self.keyboard is None and not self.remove and self.force_reply is None


def read_markup(form: Form, *, only_inline: bool = False) -> Markup:
    """Read `reply_markup`; raises 400 in Telegram's words."""
    value = form.parsed("reply_markup", "Can't parse reply keyboard markup JSON object")
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        refuse("Object expected as reply markup")
    if len(json.dumps(value, ensure_ascii=False).encode()) > MAX_MARKUP:
        refuse("reply markup is too long")
    markup = _read(value)
    if only_inline and not markup.is_inline:
        refuse("Inline keyboard expected")
    return markup


def _read(value: Json) -> Markup:
    if rows := _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays'):
        return Markup(keyboard=_reply_keyboard(rows, value))
    inline_fault = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    if rows := _rows(value, "inline_keyboard", inline_fault):
        buttons = _bounded([[_inline_button(b) for b in row] for row in rows], INLINE_LIMITS)
        return Markup(inline={"inline_keyboard": buttons} if buttons else None)
    if value.get("remove_keyboard") or value.get("hide_keyboard"):
        return Markup(remove=True)
    if value.get("force_reply") or value.get("force_reply_keyboard"):
        return Markup(force_reply={"placeholder": str(value.get("input_field_placeholder") or "")})
    return Markup()


def _rows(value: Json, name: str, fault: str) -> list[list[Any]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        refuse(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        refuse(fault)
    return rows


def _bounded(rows: list[list[Json | None]], limits: tuple[int, int]) -> list[list[Json]]:
    """Return the rows without nameless buttons; raises 400 where there are too many."""
    kept = [named for row in rows if (named := [button for button in row if button])]
    total, width = limits
    if sum(map(len, kept)) > total or any(len(row) > width for row in kept):
        refuse("reply markup is too long")
    return kept


def _button_text(button: Json, owner: str) -> str:
    text = button.get("text")
    if text is None:
        refuse(f"Can't parse {owner}: Can't find field \"text\"")
    if not isinstance(text, str):
        refuse(f'Can\'t parse {owner}: Field "text" must be of type String')
    return text


def _styled(button: Json, text: str, owner: str) -> Json:
    style = str(button.get("style") or "").lower()
    if style not in _STYLES | {"", "default"}:
        refuse(f"Can't parse {owner}: invalid button style specified")
    return {"text": text, "style": style} if style in _STYLES else {"text": text}


def _inline_button(button: object) -> Json | None:
    owner = "inline keyboard button"
    if not isinstance(button, dict):
        refuse(f"Can't parse {owner}: InlineKeyboardButton must be an Object")
    body = _styled(button, _button_text(button, owner), owner)
    action = _inline_action(button)
    return {**body, **action} if body["text"] else None


def _inline_action(button: Json) -> Json:
    """Return what a button does; where several things are named, the first of them counts."""
    for read in (_opening, _calling_back, _switching, _copying):
        if action := read(button):
            return action
    fault = "Text buttons are unallowed in the inline keyboard"
    raise bad_request("Can't parse inline keyboard button: " + fault)


def _opening(button: Json) -> Json:
    owner = "Inline keyboard button"
    if url := button.get("url"):
        return {"url": url if user_of(url) else _link(url, owner)}
    if button.get("callback_data"):
        return {}
    if isinstance(button.get("login_url"), dict):
        url = str(button["login_url"].get("url", ""))
        return {"url": _link(url, f"{owner} login", https_only=True)}
    if isinstance(button.get("web_app"), dict):
        url = str(button["web_app"].get("url", ""))
        return {"web_app": {"url": _link(url, f"{owner} Web App", https_only=True)}}
    return {}


def _calling_back(button: Json) -> Json:
    data = button.get("callback_data")
    if not data:
        return {}
    if not isinstance(data, str) or len(data.encode()) > MAX_CALLBACK_DATA:
        refuse("BUTTON_DATA_INVALID")
    return {"callback_data": data}


def _switching(button: Json) -> Json:
    for name in _SWITCHES:
        if button.get(name) is not None:
            return {name: button[name]}
    return {}


def _copying(button: Json) -> Json:
    if not isinstance(button.get("copy_text"), dict):
        return {}
    text = button["copy_text"].get("text")
    if not isinstance(text, str) or not 1 <= len(text) <= _MAX_COPY_TEXT:
        refuse("BUTTON_COPY_TEXT_INVALID")
    return {"copy_text": {"text": text}}


def _link(url: str, owner: str, *, https_only: bool = False) -> str:
    if fault := link_fault(url, https_only=https_only):
        refuse(f"{owner} URL '{url}' is invalid: {fault}")
    return completed(url)


def _reply_keyboard(rows: list[list[Any]], value: Json) -> Json:
    kept = _bounded([[_reply_button(button) for button in row] for row in rows], REPLY_LIMITS)
    flags = ("is_persistent", "resize_keyboard", "one_time_keyboard")
    placeholder = str(value.get("input_field_placeholder") or "")
    return {
        "keyboard": kept,
        **{flag: True for flag in flags if value.get(flag)},
        **({"input_field_placeholder": placeholder} if placeholder else {}),
    }


def _reply_button(button: object) -> Json | None:
    owner = "keyboard button"
    if isinstance(button, str):
        return {"text": button} if button else None
    if not isinstance(button, dict):
        refuse(f"Can't parse {owner}: KeyboardButton must be a String or an Object")
    text = _button_text(button, owner)
    body = _styled(button, text, owner)
    for name in ("request_location", "request_contact"):
        if button.get(name):
            body[name] = True
    if isinstance(button.get("web_app"), dict):
        url = _link(
            str(button["web_app"].get("url", "")), "Keyboard button Web App", https_only=True
        )
        body["web_app"] = {"url": url}
    return body if text else None
