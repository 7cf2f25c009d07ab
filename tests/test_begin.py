"""The first moments of the program, in which its commands are loaded."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STARTED = """\
import os, signal, sys

class Interruption:
    def find_spec(self, name, path, target=None):
        if name == "tipbot.cli_capacity":
            os.kill(os.getpid(), {number})

signal.signal(signal.SIGINT, {handler})
sys.meta_path.insert(0, Interruption())
sys.argv = ["tipbot", "--version"]
from tipbot.begin import main
main()
"""
"""Starts the program, and sends it a signal while it loads its commands."""
LOADED = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs in the background has none
import tipbot.cli
tipbot.cli.program = lambda: print(signal.getsignal(signal.SIGINT).__name__)
from tipbot.begin import main
main()
"""


def started(script: str, **values: object) -> tuple[int, str, str]:
    """Return the status of a script and what it printed."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script.format(**values) if values else script],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_it_loads_ends_it_without_a_word(number: signal.Signals) -> None:
    own = {"number": number.value, "handler": "signal.default_int_handler"}
    assert started(STARTED, **own) == (-number, "", "")


def test_a_signal_that_is_to_be_ignored_stays_so() -> None:
    status, said, wrong = started(STARTED, number=signal.SIGINT.value, handler="signal.SIG_IGN")
    assert (status, wrong) == (0, "")
    assert said.strip()


def test_once_it_is_loaded_what_was_begun_is_told_of_an_interrupt() -> None:
    assert started(LOADED) == (0, "default_int_handler\n", "")
