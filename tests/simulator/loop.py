"""Virtual time: an event loop whose clock moves only while everybody waits."""

import asyncio
import selectors


class _PassingSelector(selectors.SelectSelector):
    """Never asks the operating system and never waits: the time of the loop passes instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            message = "everybody waits, and nothing is to come"
            raise RuntimeError(message)
        self.now += max(0.0, timeout)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop on a clock of its own; the same callbacks always run in the same order."""

    def __init__(self) -> None:
        self._passing = _PassingSelector()
        super().__init__(self._passing)

    def time(self) -> float:
        """Return the virtual time in seconds."""
        return self._passing.now

    def leap(self, seconds: float) -> None:
        """Let time pass at once, as if all had slept: every timer has as long to go as before."""
        self._passing.now += seconds
        for timer in vars(self)["_scheduled"]:
            timer._when += seconds

    def _write_to_self(self) -> None:
        """Do nothing: there is one thread, and it is awake."""
