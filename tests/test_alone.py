"""One bot on a SQLite file: the second is told so, and the lock goes when its holder does."""

import os
from pathlib import Path

import pytest

from tipbot.program import alone
from tipbot.program.alone import alone_on
from tipbot.program.starting import StartError


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody who might be ending."""
    monkeypatch.setattr(alone, "_PATIENCE", 0)


def test_a_second_bot_is_told_of_the_first_and_may_be_started_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tipbot.db'}"
    with alone_on(url):
        with pytest.raises(StartError, match="stop that one first") as told, alone_on(url):
            pytest.fail("two bots run")
        assert told.value.passing
        with pytest.raises(StartError), alone_on(url):
            pytest.fail("who was refused took the lock along")
    with alone_on(url):
        pass


def test_a_file_is_the_same_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "tipbot.db").touch()
    (tmp_path / "linked.db").symlink_to(tmp_path / "tipbot.db")
    linked, real = (f"sqlite:///{tmp_path / name}" for name in ("linked.db", "tipbot.db"))
    with alone_on(linked), pytest.raises(StartError), alone_on(real):
        pytest.fail("two bots run")


def test_bots_on_different_files_of_a_folder_run_side_by_side(tmp_path: Path) -> None:
    with alone_on(f"sqlite:///{tmp_path / 'a.db'}"), alone_on(f"sqlite:///{tmp_path / 'b.db'}"):
        assert {each.name for each in tmp_path.iterdir()} == {"a.db.lock", "b.db.lock"}


def test_the_lock_is_its_owners_and_says_nothing(tmp_path: Path) -> None:
    with alone_on(f"sqlite:///{tmp_path / 'tipbot.db'}"):
        lock = tmp_path / "tipbot.db.lock"
        assert (lock.stat().st_mode & 0o777, lock.read_bytes()) == (0o600, b"")


def test_an_error_inside_lets_go_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tipbot.db'}"
    with pytest.raises(ZeroDivisionError), alone_on(url):
        raise ZeroDivisionError
    with alone_on(url):
        pass


def test_what_cannot_be_locked_is_said_in_one_sentence(tmp_path: Path) -> None:
    url, lock = f"sqlite:///{tmp_path / 'tipbot.db'}", tmp_path / "tipbot.db.lock"
    lock.mkdir()
    said = rf"{lock} cannot be locked: Is a directory$"
    with pytest.raises(StartError, match=said), alone_on(url):
        pytest.fail("it went on without a lock")


def test_a_link_to_where_no_folder_is_makes_none(tmp_path: Path) -> None:
    (tmp_path / "away.db").symlink_to(tmp_path / "unmounted" / "tipbot.db")
    (tmp_path / "loop.db").symlink_to(tmp_path / "loop.db")
    there = set(tmp_path.iterdir())
    with alone_on(f"sqlite:///{tmp_path / 'away.db'}"):
        assert set(tmp_path.iterdir()) == there
    with alone_on(f"sqlite:///{tmp_path / 'loop.db'}"):
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_lock_that_root_makes_belongs_to_whom_the_database_belongs(tmp_path: Path) -> None:
    file = tmp_path / "tipbot.db"
    file.touch()
    os.chown(file, 12345, 23456)
    with alone_on(f"sqlite:///{file}"):
        found = (tmp_path / "tipbot.db.lock").stat()
        assert (found.st_uid, found.st_gid) == (12345, 23456)


def test_a_root_that_may_give_nothing_away_locks_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", refused)
    (tmp_path / "tipbot.db").touch()
    with alone_on(f"sqlite:///{tmp_path / 'tipbot.db'}"):
        assert (tmp_path / "tipbot.db.lock").exists()


@pytest.mark.parametrize(
    "url", ["postgresql://user@nowhere/tipbot", "sqlite:////no/such/folder/x.db", "nonsense"]
)
def test_whatever_else_is_wrong_is_left_to_whoever_opens_the_database(url: str) -> None:
    with alone_on(url), alone_on(url):
        pass
