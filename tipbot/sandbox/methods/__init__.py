"""The methods of the Bot API, one module per family; names are matched without case."""

from __future__ import annotations

from tipbot.sandbox.api import Method
from tipbot.sandbox.methods import (
    callbacks,
    cards,
    chats,
    editing,
    forwarding,
    media,
    messages,
    pins,
    profile,
    receiving,
)

_FAMILIES = (
    receiving.METHODS,
    messages.METHODS,
    editing.METHODS,
    media.METHODS,
    cards.METHODS,
    callbacks.METHODS,
    forwarding.METHODS,
    pins.METHODS,
    chats.METHODS,
    profile.METHODS,
)

METHODS: dict[str, Method] = {
    name.lower(): method for family in _FAMILIES for name, method in family.items()
}
"""Every method of the sandbox by its lower-case name."""

NAMES: dict[str, str] = {name.lower(): name for family in _FAMILIES for name in family}
"""The documented spelling of every method by its lower-case name."""
