"""What the logs hold: events and ids; never words, never a token, whoever speaks."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from tipbot.logs import set_up_logs

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
