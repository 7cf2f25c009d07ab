"""A connection to PostgreSQL on which statements leave together and answers are waited for late.

A thread that waits for the server gives the interpreter away and gets it back only when the event
loop lets go of it: beside a busy loop that costs more than the server does. So a statement leaves
with those that come behind it, and is waited for once somebody looks at what it returned.
https://www.postgresql.org/docs/current/libpq-pipeline-mode.html
"""

import re
import selectors
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors, pq
from psycopg.adapt import Transformer

from tipbot.store.database import PARAMETER, Params, Row, Rows

PREPARED = 128
"""Statements that a connection keeps prepared, give or take those that begin and end a transaction;
the one that was not used for longest goes first."""
_INT8, _ANY = 20, 0
"""Types of what is sent, numbers and all else: PostgreSQL finds out what a text is to be."""
_BOUNDS = (b"BEGIN", b"ROLLBACK")
"""How statements begin with which nothing else may leave: a BEGIN has to be the first of its
transaction, and a transaction that failed takes nothing but its end."""
_OUT_OF_DATE = (errors.FeatureNotSupported, errors.InvalidSqlStatementName)
"""A prepared statement outlived the table that it was made for, or the session's memory of it."""
_GOOD = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)


@lru_cache(maxsize=512)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return SQL with ``:name`` as PostgreSQL numbers it, and the names in that order."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"${names.setdefault(match[1], len(names) + 1)}"

    return PARAMETER.sub(number, sql).encode(), tuple(names)


class _Mark(Enum):
    """What the server answers with nothing to be taken."""

    SYNC = auto()
    FREED = auto()


Told = Callable[[psycopg.Error | None], None]
"""Hears that a piece of work is done, or why it is not."""
_Key = tuple[bytes, tuple[int, ...]]
"""The text of a statement and the types of what it is given."""


class _Statement:
    """A prepared statement of one connection."""

    __slots__ = ("columns", "key", "name")

    def __init__(self, name: bytes, key: _Key) -> None:
        self.name = name
        self.key = key
        self.columns: tuple[str, ...] | None = None


class Answer(Rows):
    """What a statement returns; whoever looks first waits, and gets psycopg.Error if it failed."""

    __slots__ = ("_statement", "_wire", "result")

    def __init__(self, wire: "Wire", statement: _Statement) -> None:
        super().__init__((), -1)
        self._wire: Wire | None = wire
        self._statement = statement
        self.result: pq.abc.PGresult | None = None

    @property
    def found(self) -> Sequence[Row]:
        """The rows it returned."""
        self.look()
        return self._found

    @property
    def changed(self) -> int:
        """How many rows it changed."""
        self.look()
        return self._changed

    @property
    def is_awaited(self) -> bool:
        """Whether the server has not answered yet."""
        return self._wire is not None and self.result is None

    def look(self) -> None:
        """Wait for the server, once."""
        if self._wire is not None:
            result = self.result or self._wire.wait_for(self)
            self._found = self._wire.taken(self, result, self._statement)
            self._changed = result.command_tuples or 0
            self._wire = self.result = None


class Wire:
    """A connection of its own kind; one thread at a time uses it.

    ``connection`` is in autocommit mode and is used for nothing else any more. Every method raises
    ``psycopg.OperationalError`` once the server is lost.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._server = connection.pgconn
        self._server.enter_pipeline_mode()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._server.socket, selectors.EVENT_READ)
        self._statements: OrderedDict[_Key, _Statement] = OrderedDict()
        self._made = 0
        self._expected: deque[Answer | _Statement | _Mark | Told] = deque()
        self._asked: dict[Answer, None] = {}  # whom nobody has looked at, in order
        self._failure: psycopg.Error | None = None
        self._load = Transformer(connection)
        self.since = time.monotonic()

    def is_alive(self) -> bool:
        """Tell whether the server is there, as far as is known without asking it."""
        try:
            while self._selector.select(0):
                self._server.consume_input()
        except psycopg.OperationalError:
            return False
        return self._server.status == pq.ConnStatus.OK

    def close(self) -> None:
        """Let go of the server."""
        self._selector.close()
        self._connection.close()

    def ask(self, sql: str, params: Params | None = None) -> Answer:
        """Let a statement leave with the next that is waited for, or with ``end``."""
        text, names = numbered(sql)
        values, types = _sent([params[name] for name in names] if params else ())
        statement = self._prepared(text, types)
        answer = Answer(self, statement)
        self._server.send_query_prepared(statement.name, values)
        self._expected.append(answer)
        self._asked[answer] = None
        return answer

    def wait_for(self, answer: Answer) -> pq.abc.PGresult:
        """Return what the server says to ``answer``; raise what went wrong with it or before."""
        self._server.send_flush_request()
        self._flush()
        while answer.result is None and self._failure is None:
            self._receive()
        if self._failure is not None or answer.result is None:
            raise self._failure or self._lost(None)
        return answer.result

    def end(self, statement: str, *, wait: bool) -> None:
        """Send all that was asked and ``statement``, which ends the transaction.

        With ``wait``, return once the server has done it all; raise what went wrong. Without, only
        once it has answered what was asked, and the end itself is taken for granted.
        """
        last = next(reversed(self._asked), None)
        ending = self.ask(statement)
        self._sync()
        self._flush()
        while self._failure is None and (self._expected if wait else last and last.is_awaited):
            self._receive()
        if self._failure is not None:
            raise self._failure
        del self._asked[ending]
        for answer in tuple(self._asked):
            answer.look()

    def recover(self) -> None:
        """Undo the transaction that failed; the connection is as new then."""
        self._sync()
        self._drain()
        self.ask("ROLLBACK")
        if isinstance(self._failure, _OUT_OF_DATE):
            self.ask("DEALLOCATE ALL")
            self._statements.clear()
        self._sync()
        self._drain()
        self._asked.clear()
        self._failure = None

    # --- for whoever does not wait ----------------------------------------------------------

    @property
    def socket(self) -> int:
        """What can be read from when something has come."""
        return self._server.socket

    def close_off(self, told: Told) -> None:
        """Make what was asked since the last time a piece of its own: done as a whole, or not."""
        self._server.pipeline_sync()
        self._expected.append(told)
        self._asked.clear()

    def push(self) -> bool:
        """Send without waiting; tell whether there is more to send."""
        return bool(self._server.flush())

    def take_in(self) -> None:
        """Take in what has come, without waiting."""
        self._server.consume_input()
        while self._expected and not self._server.is_busy():
            self._receive()

    # --- rows -------------------------------------------------------------------------------

    def taken(
        self, answer: Answer, result: pq.abc.PGresult, statement: _Statement
    ) -> Sequence[Row]:
        """Return the rows of an answer by their columns' names, and keep it no longer."""
        self._asked.pop(answer, None)
        if not result.ntuples:
            return ()
        names = statement.columns
        if names is None:
            names = tuple((result.fname(n) or b"").decode() for n in range(result.nfields))
            statement.columns = names
        self._load.set_pgresult(result)
        return self._load.load_rows(
            0, result.ntuples, lambda row: dict(zip(names, row, strict=True))
        )

    # --- statements -----------------------------------------------------------------------

    def _prepared(self, text: bytes, types: tuple[int, ...]) -> _Statement:
        key = (text, types)
        known = self._statements.get(key)
        if known is not None:
            self._statements.move_to_end(key)
            return known
        if len(self._statements) >= PREPARED and not text.startswith(_BOUNDS):
            self._let_go()
        self._made += 1
        made = self._statements[key] = _Statement(b"t%d" % self._made, key)
        self._server.send_prepare(made.name, text, types)
        self._expected.append(made)
        return made

    def _let_go(self) -> None:
        _, oldest = self._statements.popitem(last=False)
        self._server.send_query_params(b"DEALLOCATE " + oldest.name, None)
        self._expected.append(_Mark.FREED)

    # --- the line ---------------------------------------------------------------------------

    def _sync(self) -> None:
        self._server.pipeline_sync()
        self._expected.append(_Mark.SYNC)

    def _flush(self) -> None:
        """Send what is to be sent; take in meanwhile what comes, so that neither side is stuck."""
        while self._server.flush():
            self._selector.modify(self._server.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
            self._selector.select()
            self._server.consume_input()
            self._selector.modify(self._server.socket, selectors.EVENT_READ)

    def _drain(self) -> None:
        self._flush()
        while self._expected:
            self._receive()

    def _receive(self) -> None:
        """Take the next answer of the server."""
        while self._server.is_busy():
            self._selector.select()
            self._server.consume_input()
        result, expected = self._server.get_result(), self._expected.popleft()
        if result is None or self._server.status != pq.ConnStatus.OK:
            raise self._lost(result)
        if expected is _Mark.SYNC:
            return
        if callable(expected):
            failure, self._failure = self._failure, None
            expected(failure)
            return
        if result.status not in _GOOD:
            self._fail(result, expected)
        elif isinstance(expected, Answer):
            expected.result = result
        self._server.get_result()

    def _fail(self, result: pq.abc.PGresult, expected: object) -> None:
        """Keep the first thing that went wrong: what was sent behind it was not done."""
        if isinstance(expected, _Statement):
            self._statements.pop(expected.key, None)
        if self._failure is None and result.status != pq.ExecStatus.PIPELINE_ABORTED:
            self._failure = errors.error_from_result(result)

    def _lost(self, result: pq.abc.PGresult | None) -> psycopg.Error:
        message = "the connection is lost"
        state = result and result.error_field(pq.DiagnosticField.SQLSTATE)
        if result is not None and state:
            return errors.error_from_result(result)
        return psycopg.OperationalError(message)


def _sent(values: Sequence[Any]) -> tuple[list[bytes | None], tuple[int, ...]]:
    """Return values as they are sent, and their types."""
    sent: list[bytes | None] = []
    types = []
    for value in values:
        if isinstance(value, int):
            sent.append(b"%d" % value)
            types.append(_INT8)
        else:
            sent.append(None if value is None else _text(value))
            types.append(_ANY)
    return sent, tuple(types)


def _text(value: str) -> bytes:
    if "\0" in value:
        message = "PostgreSQL stores no text with a NUL in it"
        raise psycopg.DataError(message)
    return value.encode()
