"""The benchmark of scale, small: what it counts must hold at any size and on any machine."""

from pathlib import Path
from statistics import median

import pytest

pytest.importorskip("sqlalchemy", reason="the job store that is measured beside needs it")

from tests.benchmarks.claims import OURS
from tests.benchmarks.scale import Size, measure, rows

SMALL = Size(
    subscribers=3000,
    models=200,
    burst=400,
    rate=1000,
    plans=1000,
    jobs=200,
    rounds=1,
    due_at_start=True,
)


async def test_a_small_crowd_loses_nothing_and_costs_less_than_jobs(tmp_path: Path) -> None:
    found = await measure(SMALL, tmp_path)
    burst = found.burst
    assert (found.loaded.subscribers, found.loaded.plans) == (3000, 12_000)
    assert (burst.due, burst.lost, burst.doubled) == (400, 0, 0)
    assert burst.sent >= burst.due
    assert max(found.start.memory.most, burst.memory.most) < 150
    assert found.start.memory.children == 0, "nothing draws before somebody asks"
    ours, jobs = (
        median(each.cpu for each in found.claims[name]) for name in (OURS[1], "job store, to disk")
    )
    assert all(each.count >= 100 for name in OURS for each in found.claims[name])
    assert ours < jobs
    assert found.idle.cpu < ours * 10
    assert len(rows(found)) > 10
