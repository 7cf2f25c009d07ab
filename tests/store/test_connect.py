import re
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from tipbot.clock import CommonClock
from tipbot.store.base import StoreUnavailableError
from tipbot.store.connect import connect, join
from tipbot.store.postgres import PostgresDatabase, patient


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "sqlite:///file.db or postgresql://"),
        ("mysql://localhost/x", "sqlite:///file.db or postgresql://"),
        ("tipbot.db", "sqlite:///file.db or postgresql://"),
        ("sqlite://tipbot.db", "sqlite:///file.db or postgresql://"),
        ("sqlite:///", "names no file"),
        ("sqlite:///folder/", "names no file"),
        ("sqlite:///:memory:", "would lose everything"),
        ("sqlite:///tipbot.db?mode=ro", "without ? or #"),
        ("postgresql://me:hunter2@host:port/x?nonsense=1", "postgresql://user:password@host/name"),
    ],
)
def test_a_wrong_address_is_refused_in_one_sentence(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)) as refusal:
        connect(url)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert "hunter2" not in sentence
    assert refusal.value.__cause__ is None


async def test_a_path_is_relative_with_three_slashes_and_absolute_with_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a folder with 100% oddities").mkdir()
    for url in ("sqlite:///here.db", f"sqlite:///{tmp_path}/a folder with 100% oddities/there.db"):
        store = connect(url)
        await store.open()
        await store.ping()
        await store.close()
    assert (tmp_path / "here.db").is_file()
    assert (tmp_path / "a folder with 100% oddities" / "there.db").is_file()


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    store = connect(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    with pytest.raises(StoreUnavailableError, match=r"there is no folder .*nowhere"):
        await store.open()
    assert not (tmp_path / "nowhere").exists()


async def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Alice, " * 100)
    with pytest.raises(StoreUnavailableError, match=re.escape(path.name)):
        await connect(f"sqlite:///{path}").open()
    assert path.read_text() == "Dear Alice, " * 100


async def test_a_server_that_does_not_answer_is_reported_without_the_password(
    tmp_path: Path,
) -> None:
    url = f"postgresql://me:hunter2@/x?host={tmp_path}"
    with pytest.raises(StoreUnavailableError) as refusal:
        await PostgresDatabase(url, patience=timedelta(milliseconds=200)).open()
    assert "hunter2" not in str(refusal.value)


async def test_a_store_that_is_not_open_is_unavailable(url: str) -> None:
    store = connect(url)
    await store.close()
    with pytest.raises(StoreUnavailableError):
        await store.ping()
    with pytest.raises(StoreUnavailableError):
        await store.next_due()

    await store.open()
    await store.open()
    await store.ping()
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailableError):
        await store.ping()
    await store.open()
    await store.ping()
    await store.close()


def test_only_processes_on_a_server_have_others_beside_them(sqlite_path: Path) -> None:
    assert join(f"sqlite:///{sqlite_path}", "w", CommonClock()) is None
    assert join("postgresql://me@host/name", "w", CommonClock()) is not None


def test_a_silent_server_is_given_up_in_bounds_unless_the_address_says_otherwise() -> None:
    own = conninfo_to_dict(patient("postgresql://me@host/name?connect_timeout=9"))
    assert (own["host"], own["connect_timeout"], own["tcp_user_timeout"]) == ("host", "9", "20000")
