"""The halves of the work, which may run in processes of their own."""

from enum import StrEnum


class Half(StrEnum):
    """Which part of the work this process does."""

    BOTH = "run"
    RECEIVE = "receive"
    DELIVER = "deliver"

    @property
    def receives(self) -> bool:
        """Whether updates are taken here."""
        return self is not Half.DELIVER

    @property
    def delivers(self) -> bool:
        """Whether what falls due is sent from here."""
        return self is not Half.RECEIVE
