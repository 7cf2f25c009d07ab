"""What kind of town a seed is about: drawn once, at its beginning."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.simulator.design import Design
from tipbot.delivery.plan import BATCH

CHANGES = (
    datetime(2026, 3, 7, 20, tzinfo=UTC),  # New York, St. John's
    datetime(2026, 3, 28, 20, tzinfo=UTC),  # Berlin, Troll
    datetime(2026, 4, 4, 6, tzinfo=UTC),  # Lord Howe, Auckland
    datetime(2026, 10, 3, 6, tzinfo=UTC),  # Lord Howe
    datetime(2026, 10, 24, 20, tzinfo=UTC),  # Berlin, Troll
    datetime(2026, 10, 31, 20, tzinfo=UTC),  # New York, St. John's
    datetime(2026, 2, 14, 12, tzinfo=UTC),  # Casablanca, before Ramadan
    datetime(2026, 7, 1, 12, tzinfo=UTC),  # nowhere
)
"""Days around which clocks are changed somewhere."""
RATES = (2, 5, 30, 200, 1000)
"""Messages a second."""
CROWDS = (3, 4, 5, 6, 12)
"""People where all are due together."""
CROWDED = (0.04, 0.08, 0.14)
LONG = (0.15, 0.25, 0.35, 0.5, 1.0)
"""Days that a seed lasts at most; long outages come on top."""
IN_HAND = (1, 2, 3, 10)
"""Deliveries of which a courier takes as many at most: it soon has enough of them."""
BATCHES = (1, 1, 2, 3)
"""Plans in a batch, for sweeps of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """All that does not change while a seed lasts."""

    start: datetime
    days: float
    rate: int
    processes: int
    in_step: bool
    """All processes tick at the same moments."""
    crowd: bool
    """Many people, all due at the same moments, for some hours."""
    people: int
    in_hand: int | None
    """Deliveries that a courier has in hand, as ``Courier`` takes it."""
    alike: bool
    """All chose the same when they came."""
    batch: int
    """Plans that the planner advances in one go."""
    announces: bool
    """Its owner announces things."""
    weight: int
    """How many plans each stands for, so that pauses are as long as in a large town."""

    @property
    def paced(self) -> bool:
        """Tell whether sweeps may have several batches."""
        return self.batch < BATCH


def drawn(chance: random.Random, design: Design) -> Town:
    """Draw a town."""
    crowd = chance.random() < (0.16 if design.crowd is None else design.crowd)
    days = chance.choice(CROWDED if crowd else LONG)
    batch = chance.choice(BATCHES if crowd else (*BATCHES, BATCH))
    people = chance.choice(CROWDS) if crowd else chance.randint(1, 3)
    large = BATCH * (chance.randint(1, 3) if people < 10 else 1)
    return Town(
        start=chance.choice(CHANGES) + timedelta(minutes=chance.randint(-1200, 1200)),
        days=chance.uniform(days / 2, days),
        rate=chance.choice(RATES),
        processes=design.processes or chance.choice((1, 1, 2, 3)),
        in_step=chance.random() < 0.3,
        crowd=crowd,
        people=people,
        in_hand=chance.choice(IN_HAND if crowd else (*IN_HAND, None)),
        alike=chance.random() < 0.6,
        batch=batch,
        announces=chance.random() < (0.4 if design.announces is None else design.announces),
        weight=large // batch,
    )
