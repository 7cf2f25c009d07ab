"""How long a call to the Bot API may take, part by part."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds allowed, None for any; meaning and defaults are those of PTB's own class."""

    read: float | None = 5.0
    write: float | None = 5.0
    connect: float | None = 5.0
    pool: float | None = 1.0
    media_write: float | None = 20.0
    """In place of ``write`` when files are uploaded."""

    @property
    def exchange(self) -> float | None:
        """Seconds from the first byte written to the last one read."""
        return total(self.write, self.read)


def total(*seconds: float | None) -> float | None:
    """Add up what is allowed for each part; None if any part may take as long as it likes."""
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None
