"""What subscribers do: the core's own changes, through the store, as the chat makes them."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from tests.simulator.calendar import A_DAY, local_minute
from tests.simulator.network import Telegram
from tests.simulator.sent import Letter
from tipbot.core import enrolment as changes
from tipbot.core import planning, plans
from tipbot.core.enrolment import Enrolment, SettingError
from tipbot.core.model import (
    TIP_TOPICS,
    DeliveryId,
    Minute,
    Presence,
    QuietHours,
    Reaction,
    Subscriber,
    SubscriberId,
    Tap,
    Topic,
)
from tipbot.core.planning import DuePlan, PlanStep, Shelves, Snooze
from tipbot.core.presets import Preset
from tipbot.store.base import Store, StoreUnavailableError

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/St_Johns",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
QUIETS = ((1320, 480), (1320, 480), (0, 0), (0, 360), (780, 900), (1200, 660), (120, 180))
AWAKE = ((0, 0), (0, 0), (780, 900))
_GRID = tuple(range(0, 1440, 30))
Change = Callable[[Enrolment, datetime], Enrolment]
Letters = Callable[[int], list[Letter]]
"""What a person has in their chat, latest last."""


@dataclass(slots=True)
class Visitor:
    """One subscriber, who acts through whichever process takes their update."""

    who: SubscriberId
    chance: random.Random
    telegram: Telegram
    letters: Letters
    clock: Callable[[], datetime]
    eager: bool = False
    """They all want the same tips at the same moments."""
    taste: str = ""
    """What a newcomer chooses follows from it; two of one taste choose alike."""
    taps: int = 0
    busy: bool = False

    async def act(self, store: Store) -> None:
        """Do one thing; what is refused, or meets a store that is away, changes nothing.

        What somebody does is handled in turn, as the chat does it, whatever process takes it.
        """
        if self.busy:
            return
        chosen = self.chance.choices(list(ACTS), weights=list(ACTS.values()))[0]
        self.busy = True
        try:
            with suppress(SettingError, StoreUnavailableError):
                await chosen(self, store)
        finally:
            self.busy = False

    async def enrol(self, store: Store) -> None:
        """Come as a newcomer, answer both questions and get the first tip."""
        home = self.telegram.moved.get(self.who, int(self.who))
        newcomer = Subscriber(id=self.who, chat_id=home, created_at=self.clock())
        await store.enrol(newcomer)
        chooser = replace(self, chance=random.Random(self.taste))  # noqa: S311 - repeatable
        await self.revise(store, chooser.zone())
        answers = chooser.answers()
        await self.revise(
            store,
            lambda kept, now: reduce(lambda kept, change: change(kept, now), answers, kept),
        )
        await store.send_next_tip(
            self.who, self.clock(), lambda due, shelves: self.first(due, shelves, None)
        )

    def answers(self) -> list[Change]:
        """Answer what a newcomer is asked, and perhaps choose some topics for all day."""
        answers = [self.quiet()] if self.eager or self.chance.random() < 0.5 else []
        often = TIP_TOPICS[:3] if self.eager else self.chance.sample(TIP_TOPICS, self.few())
        return [*answers, self.preset(), *map(self.often, often)]

    async def revise(self, store: Store, change: Change) -> None:
        """Change settings."""
        now = self.clock()
        await store.revise(self.who, lambda kept: change(kept, now))

    def first(self, due: DuePlan, shelves: Shelves, asked: datetime | None) -> PlanStep:
        """Plan the tip that was asked for."""
        return planning.first_tip(due, shelves, self.clock(), asked)

    def zone(self) -> Change:
        """Travel."""
        zone = self.chance.choice(ZONES)
        return lambda kept, now: changes.with_zone(kept, zone, now)

    def quiet(self) -> Change:
        """Choose quiet hours."""
        start, end = self.chance.choice(AWAKE if self.eager else QUIETS)
        hours = QuietHours(Minute(start), Minute(end))
        return lambda kept, now: changes.with_quiet(kept, hours, now)

    def bed(self) -> Change:
        """Begin quiet hours at once."""
        hours = self.chance.choice((1, 3, 8))

        def change(kept: Enrolment, now: datetime) -> Enrolment:
            start = local_minute(now, kept.subscriber.zone)
            until = Minute((start + 60 * hours) % A_DAY)
            return changes.with_quiet(kept, QuietHours(Minute(start), until), now)

        return change

    def preset(self) -> Change:
        """Choose a preset."""
        preset = self.chance.choice(list(Preset))
        return lambda kept, now: changes.with_preset(kept, preset, now)

    def few(self) -> int:
        """Return how many topics they want all day long."""
        return self.chance.randint(0, 2)

    def often(self, topic: Topic) -> Change:
        """Let a topic come all day long."""
        step = 60 if self.eager else self.chance.choice((30, 60, 60, 90))
        every = plans.interval(step, 0, 1439)

        def change(kept: Enrolment, now: datetime) -> Enrolment:
            on = plans.with_topic(kept, topic, now, enabled=True)
            return plans.with_interval(on, topic, every, now)

        return change

    def setting(self) -> Change:
        """Choose something of one topic's plan, or of the person."""
        chance, topic = self.chance, self.chance.choice(list(Topic))
        count = 1 if topic is Topic.CHECK_IN else chance.randint(1, 5)
        minutes = sorted(chance.sample(_GRID, count))
        step, start = chance.choice((15, 30, 60, 90)), chance.choice(_GRID)
        end, days = chance.choice(_GRID), chance.sample(range(7), chance.randint(1, 7))
        thin, on = chance.choice((1, 2, 4)), chance.random() < 0.7
        bedtime = Minute(chance.choice((1290, 1350, 0, 60)))
        choices: list[Change] = [
            lambda kept, now: plans.with_times(kept, topic, minutes, now),
            lambda kept, now: plans.with_times(kept, topic, minutes, now),
            lambda kept, now: plans.with_interval(
                kept, topic, plans.interval(step, start, end), now
            ),
            lambda kept, now: plans.with_days(kept, topic, days, now),
            lambda kept, now: plans.with_topic(kept, topic, now, enabled=on),
            lambda kept, now: plans.with_thin(kept, topic, thin, now),
            lambda kept, now: plans.less_of(kept, topic, now),
            plans.full_pace,
            lambda kept, now: changes.with_bedtime(kept, bedtime, now),
            lambda kept, _: changes.with_silent(kept, silent=on),
        ]
        return chance.choice(choices)


async def travel(me: Visitor, store: Store) -> None:
    """Go to another zone."""
    await me.revise(store, me.zone())


async def settle(me: Visitor, store: Store) -> None:
    """Change some setting."""
    await me.revise(store, me.setting())


async def hush(me: Visitor, store: Store) -> None:
    """Change quiet hours."""
    await me.revise(store, me.quiet())


async def retire(me: Visitor, store: Store) -> None:
    """Go to bed: quiet hours begin at once."""
    await me.revise(store, me.bed())


async def choose(me: Visitor, store: Store) -> None:
    """Choose another preset."""
    await me.revise(store, me.preset())


async def pause(me: Visitor, store: Store) -> None:
    """Pause for a day, three, or until resumed."""
    days = me.chance.choice((1, 1, 3, None))
    await me.revise(store, lambda kept, now: changes.paused_for(kept, days, now))


async def resume(me: Visitor, store: Store) -> None:
    """End a pause."""
    await me.revise(store, changes.resumed)


async def stop(me: Visitor, store: Store) -> None:
    """Say /stop."""
    await me.revise(store, lambda kept, _: changes.stopped(kept))


async def come_back(me: Visitor, store: Store) -> None:
    """Say /start after a stop or a block, as a newcomer if nothing is kept."""
    me.telegram.blocked.difference_update((me.who, me.telegram.moved.get(me.who, 0)))
    person = await store.subscriber(me.who)
    if person is None:
        await me.enrol(store)
    elif person.presence is not Presence.ACTIVE:
        if me.chance.random() < 0.5:
            await me.revise(store, changes.returned)
        else:
            await store.enrol(person)


async def block(me: Visitor, store: Store) -> None:
    """Block the bot, perhaps by mistake; Telegram may say so before a send finds out."""
    me.telegram.block(me.who)
    if me.chance.random() < 0.5:
        await store.mark_unreachable(me.who)
    if me.chance.random() < 0.4:
        await unblock(me, store)


async def unblock(me: Visitor, store: Store) -> None:
    """Let the bot write again."""
    me.telegram.blocked.difference_update((me.who, me.telegram.moved.get(me.who, 0)))
    await store.mark_returned(me.who)


async def react(me: Visitor, store: Store) -> None:
    """Answer a tip that arrived."""
    letters = me.letters(me.who)
    if letters:
        which = DeliveryId(me.chance.choice(letters[-3:]).row.delivery)
        reaction = me.chance.choice((Reaction.DONE, Reaction.HELPFUL, Reaction.NOT_HELPFUL))
        await store.react(which, me.who, reaction, me.clock())


async def snooze(me: Visitor, store: Store) -> None:
    """Snooze a tip that arrived, perhaps with a double tap, and perhaps go to bed or away then."""
    letters = me.letters(me.who)
    if not letters:
        return
    which = DeliveryId(letters[-1].row.delivery)
    delivery = await store.delivery(which, me.who)
    if delivery is None or delivery.tip is None or not delivery.plan_enabled:
        return
    now = me.clock()
    until = planning.snooze_until(me.chance.choice(list(Snooze)), delivery.subscriber, now)
    for _ in range(me.chance.randint(1, 2)):
        await store.add_delivery(planning.snooze(delivery, until))
        await store.react(which, me.who, Reaction.SNOOZED, now)
    if me.chance.random() < 0.5:
        await me.chance.choice((retire, retire, hush, travel, pause, stop))(me, store)


async def log_twitch(me: Visitor, store: Store) -> None:
    """Log a twitch."""
    me.taps += 1
    await store.log_twitch(me.who, Tap(key=f"t{me.taps}", message_id=1, nonce=1, at=me.clock()))


async def ask(me: Visitor, store: Store) -> None:
    """Ask for a tip now; the same message may be handed over twice."""
    now, topic = me.clock(), me.chance.choice(TIP_TOPICS)
    person = await store.subscriber(me.who)
    if person is None or person.presence is not Presence.ACTIVE or person.paused(now):
        return
    for _ in range(me.chance.randint(1, 2)):
        await store.send_next_tip(
            me.who, now, lambda due, shelves: me.first(due, shelves, now), topic
        )


async def forget(me: Visitor, store: Store) -> None:
    """Say /delete_me."""
    await store.forget(me.who)


ACTS: dict[Callable[[Visitor, Store], Awaitable[None]], float] = {
    travel: 6,
    settle: 8,
    hush: 5,
    retire: 3,
    choose: 1,
    pause: 3,
    resume: 3,
    stop: 2,
    come_back: 6,
    block: 2,
    unblock: 2,
    react: 8,
    snooze: 16,
    log_twitch: 2,
    ask: 3,
    forget: 0.5,
}
"""What people do, and how often."""
