"""The zip of an export, by itself."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticSerializationError

from tipbot.archive import Archive, ArchiveTooLargeError, harmless
from tipbot.core.holdings import Holding, Record

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def packed(*records: Record, kind: Holding = Holding.CHECK_INS) -> zipfile.ZipFile:
    with Archive(NOON) as archive:
        keys = tuple(records[0]) if records else ()
        archive.add(kind, keys, iter(records))
        return zipfile.ZipFile(io.BytesIO(archive.finish()))


def table(file: zipfile.ZipFile) -> list[list[str]]:
    text = file.read("check_ins.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", [*"=+-@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])  # noqa: RUF001 - the wide signs are meant
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("a;=cmd()", "a;'=cmd()"),
        ('a; "=cmd()', "a;' \"=cmd()"),
        ("a\n=cmd()\r\n@b", "a\n'=cmd()\r\n'@b"),
        ("=a;-b", "'=a;'-b"),
        ("\t+a", "'\t'+a"),
        ("a, -b", "a,' -b"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_cut_in_two_gets_one_inside(cell: str, safe: str) -> None:
    assert harmless(cell) == safe


@given(st.text(alphabet='a;=+-@ "\t\r\n,'))
def test_wherever_a_spreadsheet_cuts_no_part_is_a_formula(note: str) -> None:
    cells = re.split(r"[,;\t\r\n]", harmless(note))
    assert not [cell for cell in cells if cell.lstrip(' "').startswith(tuple("=+-@"))]


@pytest.mark.parametrize("cell", ["", "2026-03-02", "a=b", "'quoted", "5", "a - b; c", "a, b - c"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@given(TEXT)
def test_any_note_is_verbatim_in_json_and_one_harmless_cell_in_csv(note: str) -> None:
    file = packed({"note": note, "n": 1})
    assert json.loads(file.read("check_ins.json")) == [{"note": note, "n": 1}]
    head, row = table(file)
    assert head == ["note", "n"]
    assert row == [harmless(note), "1"]
    assert not row[0].startswith(tuple("=+-@"))


@given(st.lists(st.text(alphabet='a;=+-@ "\t\r\n,\0＝', max_size=6), min_size=2, max_size=4))  # noqa: RUF001 - as above
def test_each_cell_of_a_row_is_harmless_wherever_it_stands(cells: list[str]) -> None:
    file = packed({str(place): cell for place, cell in enumerate(cells)})
    _, row = table(file)
    assert row == list(map(harmless, cells))


def test_values_read_plainly_in_both() -> None:
    record: Record = {
        "at": NOON,
        "day": date(2026, 3, 2),
        "on": True,
        "off": False,
        "none": None,
        "list": ["stress", "food"],
        "nested": [{"reaction": "done", "at": NOON}],
    }
    file = packed(record)
    (found,) = json.loads(file.read("check_ins.json"))
    assert found == {
        "at": "2026-03-02T12:00:00+00:00",
        "day": "2026-03-02",
        "on": True,
        "off": False,
        "none": None,
        "list": ["stress", "food"],
        "nested": [{"reaction": "done", "at": "2026-03-02T12:00:00+00:00"}],
    }
    assert table(file)[1] == [
        "2026-03-02T12:00:00+00:00",
        "2026-03-02",
        "yes",
        "no",
        "",
        "stress; food",
        "reaction=done at=2026-03-02T12:00:00+00:00",
    ]


def test_a_value_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(PydanticSerializationError, match="object"):
        packed({"x": object()})  # type: ignore[dict-item] # that is the point


def test_what_is_no_table_is_json_alone() -> None:
    assert packed({"tap": "k1"}, kind=Holding.TAPS).namelist() == ["taps.json"]


def test_the_files_are_for_their_owner_alone() -> None:
    assert {info.external_attr >> 16 for info in packed({"n": 1}).infolist()} == {0o600}


def endless() -> Iterator[Record]:
    return ({"note": text} for text in repeat("x" * 1000))


def test_a_flood_of_records_is_refused_before_it_fills_the_disk() -> None:
    with Archive(NOON, unpacked=2_000_000) as archive, pytest.raises(ArchiveTooLargeError):
        archive.add(Holding.CHECK_INS, ("note",), endless())


def test_an_archive_that_packs_to_too_much_is_refused() -> None:
    with Archive(NOON, most=1000) as archive, pytest.raises(ArchiveTooLargeError):
        archive.add_text("README.txt", "".join(map(chr, range(0x4E00, 0x6000))))
