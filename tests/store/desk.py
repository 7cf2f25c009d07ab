"""Editors at work on the small library of the store's tests."""

from dataclasses import dataclass, replace
from datetime import datetime

from tests.store.house import ALICE, BOB, START, House
from tipbot.core.audit import Act, Deed
from tipbot.core.changes import TipChange
from tipbot.core.entries import Entry
from tipbot.core.model import Subscriber, SubscriberId, TipId
from tipbot.core.proposals import Overtaken, Proposal, Saved, Waiting
from tipbot.core.revisions import Revision, TipNumber
from tipbot.core.shelf import TipPage

EDDA, EMIL = ALICE, BOB
OWEN = replace(ALICE, id=SubscriberId(50), chat_id=50)


def by(person: Subscriber, at: datetime = START) -> Act:
    """Return what a handler hands over; the store says what it came to."""
    return Act(by=person.id, name=f"Name {person.id}", deed=Deed.JOINED, at=at)


@dataclass(frozen=True, slots=True)
class Desk:
    """The editors' side of a stocked house."""

    house: House

    async def number(self, name: str = "sip") -> TipNumber:
        found = await self.house.store.tip_number(TipId(name))
        assert found is not None
        return found

    async def page(self, name: str = "sip") -> TipPage:
        found = await self.house.store.tip_page(await self.number(name))
        assert found is not None
        return found

    async def seen(self, name: str = "sip") -> Revision:
        return (await self.page(name)).current

    async def saved(self, change: TipChange, person: Subscriber = EDDA) -> Revision:
        """Make a change that nobody else has to approve."""
        done = await self.house.store.change_tip(change, by(person, self.house.clock()), 0)
        assert isinstance(done, Saved)
        return done.revision

    async def proposed(self, change: TipChange, person: Subscriber = EDDA) -> Proposal:
        """Propose a change that somebody else has to approve."""
        done = await self.house.store.change_tip(change, by(person, self.house.clock()), 1)
        assert isinstance(done, Waiting)
        return done.proposal

    async def overtaken(self, change: TipChange, person: Subscriber = EMIL) -> Revision:
        done = await self.house.store.change_tip(change, by(person, self.house.clock()), 0)
        assert isinstance(done, Overtaken)
        return done.current

    async def drafted(self, entry: Entry, person: Subscriber = EDDA) -> Revision:
        made = await self.house.store.add_tip(entry, by(person, self.house.clock()))
        assert made is not None
        return made

    async def log(self) -> list[tuple[str, str, str]]:
        """Return the log of acts, oldest first: deed, thing, detail."""
        found = await self.house.store.acts(None, 100)
        return [(entry.deed, entry.thing, entry.detail) for entry in reversed(found)]
