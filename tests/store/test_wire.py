"""Statements that leave together, and answers that are looked at late."""

import gc
from collections.abc import Iterator

import psycopg
import pytest

from tests.store.wired import wired
from tipbot.store.wire import PREPARED, Answer, Wire, numbered

COUNT = "SELECT count(*) AS n FROM counters"
TURN = "UPDATE counters SET value = value + 1 WHERE name = :name RETURNING value"


@pytest.fixture
def wire(empty_postgres: str) -> Iterator[Wire]:
    with wired(empty_postgres) as wire:
        wire.ask("CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)")
        wire.ask("INSERT INTO counters VALUES ('a', 0), ('b', 0)")
        wire.end("SELECT 1", wait=True)
        yield wire


def test_parameters_are_numbered_in_the_order_of_their_coming() -> None:
    sql = "a = :two AND b LIKE '5%' AND c = :one::bigint AND d = :two"
    assert numbered(sql) == (
        b"a = $1 AND b LIKE '5%' AND c = $2::bigint AND d = $1",
        ("two", "one"),
    )


def test_nothing_is_done_before_somebody_looks(wire: Wire, empty_postgres: str) -> None:
    turned = wire.ask(TURN, {"name": "a"})
    with wired(empty_postgres) as other:
        assert other.ask("SELECT value FROM counters WHERE name = 'a'").first() == {"value": 0}
    assert turned.first() == {"value": 1}


def test_what_nobody_looked_at_can_be_looked_at_after_the_end(wire: Wire) -> None:
    wire.ask("BEGIN")
    turned, counted = wire.ask(TURN, {"name": "a"}), wire.ask(COUNT)
    wire.end("COMMIT", wait=True)
    assert (turned.found, turned.changed, counted.first()) == ([{"value": 1}], 1, {"n": 2})


def test_a_read_ends_before_the_server_has_said_so_and_the_next_goes_on_behind_it(
    wire: Wire,
) -> None:
    for _ in range(3):
        wire.ask("BEGIN")
        counted = wire.ask(COUNT)
        wire.end("COMMIT", wait=False)
        assert counted.first() == {"n": 2}
    assert wire.is_alive()


def test_a_fault_that_nobody_looked_at_is_raised_at_the_end_and_undoes_all(wire: Wire) -> None:
    wire.ask("BEGIN")
    wire.ask(TURN, {"name": "a"})
    wire.ask("INSERT INTO counters VALUES (:name, 0)", {"name": "a"})
    wire.ask(TURN, {"name": "b"})
    with pytest.raises(psycopg.errors.UniqueViolation):
        wire.end("COMMIT", wait=True)
    wire.recover()
    values = wire.ask("SELECT name, value FROM counters")
    assert {row["name"]: row["value"] for row in values} == {"a": 0, "b": 0}


def test_a_wrong_statement_is_wrong_again_and_a_right_one_right(wire: Wire) -> None:
    for _ in range(2):
        wire.ask("BEGIN")
        with pytest.raises(psycopg.errors.UndefinedTable):
            assert wire.ask("SELECT * FROM nowhere").found
        wire.recover()
        wire.ask("BEGIN")
        assert wire.ask(COUNT).first() == {"n": 2}
        wire.end("COMMIT", wait=True)


def test_more_statements_than_are_kept_prepared_can_be_run_again(wire: Wire) -> None:
    for _ in range(2):
        for number in range(PREPARED + 20):
            assert wire.ask(f"SELECT {number} AS n").first() == {"n": number}
    known = wire.ask("SELECT count(*) AS n FROM pg_prepared_statements").first()
    assert known is not None
    assert known["n"] <= PREPARED


def fill(wire: Wire) -> None:
    """Let a wire keep as many statements prepared as it may."""
    for number in range(PREPARED):
        wire.ask(f"SELECT {number} AS n")
    wire.end("COMMIT", wait=True)


def test_a_full_wire_begins_what_it_never_began_before(wire: Wire) -> None:
    fill(wire)
    for _ in range(2):
        wire.ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        assert wire.ask(COUNT).first() == {"n": 2}
        wire.end("COMMIT", wait=True)


def test_a_full_wire_undoes_a_transaction_that_failed(wire: Wire) -> None:
    for _ in range(2):
        fill(wire)
        wire.ask("BEGIN")
        wire.ask(TURN, {"name": "a"})
        with pytest.raises(psycopg.errors.UniqueViolation):
            assert wire.ask("INSERT INTO counters VALUES ('b', 0) RETURNING value").found
        wire.recover()
        wire.ask("BEGIN")
        assert wire.ask(TURN, {"name": "b"}).found
        wire.end("COMMIT", wait=True)
    values = wire.ask("SELECT name, value FROM counters")
    assert {row["name"]: row["value"] for row in values} == {"a": 0, "b": 2}


def test_a_table_that_got_a_column_is_read_anew_after_one_report(
    wire: Wire, empty_postgres: str
) -> None:
    sql = "SELECT * FROM counters WHERE name = 'a'"
    assert wire.ask(sql).first() == {"name": "a", "value": 0}
    wire.end("SELECT 1", wait=True)
    with psycopg.connect(empty_postgres) as other:
        other.execute("ALTER TABLE counters ADD COLUMN since BIGINT")
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        wire.ask(sql).first()
    wire.recover()
    assert wire.ask(sql).first() == {"name": "a", "value": 0, "since": None}


def test_much_goes_out_while_much_comes_in(wire: Wire) -> None:
    words = "x" * 100_000
    answers = [wire.ask("SELECT :words AS words", {"words": words}) for _ in range(200)]
    assert {len(row["words"]) for each in answers for row in each} == {len(words)}


def test_numbers_of_any_size_texts_and_nothing_come_back_as_they_were(wire: Wire) -> None:
    wire.ask("CREATE TEMP TABLE t (n BIGINT, s TEXT)")
    for number, text in ((2**62, "ä 'q' %s :name"), (-1, ""), (None, None), (7, None)):
        wire.ask("INSERT INTO t VALUES (:n, :s)", {"n": number, "s": text})
        assert wire.ask("DELETE FROM t RETURNING *").first() == {"n": number, "s": text}


def test_what_was_looked_at_is_kept_by_nobody(wire: Wire) -> None:
    wire.ask("BEGIN")
    before = _living()
    for _ in range(5):
        assert len(wire.ask("SELECT i FROM generate_series(1, 1000) i").found) == 1000
    assert _living() == before
    wire.end("COMMIT", wait=False)


def _living() -> int:
    gc.collect()
    return sum(isinstance(each, Answer) for each in gc.get_objects())


def test_a_text_that_no_column_holds_is_refused_not_cut_off(wire: Wire) -> None:
    with pytest.raises(psycopg.DataError):
        wire.ask("SELECT :words AS words", {"words": "a\0b"})


def test_a_wire_whose_server_is_gone_says_so(wire: Wire, empty_postgres: str) -> None:
    pid = wire.ask("SELECT pg_backend_pid() AS pid").first()
    assert pid is not None
    with psycopg.connect(empty_postgres, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid["pid"],))
    with pytest.raises(psycopg.OperationalError):
        assert wire.ask(COUNT).found
    assert not wire.is_alive()
