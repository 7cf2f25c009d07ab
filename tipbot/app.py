"""The composition root: builds every part and hands each what it needs."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from tipbot.bot.answered import FIRST_BATCH, Repeats
from tipbot.bot.answers import NotSentError
from tipbot.bot.application import build_application
from tipbot.bot.doubts import tell_doubts
from tipbot.bot.errors import Faults
from tipbot.bot.features.digest import read_digest
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.bot.herald import Herald
from tipbot.bot.house import House
from tipbot.bot.leading import Leader
from tipbot.bot.notices import NOTICED_EVERY, send_notices
from tipbot.clock import Clock
from tipbot.core.model import Document
from tipbot.core.planning import plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.budget import Lane
from tipbot.delivery.plan import Planner
from tipbot.delivery.retention import retention_tick
from tipbot.delivery.schedule import Tick, Ticks, delivery_ticks, in_turn
from tipbot.delivery.send import Courier, Rules
from tipbot.delivery.sender import TelegramSender
from tipbot.messages import message_for
from tipbot.parts import Parts, opened_parts
from tipbot.places import PlaceProcess
from tipbot.program.answering import Answering
from tipbot.program.half import Half
from tipbot.program.program import Program
from tipbot.program.receiving import Receiver
from tipbot.program.starting import Say
from tipbot.render.pool import RenderPool
from tipbot.settings import Settings
from tipbot.store.base import Cluster, Store
from tipbot.texts import Texts, load_texts


def documents_tick(store: Store, documents: dict[str, Document]) -> Tick:
    """Return the tick that learns of documents which an editor's archive brought in.

    None is taken away: a tip that was chosen before may cite it.
    """

    async def read() -> None:
        documents.update(await store.documents())

    return Tick("documents", 60, read)


@asynccontextmanager
async def built_program(
    settings: Settings,
    clock: Clock | None = None,
    say: Say = print,
    half: Half = Half.BOTH,
) -> AsyncIterator[Program]:
    """Build the whole bot, or half of it, over an open store; what was opened is closed on leaving.

    Without a ``clock`` it goes by the machine's, on PostgreSQL by that server's.
    Raises ``StartError`` if the token, the library or the database is not in order.
    """
    texts = load_texts()
    async with opened_parts(settings, clock, half) as parts:
        documents = dict(await parts.store.documents())
        courier, announcer = couriers(parts, texts, documents)
        async with built_house(parts, texts, _nudge(parts, courier)) as house:
            if parts.cluster is not None:
                _listen(parts.cluster, courier, house)
            leader = Leader(house, parts.unpaced, parts.pacer)
            answering = _answering(parts, house, texts)
            receiver = _receiver(parts, house, answering, say)
            try:
                yield Program(
                    settings=settings,
                    store=parts.store,
                    application=answering.application,
                    house=house,
                    courier=courier,
                    announcer=announcer,
                    ticks=ticks(
                        parts,
                        house,
                        leader,
                        courier=courier,
                        announcer=announcer,
                        documents=documents,
                    ),
                    bot=parts.bot,
                    say=say,
                    metrics=parts.metrics,
                    repeats=answering.repeats,
                    receiver=receiver,
                    stopping=receiver.stopping,
                    half=half,
                )
            finally:
                await leader.drain()


def _answering(parts: Parts, house: House, texts: Texts) -> Answering:
    hooked = parts.settings.webhook_url is not None
    faults = Faults(texts, parts.metrics)
    return Answering(
        application=build_application(parts.bot, house, faults),
        faults=faults,
        store=parts.store,
        house=house,
        repeats=Repeats(
            parts.store,
            parts.clock,
            first=None if hooked else FIRST_BATCH,
            shared=hooked and parts.cluster is not None,
            alone=hooked and parts.cluster is None,
        ),
        cluster=parts.cluster,
    )


def _receiver(parts: Parts, house: House, answering: Answering, say: Say) -> Receiver:
    return Receiver(
        settings=parts.settings,
        bot=parts.bot,
        store=parts.store,
        house=house,
        process=answering.process,
        repeats=answering.repeats,
        metrics=parts.metrics,
        say=say,
    )


def couriers(
    parts: Parts, texts: Texts, documents: Mapping[str, Document]
) -> tuple[Courier, Courier]:
    """Return who sends tips and prompts, and who sends announcements, in the lane behind."""
    rules = Rules(
        render=message_for(texts, documents),
        allow=allowed_now,
        resend_doubtful=resend_doubtful,
        after_sent=lambda sent: slow_down_if_quiet(parts.store, sent, parts.clock()),
        read=lambda due: read_digest(parts.store, due),
    )

    def on(lane: Lane) -> Courier:
        return Courier(
            parts.store,
            TelegramSender(parts.lines, NotSentError),
            rules,
            clock=parts.clock,
            pacer=parts.pacer,
            worker=f"{parts.worker}:{lane.name.lower()}",
            measures=parts.metrics,
            lane=lane,
        )

    return on(Lane.TIP), on(Lane.ANNOUNCEMENT)


@asynccontextmanager
async def built_house(
    parts: Parts, texts: Texts, nudge: Callable[[], None]
) -> AsyncIterator[House]:
    """Build what every feature may use, and the processes that draw and look up places."""
    places, pool = PlaceProcess(), RenderPool(measures=parts.metrics)
    house = House(
        store=parts.store,
        clock=parts.clock,
        texts=texts,
        places=places,
        nudge=nudge,
        renderer=pool,
        owners=parts.settings.owners,
        rate=parts.settings.rate,
    )
    try:
        yield house
    finally:
        await house.errands.close()
        await pool.close()
        await places.close()


def ticks(  # noqa: PLR0913 - each of them has a tick
    parts: Parts,
    house: House,
    leader: Leader,
    *,
    courier: Courier,
    announcer: Courier,
    documents: dict[str, Document],
) -> Ticks:
    """Return the few fixed ticks; of several processes, one runs what is to be done once."""
    store, clock, cluster = parts.store, parts.clock, parts.cluster
    planner = Planner(store, clock, plan_step, consumer=courier, measures=parts.metrics)
    herald = Herald(house, parts.unpaced, parts.pacer)
    every = (
        *delivery_ticks(planner, store, clock, parts.metrics),
        retention_tick(store, clock),
        announcement_tick(store, announcer, clock),
        documents_tick(store, documents),
        Tick("relief", 0.5, leader.tick),
        Tick("progress", 2, herald.tick),
        Tick("notices", NOTICED_EVERY, lambda: send_notices(parts.bot, house)),
        Tick("doubts", 600, lambda: tell_doubts(parts.bot, house)),
    )
    return Ticks(in_turn(each, store, clock) if cluster and each.once else each for each in every)


def _nudge(parts: Parts, courier: Courier) -> Callable[[], None]:
    """Return what tells delivery that something may be due, here or in another process."""
    cluster = parts.cluster
    if parts.half.delivers or cluster is None:
        return courier.nudge
    return lambda: cluster.tell("due")


def _listen(cluster: Cluster, courier: Courier, house: House) -> None:
    """Take in what the other processes tell: something is due, a press was served."""
    cluster.hear("due", lambda _: courier.nudge())
    cluster.hear("press", house.screen.hear)
    house.screen.share(lambda words: cluster.tell("press", words))


async def run_bot(settings: Settings, say: Say = print, half: Half = Half.BOTH) -> None:
    """Run the bot, or half of it, until SIGINT or SIGTERM, then finish what is in flight.

    Raises ``StartError`` if it cannot start.
    """
    async with built_program(settings, say=say, half=half) as program:
        stop_on_signals(program.stop)
        keep_what_is_loaded()
        sys.setswitchinterval(TURN)
        await program.serve()


TURN = 0.0005
"""Seconds after which a thread of the store lets the event loop go on. By Python's own 0.005 each
call that the loop makes on a socket while a batch is planned would wait so long."""


SEARCHES = (700, 2, 1000)
"""Objects more than before at which Python searches the newest for unused ones, how many of such
searches make a wider one, and how many of those one of all. Nearly everything is let go of without
any search, and each holds up all taps for a microsecond an object. By its own 10, 10 it looks at a
busy minute's deliveries over and over, for up to 45 ms at a time."""


def keep_what_is_loaded() -> None:
    """Let Python's search for unused memory pass over all that stands by now, and come seldom.

    Modules and texts stay until the end: without this, each full search holds every tap for about
    80 ms. There is none before either: of all that was loaded it found twenty objects to let go of.
    """
    gc.freeze()
    gc.set_threshold(*SEARCHES)


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Call ``stop`` when the operating system asks the process to end."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows has no such handlers
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
