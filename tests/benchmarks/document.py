"""Tables on the screen, as JSON, and as the page and the plot of the documentation."""

import ast
import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table as Grid

from tests.benchmarks.tables import Table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/benchmarks.md"
PLOT = ROOT / "docs/images/benchmarks.svg"
_LIBRARIES = (
    "python-telegram-bot",
    "aiohttp",
    "httpx",
    "aiolimiter",
    "aiogram",
    "APScheduler",
    "SQLAlchemy",
    "psycopg",
)
_PEERS = {"PTB": "peer_ptb", "PTB with JobQueue": "peer_jobqueue", "aiogram": "peer_aiogram"}
COMMAND = "python -m tests.benchmarks"
_SETTINGS = "How the others are set up"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the benchmarks: what it found, on what."""

    made_at: datetime
    command: str
    machine: str
    versions: str
    tables: tuple[Table, ...]


def machine() -> str:
    """Return what the machine is, without its name."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory,"
        f" {platform.system()}"
    )


def versions(postgres: str) -> str:
    """Return the versions of all that is measured."""
    found = [f"{name} {version(name)}" for name in _LIBRARIES]
    own = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    return ", ".join([*own, *([f"PostgreSQL {postgres}"] if postgres else []), *found])


def show(table: Table, console: Console) -> None:
    """Print a table."""
    grid = Grid(title=table.title, title_justify="left", caption=table.note)
    grid.caption_justify = "left"
    for number, column in enumerate(table.columns):
        grid.add_column(column, justify="left" if number < _words(table) else "right")
    for row in table.rows:
        grid.add_row(*map(str, row))
    console.print(grid)


def _words(table: Table) -> int:
    """Return how many columns at the left hold words."""
    first = table.rows[0]
    figures = [not isinstance(each, str) or _number(each) for each in first]
    return figures.index(True, 1) if True in figures[1:] else len(first)


def _number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdigit()


def write_json(run: Run, path: Path) -> None:
    """Keep everything, the single measures included."""
    path.write_text(json.dumps(asdict(run), default=str, indent=1), encoding="utf-8")


def page(run: Run, before: str = "") -> str:
    """Return the page of the documentation, in Markdown.

    What ``before``, the page as it was, holds of parts that were not measured now stays.
    """
    found: dict[str, str] = {}
    for section in before.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        if heading != _SETTINGS:
            found[heading.lower()] = f"## {section.rstrip()}\n"
    for part in dict.fromkeys(table.part for table in run.tables):
        found[part] = _section(run, part, [t for t in run.tables if t.part == part])
    made_on = "\n".join(_wrapped(f"{run.machine}; {run.versions}."))
    return "\n".join((_INTRODUCTION.format(made_on=made_on), *found.values(), _settings()))


def _section(run: Run, part: str, tables: Sequence[Table]) -> str:
    made = f"Made by `{COMMAND} {part}` on {run.made_at.day} {run.made_at:%B %Y}."
    lines = [f"## {part.capitalize()}", "", made, "", _docstring(part)]
    for table in tables:
        lines += ["", f"### {table.title}", "", *_grid(table)]
        if table.note:
            lines += ["", *_wrapped(table.note)]
    if part == "sending":
        lines += ["", f"![Messages a second, and what each costs](images/{PLOT.name})"]
    return "\n".join([*lines, ""])


def _grid(table: Table) -> Iterable[str]:
    words = _words(table)
    yield "| " + " | ".join(table.columns) + " |"
    yield "|" + "|".join("---" if n < words else "---:" for n in range(len(table.columns))) + "|"
    for row in table.rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _docstring(module: str) -> str:
    """Return the docstring of a module here, without loading it; its marks of code are Markdown."""
    source = (Path(__file__).with_name(module)).with_suffix(".py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").replace("``", "`")


def _settings() -> str:
    told = (f"**{name}.** {_docstring(module)}" for name, module in _PEERS.items())
    return "\n\n".join((f"## {_SETTINGS}", *told)) + "\n"


def _wrapped(text: str) -> Iterable[str]:
    line = ""
    for word in text.split():
        if len(line) + len(word) >= 100:
            yield line
            line = ""
        line = f"{line} {word}".lstrip()
    yield line


_INTRODUCTION = f"""\
# Benchmarks

Made by `{COMMAND} --write`, not by hand; the command at the head of a part makes that part
alone, and `{COMMAND} --quick` takes about a minute.

{{made_on}}

Programs that are compared take turns on the same machine in the same run. A figure is the median of
the rounds, with the lowest and the highest behind it. Milliseconds and messages a second depend on
the machine, ratios much less; nothing here is a promise, and no test asks for a speed.
"""


def write(run: Run) -> None:
    """Write the page and its plot."""
    from tests.benchmarks.plot import draw  # noqa: PLC0415 - matplotlib takes its time

    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(run, before), encoding="utf-8")
    speeds = [table for table in run.tables if table.part == "sending"]
    if speeds:
        draw(speeds[0], PLOT)
