"""What the commands share: where they print, how they fail, which settings they go by."""

import typer
from rich.console import Console

from tipbot.settings import Settings, SettingsError, load_settings

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def tell(message: str) -> None:
    """Print a message to standard output at once, as it is."""
    out.print(message, markup=False, highlight=False)


def fail(message: str, *, passing: bool = False) -> typer.Exit:
    """Print one message to standard error and return the exit to raise.

    Its code is 2, or 1 for what may pass by itself: the unit in ``docs/deploy`` starts again then.
    """
    err.print(message, markup=False, highlight=False)
    return typer.Exit(code=1 if passing else 2)


def settings_or_exit() -> Settings:
    """Return the settings, or end with one message that lists every fault."""
    try:
        return load_settings()
    except SettingsError as fault:
        message = f"The settings are wrong; nothing was started.\n{fault}"
        raise fail(message) from None
