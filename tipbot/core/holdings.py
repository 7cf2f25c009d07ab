"""What is kept of a person, in the words of an export, and for how long."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

RECORDS_KEPT = timedelta(days=90)
"""How long a delivery, its reactions and a tap are kept after their moment; /privacy says so."""
ANSWERS_KEPT = timedelta(days=2)
"""How long it is known which updates were answered: Telegram keeps one for a day."""
UPDATES_KEPT = timedelta(days=1)
"""After this an update that was never over is let go of, as Telegram itself does."""
EXPORT_EVERY = timedelta(minutes=10)
"""At most one export a person in this time: each reads and sends everything there is."""
DELETE_WITHIN = timedelta(minutes=15)
"""How long the button that removes everything can be used."""
CLOCKS_APART = timedelta(seconds=10)
"""How far the clocks of two processes may be apart before they count as different times."""


class Holding(StrEnum):
    """A kind of thing that is kept; an export has one file of each."""

    SETTINGS = "settings"
    PLANS = "plans"
    CHECK_INS = "check_ins"
    DAYS = "days"
    RELIEF = "relief"
    TREATMENTS = "treatments"
    SIGNS = "signs"
    DELIVERIES = "deliveries"
    TAPS = "taps"
    QUESTION = "question"
    ROLE = "role"
    INVITATIONS = "invitations"
    ANNOUNCEMENTS = "announcements"
    ACTS = "acts"
    TIP_REVISIONS = "tip_revisions"
    TIP_PROPOSALS = "tip_proposals"
    DRAFT = "draft"
    NOTICES = "notices"
    UPDATES = "updates"


Fact: TypeAlias = "bool | int | str | date | datetime | list[Fact] | Mapping[str, Fact] | None"
"""A value of an export; datetimes are aware and local to whoever they are about."""
Record: TypeAlias = Mapping[str, Fact]
"""One thing that is kept, by human-readable keys."""


def may_export_again(last: datetime | None, now: datetime) -> datetime | None:
    """Return the moment from which a person may export again, or None if that is now."""
    if last is None or now >= last + EXPORT_EVERY or now < last:
        return None
    return last + EXPORT_EVERY


def delete_still_offered(asked: int, now: datetime) -> bool:
    """Tell whether a button made at ``asked`` (Unix seconds) may still remove everything.

    The process that made it may have a clock a little ahead of the one that takes the tap.
    """
    age = int(now.timestamp()) - asked
    return -CLOCKS_APART.total_seconds() <= age < DELETE_WITHIN.total_seconds()
