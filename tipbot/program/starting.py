"""What the owner is told, and what ends a program that cannot start or go on."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Tells the owner something on the console."""

NOT_ACCEPTED = (
    "Telegram does not accept the token. Copy it again from @BotFather (its command /token shows"
    " it) into TIPBOT_TOKEN."
)


class StartError(Exception):
    """The program cannot start or go on; the message says why and what to do.

    With ``passing`` it may be over soon by itself, so that whoever watches over the program should
    start it again.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        """Say ``message``."""
        super().__init__(message)
        self.passing = passing
