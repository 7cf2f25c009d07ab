"""What a message looks like: Telegram HTML and typed buttons, before any of it is sent.

Each feature builds its own views from values and words; this module holds what they share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tipbot.texts import Text


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: its words and the value of ``bot.buttons`` that it carries."""

    label: str
    value: Any


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LocationRequest:
    """A reply keyboard with the one button that shares a location."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A message as it will be shown; ``html`` is at most 4096 characters after parsing."""

    html: str
    keyboard: Keyboard = ()
    location_request: LocationRequest | None = None
    clears_reply_keyboard: bool = False


def rows(buttons: list[Button], width: int) -> Keyboard:
    """Lay buttons out in rows of at most ``width``."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def turns(
    text: Text, page: int, pages: int, to: Callable[[int], Any], *, by_age: bool = False
) -> Keyboard:
    """Return a row with the ways to the pages before and after, none where there is one page.

    Pages count from 0; ``to`` makes what the button to a page carries. With ``by_age`` they run
    from new to old, and the words say so.
    """
    before, after = ("page-newer", "page-older") if by_age else ("page-back", "page-next")
    row: list[Button] = []
    if page > 0:
        row.append(Button(text.plain(before), to(page - 1)))
    if page + 1 < pages:
        row.append(Button(text.plain(after), to(page + 1)))
    return rows(row, 2)


def ticked(label: str, *, on: bool) -> str:
    """Return a button's words with its state, told by a sign and not by colour."""
    return f"✅ {label}" if on else label


def expired(text: Text) -> str:
    """Return the toast for a button that is old, broken or not the tapper's own."""
    return text.plain("button-expired")
