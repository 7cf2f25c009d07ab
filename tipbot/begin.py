"""The way into the program: quiet for whoever ends it before its commands are loaded."""

import signal


def main() -> None:
    """Load the commands and run what was typed.

    Until they are loaded, SIGINT ends the process at once, as SIGTERM does: nothing was begun that
    could be finished. Where whoever started it has SIGINT ignored, it stays so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tipbot.cli import main as run  # noqa: PLC0415 - takes half of the start

    run()
