"""Backups: whole, proven, alone in one file, and back again on either database."""

import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.house import START
from tests.store.whole import connected, tables
from tests.upkeep.conftest import Filled, fill_now
from tipbot.store.connect import connect
from tipbot.store.migrations import HISTORY
from tipbot.upkeep import backup as backups
from tipbot.upkeep.backup import back_up, remove_older
from tipbot.upkeep.copying import rows_in
from tipbot.upkeep.files import HeldFile, held_file, opened
from tipbot.upkeep.held import UpkeepError
from tipbot.upkeep.restore import restore

Told = list[tuple[str, int, int]]


def quiet(_: str, __: int, ___: int) -> None:
    pass


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the databases' own bookkeeping."""
    found = {}
    with connected(url) as db:
        for name, columns in tables(url).items():
            if name not in {"schema_steps", "_sqlite_migrations", "sqlite_sequence"}:
                listed = ", ".join(sorted(columns))
                found[name] = sorted(map(repr, db.execute(f"SELECT {listed} FROM {name}")))  # noqa: S608 - names of our own
    return found  # type: ignore[return-value]  # rows as they are shown


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a filled database and its backup, made once."""
    folder = tmp_path_factory.mktemp("model")
    url = f"sqlite:///{folder / 'tipbot.db'}"
    fill_now(url)
    back_up(url, folder / "made.db", START, quiet)
    return folder


@pytest.fixture
def made(model: Path, tmp_path: Path) -> Path:
    """Return a backup of a filled SQLite database, which stands beside it."""
    for name in ("tipbot.db", "made.db"):
        shutil.copy2(model / name, tmp_path / name)
    return tmp_path / "made.db"


def test_a_backup_holds_every_row_of_every_table(url: str, filled: Filled, tmp_path: Path) -> None:
    before = contents(filled(url))
    made = back_up(url, tmp_path / "b.db", START, quiet)
    own = {**contents(f"sqlite:///{made.file}")}
    del own["tipbot_backup"]
    assert own == before
    assert made.rows == {name: len(rows) for name, rows in sorted(before.items())}
    assert all(made.rows.values()), "a table that nothing is put into proves nothing"


def test_a_backup_is_restored_into_a_new_database_of_either_kind(
    url: str, made: Path, sqlite_url: str
) -> None:
    target = url.replace("tipbot.db", "new.db")
    restored = restore(made, target, force=False, now=START, tell=quiet)
    assert contents(target) == contents(sqlite_url)
    assert restored.safety is None
    assert sum(restored.rows.values()) > 20


async def test_ids_go_on_after_those_that_were_ever_given(
    url: str, sqlite_url: str, tmp_path: Path
) -> None:
    store = connect(sqlite_url)
    await store.open()
    await store.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    execute(
        path,
        "INSERT INTO tips VALUES (900, 'gone', 'tip', 'sleep', 'published', 1, '', '', '')",
        "DELETE FROM tips",
    )
    made = back_up(sqlite_url, tmp_path / "b.db", START, quiet)
    target = url.replace("tipbot.db", "new.db")
    restore(made.file, target, force=False, now=START, tell=quiet)
    with connected(target) as db:
        query = "INSERT INTO tips (tip_id, kind, shelf, state, revision) VALUES ('a','b','c','d',1)"
        assert db.execute(query + " RETURNING number").fetchone()[0] == 901


def test_a_backup_is_one_file_for_its_owner_alone(made: Path, tmp_path: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    with closing(opened(made)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        db.execute("SELECT count(*) FROM subscribers").fetchone()
    beside = {each.name for each in tmp_path.iterdir()}
    assert {name for name in beside if "made" in name} == {"made.db"}


def test_a_folder_gets_a_dated_backup_and_keeps_the_newest(
    sqlite_url: str, filled: Filled, tmp_path: Path
) -> None:
    filled(sqlite_url)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "tipbot-mine.db").touch()
    for day in range(3):
        back_up(sqlite_url, folder, START + timedelta(days=day), quiet)
    removed = remove_older(folder, 2)
    assert [each.name for each in removed] == ["tipbot-20260302T090000Z.db"]
    assert len(list(folder.iterdir())) == 3
    assert remove_older(folder, 2) == []


def test_what_is_there_already_is_never_overwritten(
    sqlite_url: str, filled: Filled, tmp_path: Path
) -> None:
    (tmp_path / "letter").write_text("Dear Bob")
    with pytest.raises(UpkeepError, match="there already"):
        back_up(filled(sqlite_url), tmp_path / "letter", START, quiet)
    assert (tmp_path / "letter").read_text() == "Dear Bob"


def test_progress_comes_to_its_end(url: str, filled: Filled, tmp_path: Path) -> None:
    told: Told = []
    back_up(filled(url), tmp_path / "b.db", START, lambda *said: told.append(said))
    for what in ("copying", "comparing"):
        last = [each for each in told if each[0] == what][-1]
        assert last[1] == last[2] > 0


def test_a_backup_that_is_not_the_same_is_not_kept(
    url: str, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = backups._write

    def forgetful(source: object, part: Path, tell: object) -> None:
        honest(source, part, tell)  # type: ignore[arg-type]  # handed on as it came
        execute(part, "UPDATE check_ins SET note = note || '.'")

    monkeypatch.setattr(backups, "_write", forgetful)
    with pytest.raises(UpkeepError, match="table check_ins is not the same"):
        back_up(filled(url), tmp_path / "b.db", START, quiet)
    assert [each.name for each in tmp_path.iterdir() if "b.db" in each.name.split(".part")] == []
    assert not (tmp_path / "b.db").exists()


def test_a_backup_is_of_one_moment_while_others_write(
    url: str, filled: Filled, tmp_path: Path
) -> None:
    filled(url)
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        for number in range(10**6):
            with connected(url) as db:  # two rows that are only ever written together
                values = f"('a{number}', 0), ('b{number}', 0)"
                db.execute(f"INSERT INTO counters VALUES {values}")  # noqa: S608 - numbers of our own
            written.set()
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        halves = []
        for number in range(3):
            made = back_up(url, tmp_path / f"{number}.db", START, quiet)
            with held_file(made.file) as copy:
                query = "SELECT count(*) FROM counters WHERE name LIKE ?"
                halves += [copy.connection.execute(query, (f"{n}%",)).fetchone()[0] for n in "ab"]
            written.clear()
            assert written.wait(10)
    finally:
        stop.set()
        writer.join()
    assert halves[::2] == halves[1::2]
    assert sorted(halves) == halves, "a later backup holds what an earlier one did"
    assert halves[-1] > halves[0], "nothing was written meanwhile"


# --- what must not be restored ---------------------------------------------------------------


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    path.write_bytes(data)


def say(*statements: str) -> Callable[[Path], None]:
    return lambda path: execute(path, *statements)


BROKEN = {
    "empty": lambda path: path.write_bytes(b""),
    "a letter": lambda path: path.write_text("Dear Alice, " * 1000),
    "only the head": lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 2000),
    "cut off": cut,
    "overwritten": overwrite,
    "someone else's": say("DROP TABLE _sqlite_migrations"),
    "newer": say("INSERT INTO _sqlite_migrations VALUES (99, 'tipbot', '9999_later', 'x')"),
    "a note altered": say("UPDATE check_ins SET note = 'forged'"),
    "a row gone": say("DELETE FROM reactions"),
    "a table more": say("CREATE TABLE extra (a)"),
    "a column more": say("ALTER TABLE tips ADD COLUMN extra TEXT"),
    "a table gone": say("DROP TABLE relief_sessions"),
    "a view for a table": say(
        "ALTER TABLE tips RENAME TO t", "CREATE VIEW tips AS SELECT * FROM t"
    ),
    "an orphan": say(
        "DROP TABLE tipbot_backup",
        "INSERT INTO day_contexts (subscriber_id, local_date) VALUES (77, '2026-01-01')",
    ),
    "words for a number": say("DROP TABLE tipbot_backup", "UPDATE check_ins SET at = 'yesterday'"),
    "bytes that are no text": say(
        "DROP TABLE tipbot_backup", "UPDATE check_ins SET note = CAST(x'ff00fe' AS TEXT)"
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_or_hostile_file_is_refused_with_one_message(
    made: Path, sqlite_url: str, tmp_path: Path, fault: str
) -> None:
    BROKEN[fault](made)
    before = contents(sqlite_url)
    names = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(UpkeepError) as refusal:
        restore(made, sqlite_url, force=True, now=START, tell=quiet)
    assert "\n" not in str(refusal.value)
    assert contents(sqlite_url) == before
    assert {each.name for each in tmp_path.iterdir()} == names


def test_triggers_and_views_of_a_file_do_not_come_along(made: Path, tmp_path: Path) -> None:
    execute(
        made,
        "CREATE TRIGGER spy AFTER INSERT ON check_ins BEGIN DELETE FROM subscribers; END",
        "CREATE VIEW everyone AS SELECT * FROM subscribers",
    )
    target = tmp_path / "new.db"
    restore(made, f"sqlite:///{target}", force=False, now=START, tell=quiet)
    with closing(opened(target)) as db:
        kinds = {kind for (kind,) in db.execute("SELECT DISTINCT type FROM sqlite_master")}
    assert kinds == {"table", "index"}


def test_a_database_is_replaced_by_force_only_and_kept_beside(
    url: str, made: Path, filled: Filled
) -> None:
    if not url.startswith("sqlite"):
        filled(url)  # the other one is what the backup is of
    with connected(url) as db:
        db.execute("UPDATE check_ins SET note = 'later'")
    later = contents(url)
    with pytest.raises(UpkeepError, match=r"there already|not empty"):
        restore(made, url, force=False, now=START, tell=quiet)
    assert contents(url) == later
    restored = restore(made, url, force=True, now=START, tell=quiet)
    assert contents(url) != later
    assert restored.safety is not None
    assert restored.safety.stat().st_mode & 0o777 == 0o600
    kept = contents(f"sqlite:///{restored.safety}")
    kept.pop("tipbot_backup", None)
    assert kept == later


def test_force_takes_nothing_from_a_stranger(made: Path, empty_postgres: str) -> None:
    with connected(empty_postgres) as db:
        db.execute("CREATE TABLE shopping (item TEXT)")
        db.execute("INSERT INTO shopping VALUES ('milk')")
    for force in (False, True):
        with pytest.raises(UpkeepError, match="shopping"):
            restore(made, empty_postgres, force=force, now=START, tell=quiet)
    with connected(empty_postgres) as db:
        assert db.execute("SELECT item FROM shopping").fetchall() == [("milk",)]


def test_no_copy_that_was_kept_is_overwritten(made: Path, sqlite_url: str) -> None:
    kept = {restore(made, sqlite_url, force=True, now=START, tell=quiet).safety for _ in range(3)}
    assert len(kept) == 3
    assert all(each is not None and each.exists() for each in kept)


def test_a_broken_database_is_set_aside_as_it_is(
    made: Path, sqlite_url: str, tmp_path: Path
) -> None:
    before = contents(sqlite_url)
    path = tmp_path / "tipbot.db"
    path.write_bytes(b"no database any more")
    restored = restore(made, sqlite_url, force=True, now=START, tell=quiet)
    assert contents(sqlite_url) == before
    assert restored.safety is not None
    assert restored.safety.read_bytes() == b"no database any more"


async def test_nothing_is_restored_under_a_running_bot(url: str, made: Path) -> None:
    store = connect(url)
    await store.open()
    try:
        with pytest.raises(UpkeepError, match="stop it first"):
            await asyncio.to_thread(restore, made, url, force=True, now=START, tell=quiet)
        await store.ping()
    finally:
        await store.close()
    await asyncio.to_thread(restore, made, url, force=True, now=START, tell=quiet)


def test_an_older_backup_is_brought_forward(url: str, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    older.touch()
    first = frozenset({HISTORY[0].name})
    backups.make_schema(older, first)
    execute(older, "INSERT INTO counters VALUES ('mark', 7)")
    target = url.replace("tipbot.db", "new.db")
    restore(older, target, force=False, now=START, tell=quiet)
    with connected(target) as db:
        assert db.execute("SELECT value FROM counters WHERE name = 'mark'").fetchone() == (7,)
        assert db.execute("SELECT exported_at FROM subscribers").fetchall() == []


def test_full_text_tables_are_made_again_from_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    execute(
        path,
        "CREATE TABLE notes (note_id INTEGER PRIMARY KEY, body TEXT)",
        "CREATE VIRTUAL TABLE notes_text USING fts5 (body, content='notes', content_rowid=note_id)",
    )
    with closing(opened(path, "rw")) as connection:
        held = HeldFile(connection)
        assert held.tables().keys() == {"notes"}
        held.put(held.tables()["notes"], [[(1, "a glass of water"), (2, "sleep")]])
        held.finish()
        found = connection.execute("SELECT rowid FROM notes_text WHERE notes_text MATCH 'water'")
        assert found.fetchall() == [(1,)]
        assert rows_in(held) == {"notes": 2}
