"""How much of a limit is used, and what is refused.

The server takes N messages in any one second, wherever it begins, and refuses the rest with 429 and
the seconds to wait. The same contenders as above, 40 ms away; everything counts, from the first
message on. What a refusal asks for makes the difference for whoever is refused: it is measured with
one second, the least that Telegram can ask for, and with five, a short one of those that people
report, which go from one to some thirty and more.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import product

from tests.benchmarks.sending import Contender, Limit, Measure, Road, turn
from tests.benchmarks.server import Server
from tests.benchmarks.subject import patiently
from tests.benchmarks.tables import Cell, Table, spread

ROUND_TRIP = 0.04


@dataclass(frozen=True, slots=True)
class Course:
    """How often is measured, and against what."""

    rounds: int
    limits: Sequence[Limit]


WHOLE = Course(2, (Limit(30), Limit(30, asks=5, window=20.0), Limit(1000)))
QUICK = Course(1, (Limit(1000, window=4),))
_NO_LIMIT_OF_THEIR_OWN = {"ptb", "unpaced"}
NOTE = (
    "40 ms round trip; 'asks for': the seconds of a refusal. AIORateLimiter as documented, which at"
    " N = 30 is how it comes, allows N messages in any second of its own and begins with all N at"
    " once, so it is refused, and each refusal holds all of it back; set strictly it allows one in"
    " 1/(0.97 N) s. Both repeat what was refused, which it does not by itself. Where a refusal asks"
    " for one second, AIORateLimiter uses some eight tenths of 30 all the same, so there is no more"
    " than the rest to gain; where it asks for five, a fifth. At N = 1000 httpx is what holds PTB"
    " back."
)


async def measure_limits(
    server: Server, found: dict[str, Contender], course: Course, told: Callable[[str], None]
) -> Table:
    """Let everybody who keeps a pace send to a server with a limit."""
    names = [name for name in found if name not in _NO_LIMIT_OF_THEIR_OWN]
    measured: dict[tuple[Limit, str], list[Measure]] = {}
    for number, limit in product(range(course.rounds), course.limits):
        for name in names:
            told(f"limit of {limit.messages}, {found[name].name}, round {number + 1}")
            road = Road(ROUND_TRIP, limit)
            going = partial(turn, server, found[name], road, limit.window)
            measure = await patiently(going, told)
            measured.setdefault((limit, name), []).append(measure)
    return Table(
        part="limits",
        title="What is used of N messages in any one second",
        columns=(
            "N", "asks for", "who", "% of N used", "refused (429)", "most in a second",
            "times AIORateLimiter",
        ),
        rows=tuple(
            _row(limit, found[name].name, all_of, measured[limit, names[0]])
            for (limit, name), all_of in measured.items()
        ),
        note=NOTE,
        figures={
            f"{limit.messages} {limit.asks} {name}": [*map(asdict, all_of)]
            for (limit, name), all_of in measured.items()
        },
    )  # fmt: skip


def _row(limit: Limit, name: str, all_of: list[Measure], stock: list[Measure]) -> tuple[Cell, ...]:
    ratios = [m.rate / max(other.rate, 0.01) for m, other in zip(all_of, stock, strict=True)]
    return (
        str(limit.messages),
        f"{limit.asks} s",
        name,
        spread([100 * m.rate / limit.messages for m in all_of], 1),
        spread([m.refused for m in all_of]),
        spread([m.busiest for m in all_of]),
        spread(ratios, 2),
    )
