"""The README speaks of the program as it is."""

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from tipbot.cli import program
from tipbot.settings import PREFIX, SECRETS, Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """Return the table below a heading: what stands in the first column, and the second."""
    section = README.partition(f"### {heading}\n")[2].partition("\n#")[0]
    table = re.findall(r"^\| `([^`]+)` \| (.+?) \|", section, re.MULTILINE)
    assert table, f"no table below {heading}"
    return dict(table)


def commands(group: Any, path: str = "main.py") -> set[str]:
    """Return every command of the program as it is typed."""
    found: set[str] = set()
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found |= commands(command, f"{path} {name}") if inner else {f"{path} {name}"}
    return found


def test_every_setting_is_documented_and_no_other() -> None:
    assert rows("Settings").keys() == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_documented_defaults_hold() -> None:
    for name, shown in rows("Settings").items():
        field = Settings.model_fields[name.removeprefix(PREFIX).lower()]
        value = getattr(field.default, "get_secret_value", lambda v=field.default: v)()
        if shown == "none":
            assert not value, name
        elif name == "TIPBOT_API_URL":
            assert value == "https://api.telegram.org"
        else:
            assert str(value).rstrip("/").endswith(shown.strip("`").rstrip("/")), name


def test_every_secret_is_said_to_come_from_a_file_too() -> None:
    said = next(part for part in README.split("\n\n") if "`…_FILE`" in part)
    assert set(re.findall(r"`(TIPBOT_[A-Z_]+)`", said)) == set(SECRETS)


def test_every_command_is_documented_and_no_other() -> None:
    assert rows("Commands").keys() == commands(get_command(program))


def test_every_file_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert links
    assert [link for link in links if not (Path(__file__).parents[1] / link).exists()] == []
