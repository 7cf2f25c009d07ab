"""What the processes on one PostgreSQL tell each other: the pace, whose a chat is, and words.

Two connections serve it, apart from the pool, so that a long transaction holds none of it up. On
one the event loop sends short statements: it holds chats by advisory locks of its session, so that
they fall free the moment its process dies. PostgreSQL ends the session of a process that hangs. The
other one listens.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import psycopg
import structlog
from psycopg.rows import TupleRow

from tipbot.clock import CommonClock
from tipbot.store import columns
from tipbot.store.answered import KNOWN
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError
from tipbot.store.database import Row, one
from tipbot.store.loopwire import LoopWire, Said
from tipbot.store.pace import NOW, Statement, pausing, places, reserving
from tipbot.store.postgres import UNAVAILABLE, patient
from tipbot.store.wire import Wire

PATIENCE = timedelta(seconds=10)
"""How long to wait for a chat that another process holds."""
_SESSION = timedelta(seconds=30)
"""A process that was silent for so long is taken for dead; ``_BEAT`` keeps a living one alive."""
_BEAT = 5.0
_LOCK_WAIT = "2s"
_FIRST_LOOK, _LONGEST_LOOK = 0.005, 0.1
_LISTENING = 0.25
"""Seconds after which the listener looks whether it is to end."""
_AWAY = 1.0
_CHANNEL = "tipbot"
_CHATS = 0x7463 << 48
"""Keeps the locks of chats apart from every other lock."""

log = structlog.get_logger(__name__)

_TRY = "SELECT pg_try_advisory_lock(:key) AS held"
_FREE = "SELECT pg_advisory_unlock(:key)"
_TELL = "SELECT pg_notify(:channel, :words)"
# Places may be lost with the server, for they lie in the past when it is back; and it is
# PostgreSQL 14 that first ends idle sessions.
_SETTINGS = """
SELECT set_config(name, %(value)s, false) FROM pg_settings WHERE name = %(name)s"""


def key_of(chat: int) -> int:
    """Return the advisory lock of a chat."""
    return _CHATS | (chat & ((1 << 48) - 1))


class PostgresCluster:
    """Implements ``base.Cluster``; ``worker`` names this process to the others."""

    def __init__(
        self, url: str, worker: str, clock: CommonClock, patience: timedelta = PATIENCE
    ) -> None:
        """Name the database as libpq does; nothing is asked of it before ``open``.

        ``clock`` is set by the database's, again and again.
        """
        self._url = patient(url)
        self._worker = worker
        self._clock = clock
        self._patience = patience.total_seconds()
        self._listeners: dict[str, Callable[[str], None]] = {}
        self._closing = threading.Event()
        self._words: dict[tuple[str, str], None] = {}
        self._telling: asyncio.Task[None] | None = None
        self._line: LoopWire | None = None
        self._listening: threading.Thread | None = None
        self._beating: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to listen; a database that is away is waited for in the background."""
        loop = asyncio.get_running_loop()
        self._line = LoopWire(self._connect)
        self._listening = threading.Thread(
            target=self._listen, args=(loop,), name="tipbot-listener", daemon=True
        )
        self._listening.start()
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        """Let go of everything."""
        if self._line is None or self._listening is None or self._beating is None:
            return
        line, self._line = self._line, None
        self._beating.cancel()
        self._closing.set()
        if self._telling is not None:
            await asyncio.wait((self._telling,))
        await line.close()
        await asyncio.to_thread(self._listening.join)

    async def set_clock(self) -> None:
        """Set this process's clock by the database's."""
        await self._dated((NOW, {}))

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take the next places of the one pace: no two callers ever get the same."""
        return places(await self._dated(reserving(wanted)))

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        """Pause everybody for ``wait`` and slow down, once an incident."""
        return places(await self._dated(*pausing(wait, age)))

    async def _dated(self, *statements: Statement) -> Row | None:
        """Return the row that the last statement gives, which says how late it is there."""
        asked = self._clock.counter()
        row = (await self._on_line(*statements)).answers[-1].first()
        if row is not None:
            self._clock.showed(columns.moment(row["now"]), asked)
        return row

    @asynccontextmanager
    async def hold(self, chat: int, update: int | None = None) -> AsyncIterator[bool | None]:
        """Hold a chat while its update is handled: no other process holds it meanwhile.

        Tells whether ``update`` was answered, None if it was not asked for.
        """
        key = key_of(chat)
        session, known = await self._taken(key, update)
        try:
            yield known
        finally:
            self._let_go(key, session)

    def tell(self, subject: str, words: str = "") -> None:
        """Tell the other processes something, as far as they can be reached; never waits."""
        if self._line is not None:
            self._words[subject, words] = None
            if self._telling is None:
                self._telling = asyncio.create_task(self._tell_all(self._line))

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Call ``listener`` on the loop with whatever others tell under a subject."""
        self._listeners[subject] = listener

    # --- the line ---------------------------------------------------------------------------

    async def _on_line(self, *statements: Statement) -> Said:
        if self._line is None:
            message = "the cluster is not open"
            raise StoreUnavailableError(message)
        return await self._line.ask(*statements)

    def _connect(self) -> psycopg.Connection[TupleRow]:
        connection = psycopg.connect(self._url, autocommit=True, application_name="tipbot-cluster")
        try:
            for name, value in (
                ("lock_timeout", _LOCK_WAIT),
                ("synchronous_commit", "off"),
                ("default_transaction_isolation", "read committed"),
                ("idle_session_timeout", f"{_SESSION.seconds}s"),
            ):
                connection.execute(_SETTINGS, {"name": name, "value": value})
        except BaseException:
            connection.close()
            raise
        return connection

    async def _taken(self, key: int, update: int | None) -> tuple[Wire, bool | None]:
        """Return the session that holds a lock, once it does, and whether an update was answered.

        The look goes with each try, as a statement behind it: it sees what was committed before
        whoever had the lock let go of it.
        """
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + self._patience, _FIRST_LOOK
        look: list[Statement] = [] if update is None else [(KNOWN, {"key": update})]
        while True:
            try:
                said = await self._on_line((_TRY, {"key": key}), *look)
            except asyncio.CancelledError:
                self._let_go(key, None)
                raise
            if one(said.answers[0])["held"]:
                return said.wire, said.answers[1].first() is not None if look else None
            if loop.time() > until:
                message = "another process is busy with this chat"
                raise StoreUnavailableError(message)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_LOOK)

    def _let_go(self, key: int, session: Wire | None) -> None:
        """Free a lock unless it went with its session; None means: if this session has it."""
        if self._line is not None:
            self._line.put(session, (_FREE, {"key": key}))

    async def _tell_all(self, line: LoopWire) -> None:
        """Tell what has gathered, the same thing once."""
        try:
            while self._words:
                words, self._words = self._words, {}
                with suppress(StoreUnavailableError):
                    await line.ask(*(self._telling_of(*each) for each in words))
        finally:
            self._telling = None

    def _telling_of(self, subject: str, said: str) -> Statement:
        words = json.dumps([self._worker, subject, said])
        return _TELL, {"channel": _CHANNEL, "words": words}

    async def _beat(self) -> None:
        """Show PostgreSQL that this process, its loop included, is alive; learn how late it is."""
        while True:
            await asyncio.sleep(_BEAT)
            with suppress(StoreUnavailableError):
                await self.set_clock()

    # --- the listener, on its own thread --------------------------------------------------

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._closing.is_set():
            try:
                self._listen_on_one_connection(loop)
            except UNAVAILABLE as error:
                log.warning("listening_put_off", kind=type(error).__name__)
                self._closing.wait(_AWAY)

    def _listen_on_one_connection(self, loop: asyncio.AbstractEventLoop) -> None:
        with psycopg.connect(
            self._url, autocommit=True, application_name="tipbot-listener"
        ) as connection:
            connection.execute(f"LISTEN {_CHANNEL}")
            own = f"[{json.dumps(self._worker)},"
            while not self._closing.is_set():
                for heard in connection.notifies(timeout=_LISTENING):
                    if not heard.payload.startswith(own):
                        loop.call_soon_threadsafe(self._heard, heard.payload)

    def _heard(self, payload: str) -> None:
        worker, subject, words = json.loads(payload)
        listener = self._listeners.get(subject)
        if worker != self._worker and listener is not None:
            listener(words)
