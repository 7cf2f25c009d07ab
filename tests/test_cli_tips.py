"""`tips diff`, `sync` and `export`: what they print, what they end with, what they change."""

import asyncio
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from tests.store.desk import EDDA, by
from tests.test_cli import TIP
from tipbot.cli import program
from tipbot.core.changes import edit, retire
from tipbot.core.model import TipId
from tipbot.store.base import Store
from tipbot.store.connect import connect

T = TypeVar("T")

ID = TipId("hydration-a")
OTHER = TIP.replace("hydration-a", "hydration-b").replace("A glass", "A jug")


class Desk:
    """A folder of tips, a database, and the command line over both."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "tips"
        self.database = f"sqlite:///{root / 'tipbot.db'}"
        (self.folder / "en" / "hydration").mkdir(parents=True)
        (self.folder / "sources.yaml").write_text("paper.txt:\n  title: A\n  sections: [Water]\n")
        self.write("a", TIP)
        self.write("b", OTHER)

    def path(self, name: str = "a") -> Path:
        return self.folder / "en" / "hydration" / f"{name}.md"

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text)

    def run(self, *arguments: str, said: str | None = None) -> Result:
        settings = {"TIPBOT_DATABASE": self.database, "TIPBOT_TIPS": str(self.folder)}
        return CliRunner().invoke(program, ("tips", *arguments), env=settings, input=said)

    def edit_live(self, body: str | None) -> None:
        """Change the tip in the chat; without a text it is retired."""

        async def change(store: Store) -> None:
            number = await store.tip_number(ID)
            assert number is not None
            page = await store.tip_page(number)
            assert page is not None
            seen = page.current
            wanted = retire(seen) if body is None else edit(seen, body=body)
            await store.change_tip(wanted, by(EDDA), 0)

        self.use(change)

    def live(self) -> str | None:
        async def read(store: Store) -> str | None:
            found = await store.tip(ID)
            return None if found is None else found.body

        return self.use(read)

    def use(self, what: Callable[[Store], Awaitable[T]]) -> T:
        async def work() -> T:
            store = connect(self.database)
            await store.open()
            try:
                return await what(store)
            finally:
                await store.close()

        return asyncio.run(work())


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


@pytest.fixture
def synced(desk: Desk) -> Desk:
    assert desk.run("sync", "--yes").exit_code == 0
    return desk


def test_a_first_sync_makes_the_database_and_then_all_is_in_step(desk: Desk) -> None:
    result = desk.run("sync", "--yes")
    assert result.exit_code == 0, result.output
    assert "+ hydration-a: new in the files" in result.stdout
    assert "done: 2 added" in result.stdout
    for command in (("diff",), ("sync", "--yes"), ("sync",)):
        result = desk.run(*command)
        assert (result.exit_code, result.stdout) == (0, "files and database are in step\n")


def test_a_diff_shows_word_by_word_what_a_sync_would_do_and_changes_nothing(synced: Desk) -> None:
    synced.write("a", TIP.replace("a glass of water", "a cup"))
    synced.path("b").unlink()
    result = synced.run("diff")
    assert result.exit_code == 1
    assert "~ hydration-a: changed in the files" in result.stdout
    assert "body: Put a [-glass of water-]{+cup+} where" in result.stdout
    assert "- hydration-b: its file is gone: will be retired" in result.stdout
    assert "1 take, 1 retire" in result.stdout
    assert synced.live() == "Put a glass of water where you can see it."


def test_a_sync_asks_first_and_no_means_no(synced: Desk) -> None:
    synced.write("a", TIP.replace("glass of water", "cup"))
    for said in ("n\n", ""):
        result = synced.run("sync", said=said)
        assert result.exit_code == 2
        assert "nothing was changed" in result.stderr
        assert synced.live() == "Put a glass of water where you can see it."
    assert synced.run("sync", said="y\n").exit_code == 0
    assert synced.live() == "Put a cup where you can see it."


def test_what_an_editor_changed_is_kept_and_said(synced: Desk) -> None:
    synced.edit_live("Live.")
    result = synced.run("sync", "--yes")
    assert result.exit_code == 0
    assert "= hydration-a: changed in the chat alone: the live text is kept" in result.stdout
    assert "1 kept as they are live" in result.stdout
    assert synced.live() == "Live."


@pytest.mark.parametrize(
    ("options", "said", "left", "live"),
    [
        (("--yes",), None, 1, "Live."),
        (("--yes", "--take-files"), None, 0, "Put a cup where you can see it."),
        (("--yes", "--keep-live"), None, 0, "Live."),
        ((), "y\nfile\n", 0, "Put a cup where you can see it."),
        ((), "y\nwhat\nlive\n", 0, "Live."),
        ((), "y\n\n", 1, "Live."),
    ],
)
def test_where_both_changed_somebody_chooses(
    synced: Desk, options: tuple[str, ...], said: str | None, left: int, live: str
) -> None:
    synced.edit_live("Live.")
    synced.write("a", TIP.replace("glass of water", "cup"))
    result = synced.run("sync", *options, said=said)
    assert "! hydration-a: changed on both sides" in result.stdout
    assert result.exit_code == left, result.output
    assert synced.live() == live
    assert synced.run("diff").exit_code == (0 if live.startswith("Put") else 1)
    assert ("left to decide" in result.stdout) == bool(left)


def test_a_choice_for_both_sides_is_none(synced: Desk) -> None:
    result = synced.run("sync", "--yes", "--take-files", "--keep-live")
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_a_library_with_a_fault_is_named_and_nothing_is_done(synced: Desk) -> None:
    synced.write("a", TIP.replace("practical", "sure"))
    for command in ("diff", "sync", "export"):
        result = synced.run(command)
        assert result.exit_code == 2
        assert "en/hydration/a.md: claim: 'sure' is not one of them" in result.stderr
    assert "sure" in synced.path().read_text()


def test_without_a_database_only_a_sync_makes_one(desk: Desk) -> None:
    for command in ("diff", "export"):
        result = desk.run(command)
        assert result.exit_code == 2
        assert "there is no database" in result.stderr
    assert not Path(desk.database.removeprefix("sqlite:///")).exists()


def test_an_export_writes_what_changed_and_nothing_else(synced: Desk, tmp_path: Path) -> None:
    assert "is up to date" in synced.run("export").stdout
    synced.edit_live("Live.")
    result = synced.run("export")
    assert (result.exit_code, result.stdout) == (0, f"wrote {synced.path()}\n")
    assert synced.path().read_text().endswith("---\nLive.\n")
    assert synced.run("diff").exit_code == 0
    synced.edit_live(None)
    assert synced.run("export").stdout == f"removed {synced.path()}\n"
    elsewhere = tmp_path / "elsewhere"
    assert synced.run("export", str(elsewhere)).exit_code == 0
    assert (elsewhere / "en/hydration/b.md").read_text() == OTHER
    assert not (elsewhere / "en/hydration/a.md").exists()


def test_an_export_overwrites_no_change_of_the_files(synced: Desk) -> None:
    synced.edit_live("Live.")
    synced.write("b", OTHER.replace("water", "tea"))
    result = synced.run("export")
    assert result.exit_code == 2
    assert "hydration-b" in result.stderr
    assert "glass" in synced.path().read_text()
    assert synced.run("export", "--force").exit_code == 0
    assert synced.path("b").read_text() == OTHER


def test_an_export_into_what_is_no_folder_is_refused(synced: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Bob")
    result = synced.run("export", str(tmp_path / "letter"))
    assert result.exit_code == 2
    assert "letter: it cannot be read (Not a directory)" in result.stderr
    assert (tmp_path / "letter").read_text() == "Dear Bob"


def test_an_export_into_a_zip_can_be_read_and_replaces_nothing_unasked(
    synced: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "library.zip"
    result = synced.run("export", "--zip", str(file))
    assert (result.exit_code, result.stdout) == (0, f"{file}: 2 tips and cards\n")
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == {
            "sources.yaml", "revisions.json", "en/hydration/a.md", "en/hydration/b.md",
        }  # fmt: skip
    assert synced.run("export", "--zip", str(file)).exit_code == 2
    assert synced.run("export", "--zip", str(file), "--force").exit_code == 0
    assert synced.run("export", "--zip", str(tmp_path / "no" / "l.zip")).exit_code == 2
    assert synced.run("export", str(tmp_path), "--zip", str(file)).exit_code == 2


def test_a_wrong_database_is_named(desk: Desk) -> None:
    desk.database = "sqlite:///no/such/folder/tipbot.db"
    result = desk.run("sync", "--yes")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr or "there is no folder" in result.stderr


def offered(desk: Desk) -> int:
    """Return how many choices between file and chat wait in the chat."""

    async def count(store: Store) -> int:
        return (await store.file_conflicts()).total

    return desk.use(count)


def test_a_choice_that_is_over_is_offered_no_longer_once_the_file_says_what_is_live(
    synced: Desk,
) -> None:
    synced.edit_live("Live.")
    synced.write("a", TIP.replace("glass of water", "cup"))
    assert synced.run("sync", "--yes").exit_code == 1
    assert offered(synced) == 1
    live = TIP.replace("Put a glass of water where you can see it.", "Live.")
    synced.write("a", live)
    result = synced.run("sync")
    assert (result.exit_code, result.stdout) == (0, "files and database are in step\n")
    assert offered(synced) == 0
    synced.edit_live("Later.")
    result = synced.run("diff")
    assert "= hydration-a: changed in the chat alone" in result.stdout


def test_a_review_that_lies_in_the_future_is_noted_by_every_command_that_reads_the_files(
    synced: Desk,
) -> None:
    _, _, rest = TIP.partition("reviewed: ")
    synced.write("a", TIP.replace(rest[:10], "2999-01-01"))
    for command in (("check",), ("diff",), ("sync", "--yes")):
        result = synced.run(*command)
        said = " ".join(result.stderr.split())
        assert "note: en/hydration/a.md: reviewed: 2999-01-01 lies in the future" in said
        assert "1 review in the future: is the clock of this machine right?" in said
    assert synced.run("check").exit_code == 0
    synced.write("a", TIP)
    assert "note" not in synced.run("check").stderr
