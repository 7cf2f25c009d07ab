"""What ``/metrics`` shows, for Prometheus: numbers by kind, and nothing of anybody.

Every family of numbers is made in ``Metrics`` and explained in docs/operations.md; a test holds the
two together.
"""

import asyncio
import platform
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from time import monotonic

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from tipbot.core.measures import Access, Handled
from tipbot.core.model import DeliveryState
from tipbot.core.outcomes import OutcomeKind
from tipbot.store.base import Backlog, StoreUnavailableError
from tipbot.web.server import PATIENCE

FRESH = 5.0
"""Seconds for which a look at the queue serves everybody who asks."""

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SLOW = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_LATE = (1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0)
_BECAME = frozenset(DeliveryState) - {
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
}
_LANES = ("reply", "tip", "announcement")


class Metrics:
    """Implements ``core.measures.Measures`` on a registry of its own.

    What is counted for every message keeps its labels' numbers at hand: to look one up is what
    costs most.
    """

    def __init__(self, *, version: str, database: str) -> None:
        """Count from zero; ``database`` is its kind."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._describe(version, database)
        self._count_deliveries()
        self._count_chat()
        self._count_parts()

    def _describe(self, version: str, database: str) -> None:
        build = self._gauge("build_info", "What is running", "version", "python", "database")
        build.labels(version, platform.python_version(), database).set(1)
        self.lag = self._gauge("due_lag_seconds", "How long the oldest due thing has waited")
        self.queue = self._gauge("deliveries", "Deliveries that are not over", "state")

    def _count_deliveries(self) -> None:
        self._calls = cache(
            self._counter("sends", "Calls that send a delivery, by outcome", "outcome").labels
        )
        self._call_time = self._histogram("send_seconds", "Time of a call that sends", _QUICK)
        self._records = cache(
            self._counter("delivery_records", "Deliveries by new state", "state").labels
        )
        self._late = self._histogram("lateness_seconds", "From due to sent", _LATE)
        self._passed = self._counter("plans_passed", "Due plans of which moments passed unused")
        self._doubts = self._counter("doubts", "Deliveries whose call nobody saw the end of")
        self._waits = cache(
            self._histogram("pacing_wait_seconds", "Wait for a turn", _SLOW, "lane").labels
        )
        self._floods = self._counter("floods", "Answers 429 from Telegram")
        for kind in OutcomeKind:
            self._calls(kind.value)
        for state in _BECAME:
            self._records(state.value)
        for lane in _LANES:
            self._waits(lane)

    def _count_chat(self) -> None:
        self._updates = cache(
            self._histogram(
                "update_seconds", "From an update's arrival to its end", _QUICK, "kind"
            ).labels
        )
        self._failures = self._counter("handler_failures", "Handlers that failed unexpectedly")
        self._polls = self._counter("poll_failures", "Failed calls for updates", "reason")
        for kind in Handled:
            self._updates(kind.value)
        for reason in ("conflict", "other"):
            self._polls.labels(reason)

    def _count_parts(self) -> None:
        self._draws = self._histogram("render_seconds", "Time of a drawing", _SLOW, "kind")
        self._no_draws = self._counter("render_failures", "Drawings that were not made", "kind")
        self._stores = cache(
            self._histogram("store_seconds", "Time of a transaction", _QUICK, "access").labels
        )
        self._no_stores = self._counter("store_failures", "Transactions refused", "access")
        for access in Access:
            self._stores(access.value)
            self._no_stores.labels(access.value)

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"tipbot_{name}", what, labels, registry=self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"tipbot_{name}", what, labels, registry=self.registry)

    def _histogram(
        self, name: str, what: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(f"tipbot_{name}", what, labels, buckets=buckets, registry=self.registry)

    def called(self, outcome: str, seconds: float) -> None:
        """Count a call and its time."""
        self._calls(outcome).inc()
        self._call_time.observe(seconds)

    def recorded(self, state: str, late: float | None) -> None:
        """Count a record, and how late a delivery was that came, if it had its own moment."""
        self._records(state).inc()
        if state == DeliveryState.SENT and late is not None:
            self._late.observe(max(0.0, late))

    def expired(self, count: int) -> None:
        """Count deliveries that were never sent."""
        self._records(DeliveryState.EXPIRED.value).inc(count)

    def passed(self, count: int) -> None:
        """Count plans of which moments passed unused."""
        self._passed.inc(count)

    def doubted(self, count: int) -> None:
        """Count deliveries that a dead process left behind."""
        self._doubts.inc(count)

    def waited(self, lane: str, seconds: float) -> None:
        """Observe a wait for a turn."""
        self._waits(lane).observe(seconds)

    def flooded(self) -> None:
        """Count a 429."""
        self._floods.inc()

    def handled(self, kind: Handled, seconds: float) -> None:
        """Observe how long an update took."""
        self._updates(kind.value).observe(seconds)

    def stumbled(self) -> None:
        """Count a handler's failure."""
        self._failures.inc()

    def not_polled(self, *, conflict: bool) -> None:
        """Count a failed call for updates."""
        self._polls.labels("conflict" if conflict else "other").inc()

    def drawn(self, kind: str, seconds: float, *, made: bool) -> None:
        """Observe a drawing, or count that there is none."""
        if made:
            self._draws.labels(kind).observe(seconds)
        else:
            self._no_draws.labels(kind).inc()

    def stored(self, access: Access, seconds: float, *, done: bool) -> None:
        """Observe a transaction, or count that it was refused."""
        if done:
            self._stores(access.value).observe(seconds)
        else:
            self._no_stores.labels(access.value).inc()

    def show(self, backlog: Backlog | None) -> None:
        """Take over how the queue stands; what cannot be known is shown as no number."""
        nothing = float("nan")
        self.lag.set(nothing if backlog is None else backlog.lag.total_seconds())
        for state in ("waiting", "sending", "unknown"):
            self.queue.labels(state).set(nothing if backlog is None else getattr(backlog, state))


Look = Callable[[datetime], Awaitable[Backlog]]
"""``store.base.Watched.backlog``."""


def metrics_route(
    metrics: Metrics,
    look: Look,
    clock: Callable[[], datetime],
    fresh: float = FRESH,
    patience: float = PATIENCE,
) -> web.RouteDef:
    """Return ``/metrics``; however often it is asked, the store is asked once in ``fresh`` seconds.

    A store that is away, or silent for ``patience`` seconds, keeps nobody from the other numbers.
    """
    until = 0.0

    async def show(_: web.Request) -> web.Response:
        nonlocal until
        if monotonic() >= until:
            until = monotonic() + fresh
            try:
                async with asyncio.timeout(patience):
                    metrics.show(await look(clock()))
            except (StoreUnavailableError, TimeoutError):
                metrics.show(None)
        body = generate_latest(metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return web.get("/metrics", show)
