"""What the owner does: announces something to all or to those of one topic, and may stop it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from tipbot.core.audit import Act, Deed
from tipbot.core.model import AnnouncementId, SubscriberId, Topic
from tipbot.store.base import Store, StoreUnavailableError

OWNER = SubscriberId(7)
TOPICS = (None, None, Topic.HYDRATION, Topic.SLEEP)
"""Whom it may be for: everyone, or who gets tips on a topic."""


class Owner:
    """The owner, about one announcement; what meets a store that is away changes nothing."""

    def __init__(self, tap_key: str, topic: Topic | None, clock: Callable[[], datetime]) -> None:
        self._tap_key = tap_key
        self._topic = topic
        self._clock = clock
        self._which: AnnouncementId | None = None

    async def start(self, store: Store) -> None:
        """Write it and start it; both taps may be handed over twice."""
        with suppress(StoreUnavailableError):
            for _ in range(2):
                act = self._act(Deed.ANNOUNCED)
                which = await store.save_draft("News", self._topic, self._tap_key, act)
            self._which = which
            for _ in range(2):
                await store.start_announcement(which, 1, self._act(Deed.ANNOUNCED))

    async def stop(self, store: Store) -> None:
        """Stop it, if it was ever written."""
        if self._which is not None:
            with suppress(StoreUnavailableError):
                await store.stop_announcement(self._which, self._act(Deed.STOPPED_ANNOUNCEMENT))

    def _act(self, deed: Deed) -> Act:
        return Act(by=OWNER, name="Olga", deed=deed, at=self._clock())
