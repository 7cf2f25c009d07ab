"""From a due plan to a delivery: what the planner decides in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tipbot.core.model import NewDelivery, Plan, Subscriber, Topic


@dataclass(frozen=True, slots=True)
class TipChoice:
    """A published tip as the planner sees it: its row number and current revision."""

    number: int
    revision: int


Shelves = Mapping[Topic, Sequence[TipChoice]]
"""All published tips by topic, in order of their numbers."""


@dataclass(frozen=True, slots=True)
class DuePlan:
    """A plan whose moment has come, with its owner."""

    plan: Plan
    subscriber: Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What the planner decided for one due plan: how it goes on, and at most one delivery."""

    plan: Plan
    delivery: NewDelivery | None = None
    expired: int = 0
    """1 if slots passed unused because they were stale, else 0: a long outage is not counted out."""
