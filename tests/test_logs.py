"""What the logs hold: events and ids; never words, never a token, whoever speaks."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tipbot.logs import _NamesOnly, set_up_logs

TOKEN = "123456:" + "a" * 35
URL = f"https://api.telegram.org/bot{TOKEN}/getUpdates"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    printed = capsys.readouterr()
    assert printed.out == ""
    return [json.loads(line) for line in printed.err.splitlines()]


def fail(fault: Exception) -> None:
    raise fault


def test_an_event_is_one_line_of_json_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(for_people=False)
    structlog.get_logger("tipbot").info("delivery", delivery=7, state="sent")
    (line,) = lines(capsys)
    assert (line["event"], line["delivery"], line["level"]) == ("delivery", 7, "info")
    assert str(line["timestamp"]).endswith("Z")


def test_another_library_is_heard_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(for_people=False)
    try:
        fail(ConnectionError(URL))
    except ConnectionError:
        logging.getLogger("aiohttp.client").exception("no answer from %s", URL)
    (line,) = lines(capsys)
    assert (line["event"], line["kind"]) == ("library_warning", "ConnectionError")
    assert TOKEN not in json.dumps(line)


def test_what_libraries_say_in_passing_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(for_people=False)
    logging.getLogger("httpx").info("POST %s", URL)
    logging.getLogger("telegram").debug("%s", TOKEN)
    assert lines(capsys) == []


def test_debugging_of_our_own_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(for_people=False)
    structlog.get_logger("tipbot").debug("details")
    assert lines(capsys) == []


@pytest.mark.parametrize("for_people", [False, True])
def test_an_exception_of_ours_is_named_without_what_it_quotes(
    capsys: pytest.CaptureFixture[str], *, for_people: bool
) -> None:
    set_up_logs(for_people=for_people)
    note = "my face hurts"
    try:
        fail(ValueError(f"could not render {note!r} at {URL}"))
    except ValueError:
        structlog.get_logger("tipbot").exception("render_failed", delivery=7)
    printed = capsys.readouterr().err
    assert len(printed.splitlines()) == 1
    assert all(word in printed for word in ("render_failed", "ValueError", "test_logs.py:"))
    assert TOKEN not in printed
    assert note not in printed


def test_people_read_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(for_people=True)
    structlog.get_logger("tipbot").info("started", polling=True)
    printed = capsys.readouterr().err
    assert "started" in printed
    assert "polling=True" in printed
    assert not printed.startswith("{")


def test_a_library_that_repeats_itself_is_heard_once_a_minute(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(for_people=False)
    now = 0.0
    logging.getLogger().handlers = [_NamesOnly(logging.WARNING, lambda: now)]
    pool = logging.getLogger("psycopg.pool")
    for now in (0.0, 1.0, 30.0, 59.0, 61.0, 62.0):  # noqa: B007 - the handler reads it
        pool.warning("error connecting to %s", "postgresql://me:hunter2@host/x")
    pool.error("another place")
    first, again, other = lines(capsys)
    assert (first["logger"], first.get("unsaid")) == ("psycopg.pool", None)
    assert (again["place"], again["unsaid"]) == (first["place"], 3)
    assert other["place"] != first["place"]


CRASH = """
import threading
from tipbot.logs import hush_crashes, set_up_logs

set_up_logs(for_people=False)
hush_crashes()
URL = "https://api.telegram.org/bot{token}/getMe"

class Careless:
    def __del__(self):
        raise LookupError(URL)

def fail():
    raise OSError(URL)

Careless()
thread = threading.Thread(target=fail, name="writer")
thread.start()
thread.join()
raise ValueError(URL)
"""


def test_a_crash_says_what_and_where_and_nothing_else() -> None:
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", CRASH.format(token=TOKEN)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert ended.returncode == 1
    found = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["kind"] for line in found] == ["LookupError", "OSError", "ValueError"]
    assert found[1]["thread"] == "writer"
    assert found[2]["where"] == ["<string>:20"]
    assert TOKEN not in ended.stderr + ended.stdout


THROUGH_THE_DOOR = """
import sys
from tipbot import cli

@cli.program.command()
def stumble():
    raise ValueError("https://api.telegram.org/bot{token}/getMe")

sys.argv = ["main.py", "stumble"]
cli.main()
"""


def test_a_command_that_crashes_is_as_silent() -> None:
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", THROUGH_THE_DOOR.format(token=TOKEN)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert (json.loads(line)["event"], json.loads(line)["kind"]) == ("crashed", "ValueError")
    assert TOKEN not in ended.stderr + ended.stdout
