"""Forward to the newest schema, and between the two databases: the same rows, or nothing."""

import asyncio
import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from tests.store.house import ALICE, START, House, tap
from tests.store.whole import connected, count, tables
from tests.upkeep.conftest import Filled
from tests.upkeep.test_backup import contents, execute, quiet
from tipbot.clock import TravelClock
from tipbot.store.connect import connect
from tipbot.store.migrations import HISTORY
from tipbot.upkeep import backup as backups
from tipbot.upkeep import copying
from tipbot.upkeep import restore as restores
from tipbot.upkeep.backup import back_up
from tipbot.upkeep.files import HeldFile, held_file, opened
from tipbot.upkeep.held import Table, Tell, UpkeepError, in_order
from tipbot.upkeep.move import migrate, migrate_older, move, target_of
from tipbot.upkeep.restore import restore


def older(url: str) -> Path:
    """Make a file with the first step alone and something in it."""
    path = Path(url.removeprefix("sqlite:///"))
    path.touch()
    backups.make_schema(path, frozenset({HISTORY[0].name}))
    execute(path, "INSERT INTO counters VALUES ('mark', 7)")
    return path


def test_a_file_is_brought_forward_and_a_copy_kept(sqlite_url: str) -> None:
    older(sqlite_url)
    done = migrate(sqlite_url, START, quiet)
    assert done.steps == tuple(step.name for step in HISTORY[1:])
    assert done.safety is not None
    for path, steps in ((Path(sqlite_url[10:]), len(HISTORY)), (done.safety, 1)):
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (steps,)
            assert db.execute("SELECT value FROM counters WHERE name='mark'").fetchone() == (7,)
    assert migrate(sqlite_url, START, quiet).steps == ()


def filled_older(url: str, steps: int) -> Path:
    """Make a file with the first steps alone and a row in every table."""
    path = Path(url.removeprefix("sqlite:///"))
    path.touch()
    backups.make_schema(path, frozenset(step.name for step in HISTORY[:steps]))
    with closing(opened(path, "rw")) as db:
        for table in HeldFile(db).tables().values():
            kinds = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({table.name})")}
            row = ", ".join("1" if kinds[each] == "INTEGER" else "'x'" for each in table.columns)
            names = ", ".join(table.columns)
            db.execute(f"INSERT OR REPLACE INTO {table.name} ({names}) VALUES ({row})")  # noqa: S608 - our own names
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    return path


def rows_of(path: Path, columns: dict[str, set[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Return some columns of some tables."""
    with closing(sqlite3.connect(path)) as db:
        return {
            name: db.execute(f"SELECT {', '.join(sorted(some))} FROM {name}").fetchall()  # noqa: S608 - our own names
            for name, some in columns.items()
            if name != "_sqlite_migrations"
        }


@pytest.mark.parametrize("steps", range(1, len(HISTORY)))
def test_every_older_file_is_brought_forward_with_all_that_it_holds(
    sqlite_url: str, steps: int
) -> None:
    path = filled_older(sqlite_url, steps)
    columns = tables(sqlite_url)
    before = rows_of(path, columns)
    done = migrate_older(sqlite_url, START, quiet)
    assert done.steps == tuple(step.name for step in HISTORY[steps:])
    assert done.safety is not None
    assert done.safety.stat().st_mode & 0o777 == 0o600
    assert rows_of(done.safety, columns) == before
    kept = {name: some & tables(sqlite_url)[name] for name, some in columns.items()}
    before, after = rows_of(done.safety, kept), rows_of(path, kept)
    assert {name for name in before if after[name] != before[name]} <= {"pace"}
    with held_file(path) as held:
        assert held.steps() == {step.name for step in HISTORY}
        backups.refuse_broken(held.connection)
    assert migrate_older(sqlite_url, START, quiet).safety is None


def test_before_a_start_nothing_but_an_older_file_is_touched(
    sqlite_url: str, empty_postgres: str
) -> None:
    assert migrate_older(sqlite_url, START, quiet).steps == ()
    assert not Path(sqlite_url.removeprefix("sqlite:///")).exists()
    assert migrate_older(empty_postgres, START, quiet).steps == ()
    assert tables(empty_postgres) == {}


def test_what_a_kill_broke_off_before_there_was_a_log_is_taken_back_at_the_next_start(
    sqlite_url: str, tmp_path: Path
) -> None:
    path, elsewhere = filled_older(sqlite_url, len(HISTORY)), tmp_path / "elsewhere.db"
    before = rows_of(path, tables(sqlite_url))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("CREATE TABLE half AS SELECT randomblob(100000)")
        for each in (path, path.with_name(f"{path.name}-journal")):
            shutil.copy(each, elsewhere.with_name(each.name.replace(path.name, elsewhere.name)))
    found = f"sqlite:///{elsewhere}"
    assert migrate_older(found, START, quiet).steps == ()
    assert rows_of(elsewhere, tables(found)) == before


def test_a_step_that_fails_changes_nothing_and_leaves_no_copy(sqlite_url: str) -> None:
    path = filled_older(sqlite_url, 3)
    execute(path, "CREATE TABLE answered (its_own BIGINT)")
    columns = tables(sqlite_url)
    before = rows_of(path, columns)
    for _ in range(2):
        with pytest.raises(UpkeepError, match="table answered already exists"):
            migrate(sqlite_url, START, quiet)
        assert [each.name for each in path.parent.glob("*.db*")] == [path.name]
    assert tables(sqlite_url) == columns
    assert rows_of(path, columns) == before


def test_without_room_for_a_copy_nothing_is_migrated(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = older(sqlite_url)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    with pytest.raises(UpkeepError, match=r"no room for a copy: [\d,]+ bytes are needed, 4,096"):
        migrate(sqlite_url, START, quiet)
    with held_file(path) as held:
        assert held.steps() == {HISTORY[0].name}


def test_in_a_folder_that_may_not_be_written_nothing_is_migrated(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = older(sqlite_url)

    def refuse(name: Path, *_: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(name))

    monkeypatch.setattr("tipbot.upkeep.files.os.open", refuse)
    with pytest.raises(UpkeepError, match=r"tipbot-before-migrate-.*: Permission denied"):
        migrate(sqlite_url, START, quiet)
    with held_file(path) as held:
        assert held.steps() == {HISTORY[0].name}


def test_a_new_database_is_made(url: str) -> None:
    done = migrate(url, START, quiet)
    assert done.steps == tuple(step.name for step in HISTORY)
    assert done.safety is None
    assert migrate(url, START, quiet).steps == ()


def test_a_newer_database_is_left_alone(sqlite_url: str) -> None:
    path = older(sqlite_url)
    execute(path, "INSERT INTO _sqlite_migrations VALUES (99, 'tipbot', '9999_later', 'x')")
    with pytest.raises(UpkeepError, match="newer version"):
        migrate(sqlite_url, START, quiet)


def test_everything_moves_to_postgresql_and_back(
    sqlite_url: str, empty_postgres: str, filled: Filled, clock: TravelClock, tmp_path: Path
) -> None:
    before = contents(filled(sqlite_url))
    rows = move(sqlite_url, empty_postgres, quiet)
    assert contents(empty_postgres) == before == contents(sqlite_url)
    assert rows == {name: len(found) for name, found in sorted(before.items())}
    back = f"sqlite:///{tmp_path / 'back.db'}"
    move(empty_postgres, back, quiet)
    assert contents(back) == before
    assert (tmp_path / "back.db").stat().st_mode & 0o777 == 0o600
    for address in (empty_postgres, back):
        asyncio.run(_log_another(address, clock))
        assert count(address, "check_ins", "subscriber_id", ALICE.id) == 2


async def _log_another(url: str, clock: TravelClock) -> None:
    store = connect(url, clock)
    await store.open()
    before = House(store, clock)
    logged = await before.store.log_twitch(ALICE.id, tap("later", nonce=5))
    assert logged is not None
    assert logged.fresh
    assert logged.entry.id == 2
    await store.close()


def test_a_table_of_many_rows_moves_whole(sqlite_url: str, empty_postgres: str) -> None:
    migrate(sqlite_url, START, quiet)
    rows = [(f"{n:05}\u00e9\n\\t'\"", n) for n in range(5003)]
    with connected(sqlite_url) as db:
        db.executemany("INSERT INTO counters VALUES (?, ?)", rows)
    told = []
    moved = move(sqlite_url, empty_postgres, lambda *said: told.append(said))
    assert moved["counters"] == 5003 + 2
    assert [what for what, done, total in told if done == total] == ["copying", "comparing"]
    assert len(told) > 4, "a page at a time"


@pytest.mark.parametrize("full", ["a stranger's table", "our own rows", "one setting"])
def test_a_target_that_is_not_empty_is_refused(
    sqlite_url: str, empty_postgres: str, filled: Filled, full: str
) -> None:
    filled(sqlite_url)
    if full == "our own rows":
        filled(empty_postgres)
    else:
        migrate(empty_postgres, START, quiet)
        with connected(empty_postgres) as db:
            db.execute(
                "CREATE TABLE shopping (item TEXT)"
                if full == "a stranger's table"
                else "UPDATE counters SET value = 9 WHERE name = 'library'"
            )
    before = contents(empty_postgres)
    with pytest.raises(UpkeepError, match="not empty"):
        move(sqlite_url, empty_postgres, quiet)
    assert contents(empty_postgres) == before


def test_a_target_file_that_is_not_empty_is_refused(
    empty_postgres: str, filled: Filled, tmp_path: Path
) -> None:
    filled(empty_postgres)
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Bob")
    with pytest.raises(UpkeepError, match="not empty"):
        move(empty_postgres, f"sqlite:///{letter}", quiet)
    assert letter.read_text() == "Dear Bob"


def test_a_move_that_breaks_off_leaves_nothing_and_can_be_begun_anew(
    sqlite_url: str, empty_postgres: str, filled: Filled
) -> None:
    filled(sqlite_url)

    def interrupt(what: str, _: int, __: int) -> None:
        if what == "comparing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(sqlite_url, empty_postgres, interrupt)
    with psycopg.connect(empty_postgres) as db:
        found = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert found.fetchall() == []
    move(sqlite_url, empty_postgres, quiet)
    assert contents(empty_postgres) == contents(sqlite_url)


def test_a_copy_that_is_not_the_same_is_not_kept(
    sqlite_url: str, empty_postgres: str, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(sqlite_url)
    honest = copying.copy_rows

    def forgetful(source: object, target: object, tell: Tell) -> None:
        honest(source, target, tell)  # type: ignore[arg-type]  # handed on as they came
        target.connection.execute("UPDATE subscribers SET zone = 'UTC'")  # type: ignore[attr-defined]  # as above

    monkeypatch.setattr(restores, "copy_rows", forgetful)
    with pytest.raises(UpkeepError, match="table subscribers is not the same"):
        move(sqlite_url, empty_postgres, quiet)
    with psycopg.connect(empty_postgres) as db:
        assert db.execute("SELECT to_regclass('subscribers')").fetchone() == (None,)


async def test_nothing_moves_under_a_running_bot(
    sqlite_url: str, empty_postgres: str, tmp_path: Path
) -> None:
    elsewhere = {sqlite_url: empty_postgres, empty_postgres: f"sqlite:///{tmp_path / 'to.db'}"}
    for source, target in elsewhere.items():
        store = connect(source)
        await store.open()
        with pytest.raises(UpkeepError, match="stop it first"):
            await asyncio.to_thread(move, source, target, quiet)
        await store.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE check_ins SET note = 'a' || char(0)", "zero character"),
        ("UPDATE check_ins SET at = 'yesterday'", "not of its column's type"),
    ],
)
def test_what_postgresql_cannot_hold_is_said_plainly(
    sqlite_url: str, empty_postgres: str, filled: Filled, change: str, said: str
) -> None:
    execute(Path(filled(sqlite_url)[10:]), change)
    with pytest.raises(UpkeepError, match=said):
        move(sqlite_url, empty_postgres, quiet)


def test_between_databases_of_one_kind_backup_and_restore_are_named(
    sqlite_url: str, tmp_path: Path
) -> None:
    with pytest.raises(UpkeepError, match="backup and restore"):
        move(sqlite_url, f"sqlite:///{tmp_path / 'other.db'}", quiet)


def test_a_server_that_does_not_answer_is_named_without_the_password(
    sqlite_url: str, filled: Filled, tmp_path: Path
) -> None:
    with pytest.raises(UpkeepError, match="cannot be reached") as refusal:
        move(filled(sqlite_url), f"postgresql://me:hunter2@/x?host={tmp_path}", quiet)
    assert "hunter2" not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    "address", ["postgresql://me:hunter2@host/x", "postgresql://host/x?user=me&password=hunter2"]
)
def test_a_password_on_the_command_line_is_refused(address: str) -> None:
    with pytest.raises(UpkeepError, match="others can read") as refusal:
        target_of(address, None)
    assert "hunter2" not in str(refusal.value)


def test_an_address_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "address"
    file.write_text("postgresql://me:hunter2@host/x\n")
    assert target_of(None, file) == "postgresql://me:hunter2@host/x"
    assert target_of("postgresql://me@host/x", None) == "postgresql://me@host/x"
    assert target_of(None, None) is None
    with pytest.raises(UpkeepError, match="give one of them"):
        target_of("postgresql://me@host/x", file)
    with pytest.raises(UpkeepError, match="cannot be read"):
        target_of(None, tmp_path / "nothing")


def test_tables_come_after_those_they_refer_to() -> None:
    def table(name: str, *refers: str) -> Table:
        return Table(name=name, columns=("a",), key=("a",), counted=None, refers=frozenset(refers))

    tables = [table("a", "c", "a"), table("b"), table("c", "b")]
    assert [each.name for each in in_order({t.name: t for t in tables})] == ["b", "c", "a"]
    with pytest.raises(UpkeepError, match="circle"):
        in_order({"a": table("a", "b"), "b": table("b", "a")})


async def test_tips_are_found_by_their_words_wherever_they_moved(
    sqlite_url: str, empty_postgres: str, clock: TravelClock, tmp_path: Path
) -> None:
    await _stocked(sqlite_url, clock)
    back, again = (f"sqlite:///{tmp_path / name}.db" for name in ("back", "again"))
    await asyncio.to_thread(move, sqlite_url, empty_postgres, quiet)
    await asyncio.to_thread(move, empty_postgres, back, quiet)
    made = await asyncio.to_thread(back_up, empty_postgres, tmp_path / "b.db", START, quiet)
    kwargs = {"force": False, "now": START, "tell": quiet}
    await asyncio.to_thread(restore, made.file, again, **kwargs)  # type: ignore[arg-type]  # by name
    for address in (back, again):
        with connected(address) as db:
            query = "SELECT count(*) FROM tip_words WHERE tip_words MATCH 'drink'"
            assert db.execute(query).fetchone()[0] == 3
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def _stocked(url: str, clock: TravelClock) -> None:
    store = connect(url, clock)
    await store.open()
    await House(store, clock).stock()
    await store.close()
