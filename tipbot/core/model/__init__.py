"""The values that the whole house speaks in: frozen, keyword-only, checked when they are made.

Moments are aware datetimes in UTC. A local date or a minute of the day belongs to the
subscriber's zone (an IANA name) and never stands without one.

Everybody takes them from here; each stands in the module of what it is about.
"""

from tipbot.core.model.checkins import (
    NOTE_LIMIT,
    STRENGTHS,
    CheckIn,
    CheckInKind,
    DayContext,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Tap,
    Trigger,
)
from tipbot.core.model.deliveries import (
    Claimed,
    Delivery,
    DeliveryState,
    NewDelivery,
    Notice,
    Reaction,
)
from tipbot.core.model.ids import AnnouncementId, CheckInId, DeliveryId, PlanId, SubscriberId, TipId
from tipbot.core.model.people import (
    DEFAULT_QUIET_HOURS,
    NO_QUIET_HOURS,
    Dialog,
    Presence,
    QuietHours,
    Stage,
    Subscriber,
)
from tipbot.core.model.plans import AtTimes, Every, Plan, Schedule, Slot
from tipbot.core.model.times import EVERY_DAY, FOREVER, MINUTES_A_DAY, Minute, require_aware
from tipbot.core.model.tips import (
    CORE_TOPICS,
    OFFERED_TOPICS,
    TIP_TOPICS,
    Card,
    Citation,
    Claim,
    Document,
    Tip,
    Topic,
)

__all__ = [
    "CORE_TOPICS",
    "DEFAULT_QUIET_HOURS",
    "EVERY_DAY",
    "FOREVER",
    "MINUTES_A_DAY",
    "NOTE_LIMIT",
    "NO_QUIET_HOURS",
    "OFFERED_TOPICS",
    "STRENGTHS",
    "TIP_TOPICS",
    "AnnouncementId",
    "AtTimes",
    "Card",
    "CheckIn",
    "CheckInId",
    "CheckInKind",
    "Citation",
    "Claim",
    "Claimed",
    "DayContext",
    "Delivery",
    "DeliveryId",
    "DeliveryState",
    "Dialog",
    "Document",
    "Duration",
    "Every",
    "Flag",
    "Minute",
    "NewDelivery",
    "Notice",
    "Place",
    "Plan",
    "PlanId",
    "Presence",
    "QuietHours",
    "Reaction",
    "Relief",
    "Schedule",
    "Side",
    "Slot",
    "Stage",
    "Subscriber",
    "SubscriberId",
    "Tap",
    "Tip",
    "TipId",
    "Topic",
    "Trigger",
    "require_aware",
]
