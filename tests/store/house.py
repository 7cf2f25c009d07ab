"""People and things that the store's tests put into it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tipbot.clock import TravelClock
from tipbot.core.audit import Act, Deed
from tipbot.core.enrolment import Enrolment
from tipbot.core.library import Library
from tipbot.core.model import (
    AtTimes,
    Card,
    Citation,
    Claim,
    Claimed,
    Delivery,
    DeliveryId,
    DeliveryState,
    Document,
    Minute,
    NewDelivery,
    Plan,
    PlanId,
    Slot,
    Subscriber,
    SubscriberId,
    Tap,
    Tip,
    TipId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store.base import Store

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)

ALICE = Subscriber(id=SubscriberId(1), chat_id=1, zone="Pacific/Auckland")
BOB = Subscriber(id=SubscriberId(2), chat_id=2, zone="Europe/Berlin", language="de")
STRANGER = SubscriberId(99)

SENT = Verdict(state=DeliveryState.SENT, message_id=700)


def allow_all(_: Delivery) -> bool:
    return True


def tip(name: str, topic: Topic = Topic.HYDRATION, body: str = "Drink a little.") -> Tip:
    return Tip(
        id=TipId(name),
        title=name.title(),
        body=body,
        topic=topic,
        tags=("water", "day"),
        sources=(Citation("a.txt", "Water"),),
        claim=Claim.GENERAL,
        reviewed=TODAY,
    )


def card(name: str, shelf: str = "signs", title: str = "A card") -> Card:
    return Card(
        id=TipId(name),
        title=title,
        body="Longer reading.",
        shelf=shelf,
        tags=(),
        sources=(),
        claim=Claim.MEDICAL,
        reviewed=TODAY,
    )


LIBRARY = Library(
    documents=(Document(name="a.txt", title="An article", sections=("Water", "Sleep")),),
    tips=(tip("sip"), tip("glass"), tip("doze", Topic.SLEEP)),
    cards=(card("red-flags"),),
)


def plan(topic: Topic = Topic.HYDRATION, due: datetime | None = START) -> Plan:
    """Return a plan as settings make it: its id and owner are the store's business."""
    slot = None if due is None else Slot(due.date(), Minute(due.hour * 60 + due.minute))
    return Plan(
        id=PlanId(0),
        subscriber=SubscriberId(0),
        topic=topic,
        schedule=AtTimes((Minute(540),)),
        next_slot=slot,
        next_due_at=due,
    )


def tap(key: str = "k1", at: datetime = START, message_id: int = 10, nonce: int = 1) -> Tap:
    return Tap(key=key, message_id=message_id, nonce=nonce, at=at)


def act(person: Subscriber, deed: Deed, at: datetime = START) -> Act:
    """Return something that a person did as an owner or editor."""
    return Act(by=person.id, name=f"Name {person.id}", deed=deed, at=at)


def new_delivery(
    plan: Plan, day: int = 0, *, due: datetime = START, repeat: int = 0, tip_number: int | None = 1
) -> NewDelivery:
    return NewDelivery(
        plan=plan.id,
        subscriber=plan.subscriber,
        topic=plan.topic,
        slot=Slot(TODAY + timedelta(days=day), Minute(540)),
        repeat=repeat,
        tip_number=tip_number,
        tip_revision=None if tip_number is None else 1,
        due_at=due,
        expires_at=due + 3 * HOUR,
    )


def decide_daily(due: DuePlan, shelves: Shelves) -> PlanStep:
    """Deliver the slot that is due with the shelf's first tip, and move on by a day."""
    plan, slot, moment = due.plan, due.plan.next_slot, due.plan.next_due_at
    assert slot is not None
    assert moment is not None
    choice = shelves[plan.topic][0]
    delivery = replace(
        new_delivery(plan, due=moment, tip_number=choice.number),
        slot=slot,
        tip_revision=choice.revision,
    )
    tomorrow = moment + timedelta(days=1)
    onward = Slot(tomorrow.date(), slot.minute), tomorrow
    return PlanStep(onward=onward, bag=(*plan.bag, choice.number), delivery=delivery)


@dataclass(frozen=True, slots=True)
class House:
    """An open store with its clock, and short ways to fill it."""

    store: Store
    clock: TravelClock

    async def enrol(self, person: Subscriber, *plans: Plan) -> tuple[Plan, ...]:
        """Enrol a person with exactly these plans; return them as kept."""
        await self.store.enrol(person)
        kept = await self.store.revise(person.id, with_plans(*plans))
        assert kept is not None
        return kept.plans

    async def stock(self) -> None:
        """Put the small library in."""
        await self.store.sync_library(LIBRARY, START)

    async def alice_hydrated(self) -> Plan:
        """Enrol Alice with one plan beside a library; return the plan."""
        await self.stock()
        (kept,) = await self.enrol(ALICE, plan())
        return kept

    async def begin(self, worker: str = "w1", now: datetime = START) -> list[Delivery]:
        """Claim all that is ready and begin to send it."""
        claimed = await self.store.claim_deliveries(worker, now, 100, LEASE)
        ids = [delivery.id for delivery in claimed]
        return await self.store.begin_sending(worker, ids, now, allow_all)

    async def sent(self, new: NewDelivery) -> DeliveryId:
        """Add a delivery and send it; return its id."""
        assert await self.store.add_delivery(new)
        (going,) = await self.begin(now=new.due_at)
        await self.store.record([(going.id, SENT)], new.due_at)
        return going.id

    async def whole(self, claimed: Claimed) -> Delivery:
        """Return all that is kept of what was claimed."""
        delivery = await self.store.delivery(claimed.id, claimed.subscriber)
        assert delivery is not None
        return delivery

    async def person(self, who: SubscriberId = ALICE.id) -> Subscriber:
        """Return someone who must be there."""
        person = await self.store.subscriber(who)
        assert person is not None
        return person

    async def state(self, which: DeliveryId, who: SubscriberId = ALICE.id) -> DeliveryState:
        """Return the state of a delivery that must be there."""
        delivery = await self.store.delivery(which, who)
        assert delivery is not None
        return delivery.state


def with_plans(*plans: Plan) -> Callable[[Enrolment], Enrolment]:
    """Return a change that leaves exactly these plans."""
    return lambda enrolment: replace(enrolment, plans=plans)


def with_person(**changes: object) -> Callable[[Enrolment], Enrolment]:
    """Return a change of the person alone."""
    return lambda enrolment: replace(
        enrolment,
        subscriber=replace(enrolment.subscriber, **changes),  # type: ignore[arg-type] # by name
    )
