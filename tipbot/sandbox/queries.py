"""Callback queries: asked by a tap, answered by the bot once, in time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.updates import CALLBACK_KEPT
from tipbot.sandbox.world import Clock

MAX_ANSWER = 200
"""Characters of an answer's text (core.telegram.org/bots/api#answercallbackquery)."""
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, kw_only=True)
class Query:
    """One tap on a button and, later, the bot's answer to it."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: datetime
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def as_json(self) -> Json:
        """Return the query as the control API shows it."""
        return {
            "id": self.id,
            "person_id": self.person_id,
            "message_id": self.message_id,
            "data": self.data,
            "answer": self.answer,
        }


class Queries:
    """All callback queries; an answer is taken once, within `lifetime` of the tap."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Query] = {}
        self.lifetime = CALLBACK_KEPT

    def ask(self, query: Query) -> None:
        """Remember a tap."""
        self._known[query.id] = query

    def get(self, query_id: str) -> Query | None:
        """Return a query by its id."""
        return self._known.get(query_id)

    def unanswered(self) -> list[Query]:
        """Return the taps that the bot still owes an answer, oldest first."""
        return [query for query in self._known.values() if query.answer is None]

    def answer(self, query_id: str, answer: Json) -> Query:
        """Take the bot's answer; raises 400 for a second one, a late one and an unknown id."""
        query = self._known.get(query_id)
        late = query is not None and self._clock() - query.asked_at > self.lifetime
        if query is None or late or query.answer is not None:
            refuse(_TOO_OLD)
        if len(answer.get("text", "")) > MAX_ANSWER:
            refuse("MESSAGE_TOO_LONG")
        query.answer = answer
        query.answered.set()
        return query
