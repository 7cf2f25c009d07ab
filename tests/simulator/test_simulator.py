"""Whole towns live through days of faults, and a perfect oracle finds nothing wrong.

A thousand seeds run by default, with the database in memory. Longer and with it on a file, over as
many as ``TIPBOT_SEEDS`` says (10,000 unless it is set), from ``TIPBOT_FIRST_SEED`` on::

    TIPBOT_SEEDS=50000 python -m pytest -m long tests/simulator -n 2

A seed that fails names the command that replays it and prints its story.
"""

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.simulator.__main__ import main
from tests.simulator.connections import Connections
from tests.simulator.story import Story, simulate

HERE = Path(__file__).parent
SEEDS = 1000
CHUNK = 100
BUSY = {
    "sent": 400,
    "died": 100,
    "unknown": 10,
    "slots missed": 2,
    "in flight at a death": 2,
    "sweeps of three batches": 15,
    "paced sweeps": 10,
    "sweeps cut by time": 1,
    "changes between batches": 2,
    "deaths between batches": 1,
    "clocks set between batches": 1,
    "announced": 20,
    "announcement done": 5,
    "announcement stopped": 5,
    "deaths while preparing": 1,
}
"""What a chunk of seeds must have seen at least, or it would prove little."""
LONG_SEEDS = int(os.environ.get("TIPBOT_SEEDS", "10000"))
LONG_START = int(os.environ.get("TIPBOT_FIRST_SEED", "1000000"))
LONG_CHUNK = 200
JUDGES = ("oracle", "planned", "sent", "calendar", "clock", "journal", "findings")
_LINES = 120


def told(story: Story) -> str:
    """Return what is wrong with a seed, how to see it again, and the end of its story."""
    said = [f"{each.fault.name}: {each.fault.value}: {each.said}" for each in story.wrongs]
    lines = story.findings.story().splitlines()[-_LINES:]
    replay = f"to replay: python -m tests.simulator {story.seed}"
    return "\n".join([f"seed {story.seed}", *said, *lines, *said[:1], replay])


def live(seeds: Iterable[int], connections: Connections) -> Counter[str]:
    """Live through seeds; fail at the first in which something went wrong."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        story = simulate(seed, connections)
        if story.wrongs:
            pytest.fail(told(story), pytrace=False)
        counts.update(story.findings.counts)
    return counts


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_nothing_is_lost_doubled_late_or_unwanted_whatever_breaks(
    first: int, connections: Connections
) -> None:
    counts = live(range(first, first + CHUNK), connections)
    assert {what: least for what, least in BUSY.items() if counts[what] < least} == {}


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(0, LONG_SEEDS, LONG_CHUNK))
def test_nothing_is_wrong_in_a_long_run_either(first: int, on_file: Connections) -> None:
    last = min(first + LONG_CHUNK, LONG_SEEDS)
    assert live(range(LONG_START + first, LONG_START + last), on_file)["sent"] > last - first


def test_a_seed_makes_the_same_story_in_memory_and_on_a_file(
    connections: Connections, on_file: Connections
) -> None:
    for seed in range(3000, 3010):
        stories = {simulate(seed, each).findings.story() for each in (connections, on_file)}
        assert len(stories) == 1, seed


def test_a_seed_makes_the_same_story_in_any_process(capsys: pytest.CaptureFixture[str]) -> None:
    seeds = [str(seed) for seed in range(3000, 3005)]
    stories = set()
    for _ in range(2):
        assert main(seeds) == 0
        stories.add(capsys.readouterr().out)
    for salt in ("1", "2"):
        ran = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "tests.simulator", *seeds],
            env={**os.environ, "PYTHONHASHSEED": salt},
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
        stories.add(ran.stdout)
    assert len(stories) == 1


def test_the_oracle_shares_no_code_with_what_it_judges() -> None:
    for name in JUDGES:
        nodes = list(ast.walk(ast.parse((HERE / f"{name}.py").read_text("utf-8"))))
        sources = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        sources += [
            each.name for node in nodes if isinstance(node, ast.Import) for each in node.names
        ]
        assert [source for source in sources if source.startswith("tipbot")] == [], name


def test_a_replay_tells_the_story_and_names_what_was_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["0", "--plant", "record-before-send"]) == 1
    said = capsys.readouterr().out
    assert "UNPROVEN: recorded as sent, and never arrived" in said
