"""The numbers that the program shows of itself: all of them, at little cost, and of nobody."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tipbot.core.measures import Access, Handled
from tipbot.core.model import DeliveryState
from tipbot.core.outcomes import OutcomeKind
from tipbot.delivery.budget import Lane
from tipbot.store.base import Backlog, StoreUnavailableError
from tipbot.web.metrics import Metrics, metrics_route
from tipbot.web.server import WebServer

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BACKLOG = Backlog(waiting=7, sending=2, unknown=1, lag=timedelta(seconds=90))
Shown = dict[tuple[str, str], float]


def of(text: str) -> Shown:
    """Return each sample by its name and its labels' values."""
    return {
        (sample.name, " ".join(v for k, v in sorted(sample.labels.items()) if k != "le")): (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


class Page:
    """``/metrics`` over real HTTP."""

    def __init__(self, fresh: float = 5.0, patience: float = 5.0) -> None:
        self.metrics = Metrics(version="1.2.3", database="sqlite")
        self.away = self.silent = False
        self.looks = 0
        route = metrics_route(self.metrics, self.look, lambda: NOW, fresh, patience)
        self.server = WebServer([route])

    async def look(self, now: datetime) -> Backlog:
        assert now == NOW
        self.looks += 1
        if self.silent:
            await asyncio.Event().wait()
        if self.away:
            raise StoreUnavailableError
        return BACKLOG

    async def read(self, times: int = 1) -> str:
        await self.server.open("127.0.0.1", 0)
        url = f"http://127.0.0.1:{self.server._runner.addresses[0][1]}/metrics"
        try:
            async with aiohttp.ClientSession() as session:
                for _ in range(times):
                    async with session.get(url) as answer:
                        assert answer.status == 200
                        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0")
                        text = await answer.text()
        finally:
            await self.server.close()
        return text


def all_told(metrics: Metrics) -> None:
    metrics.called(OutcomeKind.SENT.value, 0.04)
    metrics.recorded(DeliveryState.SENT.value, 2.0)
    metrics.recorded(DeliveryState.SENT.value, None)
    metrics.expired(4)
    metrics.passed(5)
    metrics.doubted(3)
    metrics.waited(Lane.TIP.name.lower(), 0.1)
    metrics.flooded()
    metrics.handled(Handled.TAP, 0.004)
    metrics.stumbled()
    metrics.not_polled(conflict=True)
    metrics.drawn("week", 0.3, made=True)
    metrics.drawn("week", 0.3, made=False)
    metrics.stored(Access.WRITE, 0.001, done=True)
    metrics.stored(Access.READ, 5.0, done=False)


async def test_what_was_told_is_shown() -> None:
    page = Page()
    all_told(page.metrics)
    shown = of(await page.read())
    told = {
        ("tipbot_sends_total", "sent"): 1,
        ("tipbot_send_seconds_sum", ""): 0.04,
        ("tipbot_delivery_records_total", "sent"): 2,
        ("tipbot_delivery_records_total", "expired"): 4,
        ("tipbot_lateness_seconds_sum", ""): 2.0,
        ("tipbot_lateness_seconds_count", ""): 1,
        ("tipbot_plans_passed_total", ""): 5,
        ("tipbot_doubts_total", ""): 3,
        ("tipbot_pacing_wait_seconds_count", "tip"): 1,
        ("tipbot_floods_total", ""): 1,
        ("tipbot_update_seconds_count", "tap"): 1,
        ("tipbot_handler_failures_total", ""): 1,
        ("tipbot_poll_failures_total", "conflict"): 1,
        ("tipbot_render_seconds_count", "week"): 1,
        ("tipbot_render_failures_total", "week"): 1,
        ("tipbot_store_seconds_count", "write"): 1,
        ("tipbot_store_seconds_count", "read"): 0,
        ("tipbot_store_failures_total", "read"): 1,
        ("tipbot_due_lag_seconds", ""): 90,
        ("tipbot_deliveries", "waiting"): 7,
        ("tipbot_deliveries", "sending"): 2,
        ("tipbot_deliveries", "unknown"): 1,
    }
    assert {name: shown[name] for name in told} == told
    (build,) = [labels for name, labels in shown if name == "tipbot_build_info"]
    assert build.startswith("sqlite 3.")
    assert build.endswith(" 1.2.3")


async def test_what_may_happen_to_a_delivery_is_shown_before_it_ever_did() -> None:
    """An alert on what a number grows by sees nothing of what it already is when it appears."""
    shown = of(await Page().read())
    [row] = re.findall(r"\| `tipbot_delivery_records_total` .*", OPERATIONS.read_text())
    states = re.findall(r"`([a-z]+)`", row.split("deliveries:")[1])
    assert "unknown" in states
    found = {state for name, state in shown if name == "tipbot_delivery_records_total"}
    assert found == set(states)


@pytest.mark.parametrize("silent", [False, True])
async def test_a_store_that_is_away_keeps_nobody_from_the_other_numbers(*, silent: bool) -> None:
    page = Page(patience=0.05)
    page.away, page.silent = not silent, silent
    page.metrics.flooded()
    shown = of(await page.read())
    assert shown["tipbot_floods_total", ""] == 1
    assert shown["tipbot_due_lag_seconds", ""] != shown["tipbot_due_lag_seconds", ""]


@pytest.mark.parametrize(("fresh", "looks"), [(60.0, 1), (0.0, 4)])
async def test_the_store_is_asked_once_in_a_while_however_often_the_page_is(
    fresh: float, looks: int
) -> None:
    page = Page(fresh)
    await page.read(times=4)
    assert page.looks == looks


def test_no_label_can_name_anybody() -> None:
    """Labels are kinds that the program knows beforehand: none could hold an id."""
    labels = {
        label
        for family in Metrics(version="1", database="sqlite").registry.collect()
        for sample in family.samples
        for label in sample.labels
    }
    assert labels <= {
        "access", "database", "kind", "lane", "le", "outcome", "python", "reason", "state",
        "version",
    }  # fmt: skip


def test_every_lane_has_its_label() -> None:
    source = (Path(__file__).parents[2] / "tipbot/web/metrics.py").read_text()
    named = re.search(r"_LANES = \((.+)\)", source)
    assert named
    assert re.findall(r'"(\w+)"', named[1]) == [lane.name.lower() for lane in Lane]


def test_telling_costs_microseconds() -> None:
    metrics = Metrics(version="1", database="sqlite")
    best = 1.0
    for _ in range(5):
        began = perf_counter()
        for _ in range(100):
            all_told(metrics)
        best = min(best, (perf_counter() - began) / 1200)
    assert best < 50e-6, f"{best * 1e6:.1f} microseconds a call"
