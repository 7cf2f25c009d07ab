"""Replay seeds and read their stories: ``python -m tests.simulator SEED... [--plant FAULT]``."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulator.design import REAL
from tests.simulator.house import house
from tests.simulator.plants import PLANTS
from tests.simulator.story import Story, simulate


def read_out(story: Story) -> Iterator[str]:
    """Yield the trace of a seed, how often each thing happened, and what was found wrong."""
    yield f"seed {story.seed}"
    yield story.findings.story()
    yield ", ".join(f"{count} {what}" for what, count in sorted(story.findings.counts.items()))
    for each in story.wrongs:
        yield f"{each.fault.name}: {each.fault.value}\n  {each.said}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the story of each seed; return 1 if anything in them was wrong."""
    parser = argparse.ArgumentParser("tests.simulator", description=__doc__)
    parser.add_argument("seeds", metavar="SEED", type=int, nargs="+")
    parser.add_argument("--plant", choices=sorted(PLANTS), help="live with a planted fault")
    said = parser.parse_args(arguments)
    design, wrongs = PLANTS[said.plant] if said.plant else REAL, 0
    with TemporaryDirectory() as folder, house(Path(folder)) as connections:
        for seed in said.seeds:
            story = simulate(seed, connections, design)
            wrongs += len(story.wrongs)
            sys.stdout.write("\n".join(read_out(story)) + "\n")
    return min(1, wrongs)


if __name__ == "__main__":
    sys.exit(main())
