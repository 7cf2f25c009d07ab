"""Bars for people, nothing for a file."""

from io import StringIO

from rich.console import Console

from tipbot.upkeep.progress import bars


def test_each_thing_that_is_done_has_its_bar() -> None:
    screen = StringIO()
    with bars(Console(file=screen, force_terminal=True, width=80)) as tell:
        tell("copying", 1, 3)
        tell("copying", 3, 3)
        tell("comparing", 2, 3)
    shown = screen.getvalue()
    assert "copying" in shown
    assert "3/3" in shown
    assert "2/3" in shown


def test_a_file_holds_no_bars() -> None:
    log = StringIO()
    with bars(Console(file=log)) as tell:
        tell("copying", 3, 3)
    assert log.getvalue().strip() == ""
