"""What became of a call to Telegram, and what that makes of the delivery."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tipbot.core.model import DeliveryState


class OutcomeKind(StrEnum):
    """What is known about a send after the call ended."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    """The request provably never took effect (refused connection, no pool slot): a plain retry."""
    FLOODED = "flooded"
    """429: not sent, and everybody waits ``retry_after``."""
    FORBIDDEN = "forbidden"
    """Blocked, deactivated, chat gone: nothing more goes to this person."""
    REFUSED = "refused"
    """400: this message cannot be sent; others can."""
    MOVED = "moved"
    """The chat has a new id; not sent there yet."""
    DOUBTFUL = "doubtful"
    """Read timeout, reset or 5xx: it may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one call; ``code`` is a short fixed word for logs, never Telegram's text."""

    kind: OutcomeKind
    message_id: int | None = None
    retry_after: timedelta | None = None
    new_chat: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A delivery's next state; ``not_before`` holds for RETRY alone."""

    state: DeliveryState
    message_id: int | None = None
    not_before: datetime | None = None
    code: str = ""


MAX_ATTEMPTS = 6
"""Calls after which a delivery is FAILED whose chat has moved again, or that a topic resends."""
_SETTLED = {
    OutcomeKind.SENT: DeliveryState.SENT,
    OutcomeKind.FORBIDDEN: DeliveryState.UNREACHABLE,
    OutcomeKind.REFUSED: DeliveryState.FAILED,
}
"""Outcomes after which nothing more is tried."""
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=5)


def pause_before(attempt: int) -> timedelta:
    """Return how long to wait after the ``attempt``-th call: doubling from 2 s to 5 min."""
    doublings: int = 2 ** min(max(0, attempt - 1), 8)
    return min(_FIRST_PAUSE * doublings, _LONGEST_PAUSE)


def judge(outcome: Outcome, *, attempt: int, now: datetime, resend_doubtful: bool) -> Verdict:
    """Return the next state of a delivery whose ``attempt``-th call had this outcome.

    ``resend_doubtful`` is the topic's policy: False never risks a second copy. What never left is
    tried until it expires: a network that is away for an hour loses nothing that is still of use.
    """
    kind, code = outcome.kind, outcome.code
    if kind in _SETTLED:
        return Verdict(state=_SETTLED[kind], message_id=outcome.message_id, code=code)
    if kind is OutcomeKind.FLOODED:
        wait = outcome.retry_after or pause_before(attempt)
        return Verdict(state=DeliveryState.RETRY, not_before=now + wait, code=code)
    if kind is OutcomeKind.DOUBTFUL and not resend_doubtful:
        return Verdict(state=DeliveryState.UNKNOWN, code=code)
    if attempt >= MAX_ATTEMPTS and kind is not OutcomeKind.NOT_SENT:
        return Verdict(state=DeliveryState.FAILED, code=code)
    return Verdict(state=DeliveryState.RETRY, not_before=now + pause_before(attempt), code=code)
