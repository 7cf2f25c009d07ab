"""What was said in groups a moment ago, so that none is greeted twice or filled with one card.

To Telegram a group that becomes a supergroup is a new one, which the bot joins; the two messages
that tell so come before or after that. Nothing of a group is kept on disk, so this is memory of one
process: at worst, after a restart, a group reads the same words once more.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TypeVar

_MOST = 500
"""Groups that are remembered."""
_ONCE_IN = timedelta(seconds=30)
"""How often a group is told the warning signs at most, whoever asks."""

_Value = TypeVar("_Value")


class Groups:
    """Remembers the last groups of each kind by their ids."""

    def __init__(self) -> None:
        self._greeted: OrderedDict[int, int] = OrderedDict()
        self._grown: OrderedDict[int, int] = OrderedDict()
        self._told: OrderedDict[int, datetime] = OrderedDict()

    def greeted(self, group: int, message_id: int) -> None:
        """Remember which message greeted a group."""
        _put(self._greeted, group, message_id)

    def grew_into(self, supergroup: int) -> int | None:
        """Remember a supergroup that was a group; return the message that greeted it, if one did.

        That is returned once: two messages tell of the change.
        """
        _put(self._grown, supergroup, 0)
        return self._greeted.pop(supergroup, None)

    def is_joined_anew(self, group: int) -> bool:
        """Tell whether a group that the bot joins is a new one and no grown one; asked once."""
        return self._grown.pop(group, None) is None

    def takes_signs(self, group: int, now: datetime) -> bool:
        """Tell whether a group may be told the warning signs; if so, count it as told now."""
        last = self._told.get(group)
        if last is not None and abs(now - last) < _ONCE_IN:
            return False
        _put(self._told, group, now)
        return True


def _put(memory: OrderedDict[int, _Value], group: int, value: _Value) -> None:
    memory[group] = value
    memory.move_to_end(group)
    if len(memory) > _MOST:
        memory.popitem(last=False)
