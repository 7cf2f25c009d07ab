"""What things are named by, each in a type of its own."""

from typing import NewType

SubscriberId = NewType("SubscriberId", int)
"""A Telegram user id; in a private chat it is the chat's id too."""
PlanId = NewType("PlanId", int)
DeliveryId = NewType("DeliveryId", int)
CheckInId = NewType("CheckInId", int)
AnnouncementId = NewType("AnnouncementId", int)
TipId = NewType("TipId", str)
"""The permanent id in a tip's file."""
