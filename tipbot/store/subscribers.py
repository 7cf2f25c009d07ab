"""People, their settings and their plans."""

from collections.abc import Callable
from dataclasses import replace

from tipbot.core.enrolment import Enrolment
from tipbot.core.model import Plan, PlanId, Presence, Subscriber, SubscriberId, Topic
from tipbot.store import rows
from tipbot.store.database import Transaction, one
from tipbot.store.records import Records, be_away, be_back, be_blocked, lock, locked

_ONE = "SELECT * FROM subscribers WHERE subscriber_id = :who"
_PLANS = "SELECT * FROM plans WHERE subscriber_id = :who"
_PLANS_LOCKED = "SELECT * FROM plans WHERE subscriber_id = :who FOR UPDATE"

_INSERT = """
INSERT INTO subscribers (
    subscriber_id, chat_id, language, zone, stage, presence, quiet_start, quiet_end, bedtime,
    silent, paused_until, unanswered, diagnosed, pad_message_id, created_at
) VALUES (
    :subscriber_id, :chat_id, :language, :zone, :stage, :presence, :quiet_start, :quiet_end,
    :bedtime, :silent, :paused_until, :unanswered, :diagnosed, :pad_message_id,
    :created_at
) ON CONFLICT (subscriber_id) DO UPDATE SET chat_id = subscribers.chat_id
RETURNING *"""

_UPDATE = """
UPDATE subscribers SET
    chat_id = :chat_id, language = :language, zone = :zone, stage = :stage, presence = :presence,
    quiet_start = :quiet_start, quiet_end = :quiet_end, bedtime = :bedtime, silent = :silent,
    paused_until = :paused_until, unanswered = :unanswered, diagnosed = :diagnosed,
    pad_message_id = :pad_message_id, created_at = :created_at
WHERE subscriber_id = :subscriber_id"""

_INSERT_PLAN = """
INSERT INTO plans (
    subscriber_id, topic, schedule, days, enabled, thin, next_date, next_minute, next_due_at,
    wake_at, bag
) VALUES (
    :subscriber_id, :topic, :schedule, :days, :enabled, :thin, :next_date, :next_minute,
    :next_due_at, :wake_at, :bag
) RETURNING plan_id"""

_UPDATE_PLAN = """
UPDATE plans SET
    schedule = :schedule, days = :days, enabled = :enabled, thin = :thin, next_date = :next_date,
    next_minute = :next_minute, next_due_at = :next_due_at, wake_at = :wake_at, bag = :bag
WHERE plan_id = :plan_id"""

_DELETE_PLAN = "DELETE FROM plans WHERE plan_id = :plan_id"

_MOVE = "UPDATE subscribers SET chat_id = :new WHERE chat_id = :old"

_RANK = {topic: rank for rank, topic in enumerate(Topic)}


class SubscriberRecords(Records):
    """Implements ``base.Subscribers``."""

    async def subscriber(self, who: SubscriberId) -> Subscriber | None:
        """Return the person, or None."""
        return await self._database.read(lambda tx: _person(tx, who))

    async def enrolment(self, who: SubscriberId) -> Enrolment | None:
        """Return the person with their plans in order of topic, or None."""

        def body(tx: Transaction) -> Enrolment | None:
            person = _person(tx, who)
            if person is None:
                return None
            return Enrolment(subscriber=person, plans=_plans(tx, who))

        return await self._database.read(body)

    async def enrol(self, newcomer: Subscriber) -> Subscriber:
        """Keep a newcomer; return the one already kept if there is one, made ACTIVE."""
        params = rows.subscriber_params(newcomer)

        def body(tx: Transaction) -> Subscriber:
            kept = rows.subscriber(one(tx.execute(_INSERT, params)))
            if kept.presence is not Presence.ACTIVE:
                be_back(tx, kept.id, self._clock)
            return replace(kept, presence=Presence.ACTIVE)

        return await self._database.write(body)

    async def revise(
        self, who: SubscriberId, change: Callable[[Enrolment], Enrolment]
    ) -> Enrolment | None:
        """Apply a pure change to one person and their plans."""

        def body(tx: Transaction) -> Enrolment | None:
            person = locked(tx, who)
            if person is None:
                return None
            before = Enrolment(subscriber=person, plans=_plans(tx, who, _PLANS_LOCKED))
            return self._replace(tx, before, change(before))

        return await self._database.write(body)

    async def mark_unreachable(self, who: SubscriberId) -> None:
        """Make someone BLOCKED and end their waiting deliveries as unreachable."""

        def body(tx: Transaction) -> None:
            lock(tx, who)
            be_blocked(tx, (who,), self._clock())

        await self._database.write(body)

    async def mark_returned(self, who: SubscriberId) -> bool:
        """Make a BLOCKED person ACTIVE; False if they were not blocked."""

        def body(tx: Transaction) -> bool:
            person = locked(tx, who)
            if person is None or person.presence is not Presence.BLOCKED:
                return False
            be_back(tx, who, self._clock)
            return True

        return await self._database.write(body)

    async def move_chat(self, old_chat: int, new_chat: int) -> None:
        """Follow a chat that Telegram gave a new id."""
        moved = {"old": old_chat, "new": new_chat}
        await self._database.write(lambda tx: tx.execute(_MOVE, moved))

    def _replace(self, tx: Transaction, before: Enrolment, after: Enrolment) -> Enrolment:
        person = after.subscriber
        wanted = {plan.topic: plan for plan in after.plans}
        if person.id != before.subscriber.id or len(wanted) != len(after.plans):
            message = "a change keeps the person's id and at most one plan a topic"
            raise ValueError(message)
        tx.execute(_UPDATE, rows.subscriber_params(person))
        if person.presence is not before.subscriber.presence:
            self._greet(tx, person)
        kept = {plan.topic: plan for plan in before.plans}
        gone = [{"plan_id": kept[topic].id} for topic in kept.keys() - wanted.keys()]
        if gone:
            tx.executemany(_DELETE_PLAN, gone)
        plans = [_write_plan(tx, plan, kept.get(plan.topic), person) for plan in after.plans]
        return Enrolment(subscriber=person, plans=_sorted(plans))

    def _greet(self, tx: Transaction, person: Subscriber) -> None:
        """Let the planner see or lose sight of someone's plans as their presence says."""
        if person.presence is Presence.ACTIVE:
            be_back(tx, person.id, self._clock)
        else:
            be_away(tx, person.id, person.presence, self._clock())


def _person(tx: Transaction, who: SubscriberId) -> Subscriber | None:
    row = tx.execute(_ONE, {"who": who}).first()
    return None if row is None else rows.subscriber(row)


def _plans(tx: Transaction, who: SubscriberId, sql: str = _PLANS) -> tuple[Plan, ...]:
    return _sorted([rows.plan(row) for row in tx.execute(sql, {"who": who})])


def _sorted(plans: list[Plan]) -> tuple[Plan, ...]:
    return tuple(sorted(plans, key=lambda plan: _RANK[plan.topic]))


def _write_plan(tx: Transaction, plan: Plan, kept: Plan | None, owner: Subscriber) -> Plan:
    """Insert a plan or overwrite the one of its topic; return it with its true id and owner."""
    true = replace(plan, id=kept.id if kept else PlanId(0), subscriber=owner.id)
    params = rows.plan_params(true, owner.presence)
    if kept is not None:
        tx.execute(_UPDATE_PLAN, params)
        return true
    return replace(true, id=PlanId(one(tx.execute(_INSERT_PLAN, params))["plan_id"]))
