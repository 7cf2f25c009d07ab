"""Values of every button class, as a forger could pack them."""

from dataclasses import fields
from enum import StrEnum
from typing import Any, get_type_hints

_NUMBERS = (0, 1, -1, 2**62)
_TEXTS = ("Europe/Berlin", "x")


def _choices(kind: Any) -> tuple[Any, ...]:
    plain = getattr(kind, "__supertype__", kind)
    if plain is bool:
        return (True, False)
    if plain is int:
        return _NUMBERS
    if issubclass(plain, StrEnum):
        return tuple(plain)
    return _TEXTS


def samples(kind: type) -> list[Any]:
    """Return a few values of a button class: each field takes each of its interesting values."""
    hints = get_type_hints(kind)
    choices = [_choices(hints[field.name]) for field in fields(kind)]
    count = max(map(len, choices), default=1)
    return [kind(*(each[turn % len(each)] for each in choices)) for turn in range(count)]
