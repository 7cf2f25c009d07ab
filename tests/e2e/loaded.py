"""A process that has the program's modules loaded; copies of it become the program.

    python tests/e2e/loaded.py SOCKET

A connection brings one line, an ``Order``. A copy of this process carries it out, with a session
and an environment of its own, and does from the first line of ``main.py`` to the end of the
interpreter what a start from nothing does. Left out is the loading: nearly all that a start costs,
and alike in each. The copy's id goes back at once, its exit code when it has ended. All ends with
standard input.
"""

import gc
import json
import os
import runpy
import selectors
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TypedDict

MODULES = (
    "tipbot.app",
    "tipbot.cli",
    "tipbot.store.cluster",
    "tipbot.upkeep.move",
    "tipbot.upkeep.progress",
)
"""What ``main.py run`` loads, with all that these load."""


class Order(TypedDict):
    """What a copy is to become."""

    command: Sequence[str]
    """The script, and what was typed behind it."""
    env: Mapping[str, str]
    cwd: str
    out: str
    err: str


def load() -> None:
    """Load what ``main.py run`` loads, to stay: no copy's search for unused memory looks at it."""
    gc.disable()
    for name in MODULES:
        import_module(name)
    gc.freeze()
    gc.enable()


def orders(listening: socket.socket) -> Order | None:
    """Copy this process for each order, which is returned in the copy; None once all is over."""
    with selectors.DefaultSelector() as selector:
        selector.register(listening, selectors.EVENT_READ)
        selector.register(sys.stdin, selectors.EVENT_READ)
        while all(key.fileobj is listening for key, _ in selector.select()):
            connection, _ = listening.accept()
            assert threading.active_count() == 1, "a copy would lack the other threads"
            if os.fork() == 0:
                return kept(connection)
            connection.close()
            _reap()
    _reap()
    return None


def _reap() -> None:
    """Let go of the copies that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def kept(connection: socket.socket) -> Order:
    """Return the order in another copy; this one tells of it until it has ended."""
    with connection, connection.makefile() as lines:
        order: Order = json.loads(lines.readline())
        if (number := os.fork()) == 0:
            return order
        connection.sendall(f"{number}\n".encode())
        _, status = os.waitpid(number, 0)
        with suppress(OSError):  # nobody wants to know any more
            connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)


def become(order: Order) -> None:
    """Be a process of one's own, as whoever starts a program makes it."""
    os.setsid()
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    files = ((os.devnull, os.O_RDONLY), *((order[name], os.O_WRONLY) for name in ("out", "err")))
    for number, (path, flags) in enumerate(files):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv[:] = order["command"]
    sys.path[0] = str(Path(sys.argv[0]).parent)


def main() -> None:
    """Wait for orders; in a copy, carry one out."""
    load()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen()
        sys.stdout.write("loaded\n")
        sys.stdout.flush()
        order = orders(listening)
    if order is not None:
        become(order)
        runpy.run_path(order["command"][0], run_name="__main__")


if __name__ == "__main__":
    main()
