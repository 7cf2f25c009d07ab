"""Packs a button's typed value into Telegram's 64 bytes, and back.

A packed value is ``prefix:field:field``: integers in base 36, enumerations by their value, text as
it is.
"""

from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from tipbot.bot.buttons.prefixes import ALIASES, PREFIXES

LIMIT = 64
"""Bytes that Telegram allows in ``callback_data``."""
_PREFIX_OF = {kind: prefix for prefix, kind in PREFIXES.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def _plain_types(kind: type) -> tuple[type, ...]:
    """Return the field types of a button class with NewTypes resolved."""
    hints = get_type_hints(kind)
    return tuple(getattr(hints[f.name], "__supertype__", hints[f.name]) for f in fields(kind))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def base36(number: int) -> str:
    """Write an integer in base 36."""
    sign, number = ("-", -number) if number < 0 else ("", number)
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return sign + digits


def pack(button: Any) -> str:
    """Return the callback data of a button; raise ValueError if it is no button or too long."""
    kind: type = type(button)
    if kind not in _PREFIX_OF:
        message = f"{kind.__name__} is not a button"
        raise ValueError(message)
    packed = _PREFIX_OF[kind]
    for name in _names(kind):
        value = getattr(button, name)
        packed += ":" + (base36(int(value)) if isinstance(value, int) else str(value))
    if len(packed.encode()) > LIMIT or packed.count(":") != len(_names(kind)):
        message = f"{kind.__name__} does not fit a button"
        raise ValueError(message)
    return packed


def _unpack(text: str, kind: type) -> Any:
    """Read one field; raise ValueError unless it is exactly what ``pack`` writes."""
    if kind is str or issubclass(kind, StrEnum):
        return kind(text)
    number = int(text, 36)
    if base36(number) != text or not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return bool(("0", "1").index(text)) if kind is bool else number


def class_of(data: str | None) -> type | None:
    """Return the class of button that ``data`` claims to carry, None if there is no such."""
    prefix = (data or "").partition(":")[0]
    return PREFIXES.get(ALIASES.get(prefix, prefix))


def parse(data: str | None) -> Any | None:
    """Return the button that ``data`` carries, or None for anything ``pack`` never wrote."""
    kind, texts = class_of(data), (data or "").split(":")[1:]
    if kind is None or len(texts) != len(_names(kind)):
        return None
    try:
        return kind(*map(_unpack, texts, _plain_types(kind)))
    except ValueError:
        return None
