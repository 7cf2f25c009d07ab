"""What messages show at present, so that nothing is edited to what it says already.

Telegram refuses an edit that changes nothing, and a double tap asks for exactly that. The memory is
a convenience: without it, after a restart or in another process, such an edit is made and refused.
Where several processes answer one chat, each doubts what it remembers and tells of presses.
"""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from tipbot.bot.views import Keyboard, View

_MOST = 10_000
_TWICE = timedelta(seconds=10)
"""Two presses of one button closer than this are one wish, where nothing is stored by them."""

_Key = tuple[int, int]
"""Chat id and message id."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button: what it carried, the tap's key and its moment."""

    data: str
    key: str
    at: datetime


class Screen:
    """Remembers the last ``most`` messages that were sent, edited or tapped in this process."""

    def __init__(self, most: int = _MOST) -> None:
        """Know nothing yet."""
        self._most = most
        self._tell: Callable[[str], None] = lambda _: None
        self._views: OrderedDict[_Key, View] = OrderedDict()
        self._keyboards: OrderedDict[_Key, Keyboard] = OrderedDict()
        self._presses: OrderedDict[_Key, Press] = OrderedDict()
        self._vital: OrderedDict[_Key, tuple[View, datetime]] = OrderedDict()
        self._languages: OrderedDict[_Key, str] = OrderedDict()

    def shows(self, chat: int, message: int, view: View) -> bool:
        """Tell whether the message is known to show exactly this."""
        return self._views.get((chat, message)) == view

    def keyboard(self, chat: int, message: int) -> Keyboard | None:
        """Return the buttons that the message is known to have, None if nothing is known."""
        return self._keyboards.get((chat, message))

    def remember(self, chat: int, message: int, view: View) -> None:
        """Keep what a message shows from now on."""
        self._put(self._views, (chat, message), view)
        self._put(self._keyboards, (chat, message), view.keyboard)

    def remember_keyboard(self, chat: int, message: int, keyboard: Keyboard) -> None:
        """Keep the buttons that a message has from now on; its words stay what they were."""
        known = self._views.pop((chat, message), None)
        if known is not None:
            self._put(self._views, (chat, message), View(html=known.html, keyboard=keyboard))
        self._put(self._keyboards, (chat, message), keyboard)

    def lose(self, chat: int, message: int) -> None:
        """Know no more what a message shows: a change of it may or may not have arrived."""
        self._views.pop((chat, message), None)
        self._keyboards.pop((chat, message), None)

    def language(self, chat: int) -> str | None:
        """Return the language that a chat was last spoken to in, None if nothing is known."""
        return self._languages.get((chat, 0))

    def spoke(self, chat: int, language: str) -> None:
        """Keep the language of a chat, for answers that may not look at the store."""
        self._put(self._languages, (chat, 0), language)

    def said_just_now(self, chat: int, view: View, now: datetime) -> bool:
        """Tell whether this was asked about the same view seconds ago; keep that it is now."""
        last = self._vital.get((chat, 0))
        if last is not None and last[0] == view and abs(now - last[1]) < _TWICE:
            return True
        self._put(self._vital, (chat, 0), (view, now))
        return False

    def doubt(self, chat: int) -> None:
        """Know no more what messages of a chat show: another process may have changed them."""
        _drop(self._views, chat)
        _drop(self._keyboards, chat)

    def share(self, tell: Callable[[str], None]) -> None:
        """Tell other processes of each press that was served; ``hear`` takes what they tell."""
        self._tell = tell

    def hear(self, words: str) -> None:
        """Keep a press that another process served."""
        chat, message, data, key, at = json.loads(words)
        press = Press(data, key, datetime.fromisoformat(at))
        self._put(self._presses, (chat, message), press)

    def forget(self, chat: int) -> None:
        """Know nothing of a chat any more."""
        _drop(self._views, chat)
        _drop(self._keyboards, chat)
        _drop(self._presses, chat)
        _drop(self._vital, chat)
        _drop(self._languages, chat)

    def pressed_twice(self, chat: int, message: int, press: Press) -> bool:
        """Tell whether this is a second press, within seconds, of the button that served last.

        The same press handed over again (same ``key``) is none: its work may not be done.
        """
        last = self._presses.get((chat, message))
        if last is None or last.data != press.data or last.key == press.key:
            return False
        return abs(press.at - last.at) < _TWICE

    def served(self, chat: int, message: int, press: Press) -> None:
        """Keep a press whose work is done."""
        self._put(self._presses, (chat, message), press)
        self._tell(json.dumps([chat, message, press.data, press.key, press.at.isoformat()]))

    def _put(self, table: OrderedDict[_Key, _Value], key: _Key, value: _Value) -> None:
        table[key] = value
        table.move_to_end(key)
        if len(table) > self._most:
            table.popitem(last=False)


def _drop(table: OrderedDict[_Key, _Value], chat: int) -> None:
    for key in [key for key in table if key[0] == chat]:
        del table[key]
