"""What one feature of the chat answers to, and with what kinds of handlers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import Document, Update

from tipbot.bot.house import House
from tipbot.bot.visit import Visit
from tipbot.core.model import Dialog
from tipbot.core.roles import Role

CommandHandler = Callable[[Visit], Awaitable[None]]
GroupHandler = Callable[[Update, House], Awaitable[None]]
ButtonHandler = Callable[[Visit, Any], Awaitable[None]]
StraightHandler = Callable[[Visit, Any], Awaitable[bool]]
DialogHandler = Callable[[Visit, Dialog, str], Awaitable[None]]
FileHandler = Callable[[Visit, Dialog, Document], Awaitable[None]]
LinkHandler = Callable[[Visit, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AdminEntry:
    """A button of the page that /admin shows: the key of its words, and what it carries."""

    key: str
    value: Any
    count: Callable[[Visit], Awaitable[int]] | None = None
    """How many things wait behind it, which its words say as ``$count``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What one feature of the chat answers to; ``bot.application`` puts them in order."""

    commands: Mapping[str, CommandHandler] = field(default_factory=dict)
    always: Mapping[str, CommandHandler] = field(default_factory=dict)
    """Commands that answer without a look at the store, so that nothing can be in their way."""
    groups: Mapping[str, GroupHandler] = field(default_factory=dict)
    """Commands that are answered in groups, too: there with nothing that is anybody's own."""
    buttons: Mapping[type, ButtonHandler] = field(default_factory=dict)
    straight: Mapping[type, StraightHandler] = field(default_factory=dict)
    """For some of the buttons, what looks the person up in its use case: one visit to the store in
    place of two. It is handed a visit without the person, and says False, with nothing done, where
    the button's own handler has to answer."""
    dialogs: Mapping[str, DialogHandler] = field(default_factory=dict)
    """By ``Dialog.kind``: what a typed answer means."""
    files: Mapping[str, FileHandler] = field(default_factory=dict)
    """By ``Dialog.kind``: what a file means that is sent in answer."""
    links: Mapping[str, LinkHandler] = field(default_factory=dict)
    """By the part before the first hyphen of ``/start``'s payload: what the rest of it means."""
    location: CommandHandler | None = None
    unhurried: bool = False
    """Whether its visits begin one after the other when many come at once: others log meanwhile."""
    needs: Role = Role.ANYONE
    """Who may use any of this. The switchboard sees to it at each tap, text and file; to everyone
    else the feature does not exist: its commands are unknown, its buttons have expired."""
    admin: tuple[AdminEntry, ...] = ()
    """What the page of /admin offers of it to whoever has the role."""
