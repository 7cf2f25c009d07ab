"""Whose diary need not be looked at again today, as another twitch there can show nothing new.

The memory is a convenience: without it, after a restart, each tap is followed by a look.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from tipbot.core.model import CheckIn
from tipbot.core.signs import Where

_MOST = 10_000


@dataclass(slots=True, eq=False)
class Look:
    """One look at a diary on a local date; ``settled`` is known once it is over."""

    day: date
    diagnosed: bool
    settled: frozenset[Where] = frozenset()


class Looks:
    """Remembers the newest look at the diary of each of the last 10,000 chats that checked in."""

    def __init__(self) -> None:
        """Have looked at nothing yet."""
        self._newest: OrderedDict[int, Look] = OrderedDict()

    def begin(self, chat: int, look: Look) -> None:
        """Keep a look that begins; what an earlier one still comes to counts no more."""
        self._newest[chat] = look
        self._newest.move_to_end(chat)
        if len(self._newest) > _MOST:
            self._newest.popitem(last=False)

    def spare(self, chat: int, twitch: CheckIn, look: Look) -> bool:
        """Tell whether ``look`` would show nothing that was not looked at before ``twitch``."""
        last = self._newest.get(chat)
        return (
            last is not None
            and (last.day, last.diagnosed) == (look.day, look.diagnosed)
            and twitch.local_date == look.day
            and twitch.strength is None
            and (twitch.side, twitch.place) in last.settled
        )

    def forget(self, chat: int) -> None:
        """Know nothing of a chat any more: other entries than twitches of now may have changed."""
        self._newest.pop(chat, None)
