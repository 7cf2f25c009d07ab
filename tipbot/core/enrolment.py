"""A subscriber together with all of their plans, and the pure changes that settings make to it."""

from dataclasses import dataclass

from tipbot.core.model import Plan, Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A subscriber with all of their plans, the unit that settings change."""

    subscriber: Subscriber
    plans: tuple[Plan, ...] = ()
