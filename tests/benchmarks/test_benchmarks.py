"""The benchmarks in their smallest form, so that they still run on the day they are wanted."""

import ast
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.benchmarks import charts, crowd, document, limits, sending, stores, taps
from tests.benchmarks.__main__ import Part
from tests.benchmarks.people import Files, Size
from tests.benchmarks.server import Server, serving
from tests.benchmarks.tables import Spread, Table, cut, spread

TINY = sending.Course(rounds=1, seconds=0.3, round_trips=(0.0,), settled=50)
TINY_LIMIT = limits.Course(1, (sending.Limit(100, window=1.5),))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(tmp_path) as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path, Size(senders=900, days=5))


def quiet(_: str) -> None:
    """Take what is being done, and print nothing."""


def row_of(table: Table, who: str) -> dict[str, object]:
    """Return the row of somebody by the names of its columns."""
    (row,) = (row for row in table.rows if who in row)
    return dict(zip(table.columns, row, strict=True))


def middle(value: object) -> float:
    assert isinstance(value, Spread)
    return value.middle


async def test_sending_is_measured(server: Server, files: Files, tmp_path: Path) -> None:
    message = await sending.sample_message(files)
    found = sending.contenders([files], message, tmp_path)
    speeds = await sending.measure_speed(server, {"ptb": found["ptb"]}, TINY, quiet)
    limited = await limits.measure_limits(server, {"sqlite": found["sqlite"]}, TINY_LIMIT, quiet)
    assert middle(row_of(speeds, "PTB on its default httpx")["CPU µs each"]) > 0
    ours = row_of(limited, "tipbot on SQLite")
    assert middle(ours["% of N used"]) > 0
    assert (middle(ours["refused (429)"]), middle(ours["most in a second"]) <= 100) == (0, True)


async def test_taps_are_measured(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "AT_ONCE", 2)
    files = Files(tmp_path, Size(senders=4_000, days=5))
    kinds = (taps.Meanwhile.REST, taps.Meanwhile.SENDING, taps.Meanwhile.EVERYTHING)
    course = taps.Course(rounds=1, seconds=0.1, settling=0.3, kinds=kinds, everywhere=False)
    slowest, usual = await taps.measure_taps(server, [files], tmp_path, course, quiet)
    assert slowest.figures["tapped"] == slowest.figures["stored"] != 0
    for table in (slowest, usual):
        assert set(kinds) <= row_of(table, files.name).keys()


async def test_stores_are_measured(files: Files, tmp_path: Path) -> None:
    table = await stores.measure_stores([files], tmp_path, 1, 50, quiet)
    assert middle(row_of(table, "tipbot on SQLite")["times tipbot on SQLite"]) == 1


def test_a_spread_tells_its_ends_only_if_it_has_any() -> None:
    assert str(spread([3.0, 1.0, 2.0], 1)) == "2.0 (1.0 to 3.0)"
    assert str(spread([1234.0])) == "1,234"
    assert cut([float(n) for n in range(101)], 99) == 99


def test_the_page_names_a_command_for_each_part_and_every_setting() -> None:
    tables = tuple(
        Table(
            part=part.value,
            title=f"About {part}",
            columns=("who", "ms"),
            rows=(("it", spread([1])),),
        )
        for part in Part
    )
    when = datetime(2026, 3, 1, tzinfo=UTC)
    page = document.page(document.Run(when, document.COMMAND, "2 cores", "Python", tables))
    again = document.page(document.Run(when, "", "2 cores", "Python", tables[:1]), page)
    assert again == page
    assert commands(page) >= {f"{document.COMMAND} {part}" for part in Part}
    assert "AIORateLimiter" in page
    assert "| it | 1 |" in page


@pytest.mark.skipif(not document.PAGE.exists(), reason="the page is made by the command")
def test_each_figure_of_the_documentation_stands_below_its_command() -> None:
    sections = document.PAGE.read_text(encoding="utf-8").split("\n## ")
    with_figures = [each for each in sections if re.search(r"^\|", each, re.MULTILINE)]
    assert with_figures
    for section in with_figures:
        heading = section.partition("\n")[0].lower()
        assert f"{document.COMMAND} {heading}" in commands(section)
        assert heading in [*Part]


def commands(text: str) -> set[str]:
    """Return the commands that a text names."""
    return set(re.findall(rf"`({re.escape(document.COMMAND)}[^`]*)`", text))


def test_every_module_that_measures_says_how() -> None:
    for module in (sending, limits, taps, charts, stores):
        assert len(ast.get_docstring(ast.parse(Path(str(module.__file__)).read_text())) or "") > 200
