"""Which groups were greeted or turned into supergroups a moment ago, so that none is greeted twice.

To Telegram a group that becomes a supergroup is a new one, which the bot joins; the two messages
that tell so come before or after that. Nothing of a group is kept on disk, so this is memory: at
worst, after a restart, a group reads the same words once more.
"""

from collections import OrderedDict

_MOST = 500
"""Groups that are remembered."""


class Groups:
    """Remembers the last groups of each kind by their ids."""

    def __init__(self) -> None:
        self._greeted: OrderedDict[int, int] = OrderedDict()
        self._grown: OrderedDict[int, int] = OrderedDict()

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


def _put(memory: OrderedDict[int, int], group: int, value: int) -> None:
    memory[group] = value
    memory.move_to_end(group)
    if len(memory) > _MOST:
        memory.popitem(last=False)
