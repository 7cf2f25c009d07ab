"""What the processes on one PostgreSQL tell each other: the pace, whose a chat is, and words.

Two connections serve it, apart from the pool, so that a long transaction holds none of it up. One
carries out short statements in turn: it holds chats by advisory locks of its session, so that they
fall free the moment its process dies. PostgreSQL ends the session of a process that hangs. The
other one listens.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from queue import SimpleQueue
from typing import TypeVar

import psycopg
import structlog
from psycopg.rows import dict_row
from psycopg.types.numeric import Int8Dumper

from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError
from tipbot.store.pace import Connection, pause, reserve
from tipbot.store.postgres import UNAVAILABLE, patient, unavailable

T = TypeVar("T")

PATIENCE = timedelta(seconds=10)
"""How long to wait for a chat that another process holds."""
_SESSION = timedelta(seconds=30)
"""A process that was silent for so long is taken for dead; ``_BEAT`` keeps a living one alive."""
_BEAT = 10.0
_LOCK_WAIT = "2s"
_FIRST_LOOK, _LONGEST_LOOK = 0.005, 0.1
_LISTENING = 0.25
"""Seconds after which the listener looks whether it is to end."""
_AWAY = 1.0
_CHANNEL = "tipbot"
_CHATS = 0x7463 << 48
"""Keeps the locks of chats apart from every other lock."""

log = structlog.get_logger(__name__)

_TRY = "SELECT pg_try_advisory_lock(%s) AS held"
_FREE = "SELECT pg_advisory_unlock(%s)"
_TELL = "SELECT pg_notify(%s, %s)"
# Places may be lost with the server, for they lie in the past when it is back; and it is
# PostgreSQL 14 that first ends idle sessions.
_SETTINGS = """
SELECT set_config(name, %(value)s, false) FROM pg_settings WHERE name = %(name)s"""


def key_of(chat: int) -> int:
    """Return the advisory lock of a chat."""
    return _CHATS | (chat & ((1 << 48) - 1))


class PostgresCluster:
    """Implements ``base.Cluster``; ``worker`` names this process to the others."""

    def __init__(self, url: str, worker: str, patience: timedelta = PATIENCE) -> None:
        """Name the database as libpq does; nothing is asked of it before ``open``."""
        self._url = patient(url)
        self._worker = worker
        self._patience = patience.total_seconds()
        self._listeners: dict[str, Callable[[str], None]] = {}
        self._closing = threading.Event()
        self._connection: Connection | None = None
        self._sessions = 0
        self._words: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._line: ThreadPoolExecutor | None = None
        self._listening: threading.Thread | None = None
        self._beating: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to listen; a database that is away is waited for in the background."""
        loop = asyncio.get_running_loop()
        self._line = ThreadPoolExecutor(1, thread_name_prefix="tipbot-cluster")
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
        line.submit(self._drop)
        await asyncio.to_thread(line.shutdown)
        await asyncio.to_thread(self._listening.join)

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take the next places of the one pace: no two callers ever get the same."""
        return await self._on_line(lambda connection: reserve(connection, wanted))

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        """Pause everybody for ``wait`` and slow down, once an incident."""
        return await self._on_line(lambda connection: pause(connection, wait, age))

    @asynccontextmanager
    async def hold(self, chat: int) -> AsyncIterator[None]:
        """Hold a chat while its update is handled: no other process holds it meanwhile."""
        key = key_of(chat)
        session = await self._taken(key)
        try:
            yield
        finally:
            if self._line is not None:
                self._line.submit(self._let_go, key, session)

    def tell(self, subject: str, words: str = "") -> None:
        """Tell the other processes something, as far as they can be reached; never waits."""
        if self._line is not None:
            self._words.put((subject, words))
            self._line.submit(self._tell_all)

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Call ``listener`` on the loop with whatever others tell under a subject."""
        self._listeners[subject] = listener

    # --- the line, on its own thread ------------------------------------------------------

    async def _on_line(self, body: Callable[[Connection], T]) -> T:
        if self._line is None:
            message = "the cluster is not open"
            raise StoreUnavailableError(message)
        return await asyncio.get_running_loop().run_in_executor(self._line, self._run, body)

    def _run(self, body: Callable[[Connection], T]) -> T:
        """Run ``body``; once more on a new connection if the old one turns out to be dead."""
        stale = self._connection is not None
        try:
            return body(self._connected())
        except UNAVAILABLE as error:
            self._drop()
            if not stale:
                raise unavailable(error) from error
        try:
            return body(self._connected())
        except UNAVAILABLE as error:
            self._drop()
            raise unavailable(error) from error

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = psycopg.connect(
                self._url, autocommit=True, row_factory=dict_row, application_name="tipbot-cluster"
            )
            connection.adapters.register_dumper(int, Int8Dumper)
            for name, value in (
                ("lock_timeout", _LOCK_WAIT),
                ("synchronous_commit", "off"),
                ("idle_session_timeout", f"{_SESSION.seconds}s"),
            ):
                connection.execute(_SETTINGS, {"name": name, "value": value})
            self._connection = connection
            self._sessions += 1
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    async def _taken(self, key: int) -> int:
        """Return the session that holds a lock, once it does."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + self._patience, _FIRST_LOOK
        while True:
            try:
                session = await self._on_line(lambda connection: self._try(connection, key))
            except asyncio.CancelledError:
                if self._line is not None:
                    self._line.submit(self._let_go, key, None)
                raise
            if session is not None:
                return session
            if loop.time() > until:
                message = "another process is busy with this chat"
                raise StoreUnavailableError(message)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_LOOK)

    def _try(self, connection: Connection, key: int) -> int | None:
        row = connection.execute(_TRY, (key,)).fetchone()
        return self._sessions if row is not None and row["held"] else None

    def _let_go(self, key: int, session: int | None) -> None:
        """Free a lock unless it went with its session; None means: if this session has it."""
        if self._connection is None or session not in {None, self._sessions}:
            return
        try:
            self._connection.execute(_FREE, (key,))
        except UNAVAILABLE:
            self._drop()

    def _tell_all(self) -> None:
        """Tell what has gathered, the same thing once."""
        words: dict[tuple[str, str], None] = {}
        while not self._words.empty():
            words[self._words.get()] = None
        if words:
            with suppress(StoreUnavailableError):
                self._run(lambda connection: _notify(connection, self._worker, tuple(words)))

    async def _beat(self) -> None:
        """Show PostgreSQL that this process, its loop included, is alive."""
        while True:
            await asyncio.sleep(_BEAT)
            with suppress(StoreUnavailableError):
                await self._on_line(lambda connection: connection.execute("SELECT 1"))

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
            while not self._closing.is_set():
                for heard in connection.notifies(timeout=_LISTENING):
                    loop.call_soon_threadsafe(self._heard, heard.payload)

    def _heard(self, payload: str) -> None:
        worker, subject, words = json.loads(payload)
        listener = self._listeners.get(subject)
        if worker != self._worker and listener is not None:
            listener(words)


def _notify(connection: Connection, worker: str, words: Sequence[tuple[str, str]]) -> None:
    for subject, said in words:
        connection.execute(_TELL, (_CHANNEL, json.dumps([worker, subject, said])))
