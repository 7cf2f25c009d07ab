"""The commands: exit codes, and one clear message for whatever is wrong."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tipbot import __version__
from tipbot.cli import NO_TOKEN, program

ROOT = Path(__file__).parents[1]
TIP = """\
---
id: hydration-a
title: A glass in sight
topic: hydration
tags: [water]
sources:
  - document: paper.txt
    section: Water
claim: practical
reviewed: 2026-03-01
---
Put a glass of water where you can see it.
"""


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let a command find no setting of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(program, arguments, env=settings)


def test_without_a_command_it_shows_what_there_is() -> None:
    shown = run().output
    assert all(name in shown for name in ("run", "demo", "tips"))


def test_it_names_its_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.output.strip()) == (0, __version__)


def test_without_a_token_run_says_how_to_get_one_and_names_the_demo() -> None:
    result = run("run")
    assert result.exit_code == 2
    assert result.stderr.strip() == NO_TOKEN
    assert "@BotFather" in NO_TOKEN
    assert "main.py demo" in NO_TOKEN


def test_every_wrong_setting_is_listed_at_once_and_nothing_is_started(tmp_path: Path) -> None:
    wrong = {
        "TIPBOT_TOKEN": "hush-hush",
        "TIPBOT_DATABASE": "mysql://me:hunter2@host/x",
        "TIPBOT_OWNERS": "me",
        "TIPBOT_RATE": "fast",
        "TIPBOT_LISTEN": "here",
        "TIPBOT_COLOUR": "red",
    }
    result = run("run", **wrong)
    assert result.exit_code == 2
    assert "nothing was started" in result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("- ")]
    assert {line[2:].partition(":")[0] for line in lines} == wrong.keys()
    assert "hush" not in result.output
    assert "hunter2" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_settings_are_read_from_a_file_beside_the_caller(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TIPBOT_OWNERS=nobody\n")
    assert "TIPBOT_OWNERS" in run("run").stderr


def test_an_unknown_command_is_refused() -> None:
    assert run("fly").exit_code == 2


def test_the_library_that_comes_along_has_no_faults() -> None:
    result = run("tips", "check", str(ROOT / "tips"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no faults" in result.output


def test_a_fault_in_the_library_is_named_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "tips"
    (folder / "en" / "hydration").mkdir(parents=True)
    (folder / "sources.yaml").write_text(
        "- name: paper.txt\n  title: A paper\n  sections: [Water]\n"
    )
    (folder / "en" / "hydration" / "a.md").write_text(TIP.replace("2026-03-01", "soon"))
    result = run("tips", "check", str(folder))
    assert result.exit_code == 1
    assert "a.md" in result.stderr
    assert result.stderr.splitlines()[-1].endswith(": 2 faults")
    assert "no faults" not in result.output


def test_a_folder_that_is_no_library_is_refused(tmp_path: Path) -> None:
    result = run("tips", "check", str(tmp_path / "nothing"))
    assert result.exit_code == 1
    assert "nothing" in result.stderr


def test_the_set_library_is_checked_if_none_is_named(tmp_path: Path) -> None:
    result = run("tips", "check", TIPBOT_TIPS=str(tmp_path / "elsewhere"))
    assert result.exit_code == 1
    assert "elsewhere" in result.stderr


def test_a_backup_is_made_restored_and_counted(tmp_path: Path) -> None:
    assert run("migrate").output.startswith("steps taken: 0001_first, ")
    assert run("migrate").output.strip() == "the schema is up to date"
    made = run("backup", "kept.db")
    assert made.exit_code == 0
    assert "all compared" in made.output
    (tmp_path / "tipbot.db").unlink()
    assert run("restore", "kept.db").exit_code == 0
    again = run("restore", "kept.db", "--force")
    assert "What was there before is in tipbot-before-restore-" in again.output.replace("\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup", "there.db"),
        ("backup", "there.db", "--keep", "2"),
        ("restore", "nothing.db"),
        ("restore", "letter"),
        ("migrate", "--to", "postgresql://me:hunter2@host/x"),
        ("migrate", "--to", "mysql://host/x"),
        ("migrate", "--to", "sqlite:///other.db"),
        ("migrate", "--to-file", "nothing"),
        ("migrate", "--to-file", "blank"),
        ("migrate", "--to", ""),
    ],
)
def test_what_cannot_be_done_is_said_in_one_message(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "letter").write_text("Dear Bob")
    (tmp_path / "blank").write_text("\n")
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "hunter2" not in result.output
    assert {each.name for each in tmp_path.iterdir()} == {"letter", "blank"}


@pytest.mark.parametrize("command", ["run", "backup", "capacity", "migrate"])
def test_a_database_that_is_a_folder_is_called_one(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").mkdir()
    own = {"TIPBOT_DATABASE": "sqlite:///data", "TIPBOT_TOKEN": "123456:" + "A" * 35}
    result = run(command, **own)
    assert result.exit_code == 2
    assert "data is no file" in result.stderr


def test_capacity_says_from_numbers_what_fits() -> None:
    fits = run("capacity", "--subscribers", "10000")
    assert fits.exit_code == 0
    assert "40,000" in fits.output
    assert "Everything can be sent in time." in fits.output


def test_capacity_says_from_numbers_what_would_expire_and_what_to_change() -> None:
    shown = run("capacity", "--subscribers", "1000000", "--rate", "30")
    assert shown.exit_code == 1
    for words in ("4,000,000", "would expire", "hydration", "(TIPBOT_RATE) to 292", "paid"):
        assert words in shown.output.replace("\n", " ")
    assert "More machines do not help" in shown.output
    enough = run("capacity", "--subscribers", "1000000", TIPBOT_RATE="292")
    assert enough.exit_code == 0


def test_capacity_reads_the_database_and_changes_nothing(tmp_path: Path) -> None:
    run("migrate")
    before = (tmp_path / "tipbot.db").read_bytes()
    shown = run("capacity")
    assert shown.exit_code == 0
    assert "0 people who can be reached" in shown.output
    assert (tmp_path / "tipbot.db").read_bytes() == before


def test_capacity_speaks_of_one_as_of_one() -> None:
    shown = run("capacity", "--subscribers", "1", "--tips-a-day", "1").output
    for words in ("From numbers: 1 subscriber,", "1 falls due at", "1 message "):
        assert words in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("capacity",), "there is no database"),
        (("capacity", "--zones", "3"), "--subscribers"),
        (("capacity", "--subscribers", "-1"), "not -1"),
        (("capacity", "--subscribers", "5", "--rate", "0"), "1 to 1,000"),
        (("capacity", "--subscribers", "5", "--rate", "nan"), "not nan"),
        (("capacity", "--subscribers", "5", "--tips-a-day", "9"), "1 to 8, not 9"),
        (("capacity", "--subscribers", "5", "--zones", "25"), "1 to 24, not 25"),
        (("capacity", "--subscribers", "5", "--spread", "0"), "1 to 720, not 0"),
    ],
)
def test_capacity_refuses_what_cannot_be(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
