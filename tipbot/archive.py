"""An export as one zip file: each kind of holding as JSON, most as CSV too, and a text beside them.

Readable with any editor or spreadsheet. JSON holds every value as it is; a CSV cell that a
spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection").
"""

import codecs
import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from types import NoneType
from typing import IO, Any, Self

from pydantic_core import to_json

from tipbot.core.audit import Entry
from tipbot.core.holdings import Fact, Holding, Record
from tipbot.core.names import plain_name

MOST = 45 * 1024 * 1024
"""Bytes of a whole archive; Telegram takes files of up to 50 MB from a bot."""
MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes of one file of an archive, before it is packed."""
AS_TABLES = (
    Holding.SETTINGS,
    Holding.PLANS,
    Holding.CHECK_INS,
    Holding.DAYS,
    Holding.TREATMENTS,
    Holding.DELIVERIES,
)
"""What is written as CSV too."""
_IN_MEMORY = 1024 * 1024
COMMA = ","
"""What parts the cells of a table, unless a language's spreadsheets expect something else."""
_UTF8_MARK = b"\xef\xbb\xbf"
"""By which spreadsheets know UTF-8."""
_LOG_COLUMNS = (
    "act", "at", "who_number", "who", "deed", "thing", "detail", "about_number", "about"
)  # fmt: skip
_SIGNS = "=+\\-@＝＋－＠"  # noqa: RUF001 - the wide signs count as well
_SIGNED = rf'(?=[ "]*[{_SIGNS}])'
_FORMULA = re.compile(rf"\A(?=[\t\r\n])|(?:\A|(?<=[,;\t\r\n])){_SIGNED}")
_DOUBTFUL = re.compile(rf"[\t\r\n]|(?:\A|(?<=[,;\0])){_SIGNED}")
"""Is found in any row, its cells joined by NUL, in which ``_FORMULA`` is: a look at each cell by
itself would cost a fourth of an export."""


class ArchiveTooLargeError(Exception):
    """There is more than one file can carry."""


class Archive:
    """Builds one zip; at most ``_IN_MEMORY`` of each unpacked file is in memory, the rest on disk.

    Blocks: to be used on a thread. ``moment`` (local) is the date of the files in it; ``sign``
    parts the cells of its tables.
    """

    def __init__(
        self,
        moment: datetime,
        most: int = MOST,
        unpacked: int = MOST_UNPACKED,
        *,
        sign: str = COMMA,
    ) -> None:
        """Begin an empty archive."""
        self._sign = sign
        self._date = moment.timetuple()[:6]
        self._most, self._unpacked = most, unpacked
        self._packed = io.BytesIO()
        self._zip = zipfile.ZipFile(self._packed, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        """Return the archive; leaving lets go of what was not finished."""
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, kind: Holding, keys: tuple[str, ...], records: Iterator[Record]) -> None:
        """Add all records of one kind; raise ``ArchiveTooLargeError`` if it is too much."""
        with ExitStack() as stack:
            as_json, as_csv = stack.enter_context(_spool()), stack.enter_context(_spool())
            table = _Table(as_csv, self._sign)
            as_json.write(b"[")
            table.write(keys)
            separator = b"\n"
            for record in records:
                as_json.write(separator + _json(record))
                table.write([_cell(record[key]) for key in keys])
                if max(as_json.tell(), as_csv.tell()) > self._unpacked:
                    raise ArchiveTooLargeError
                separator = b",\n"
            as_json.write(b"\n]\n")
            self._pack(f"{kind}.json", as_json)
            if kind in AS_TABLES:
                self._pack(f"{kind}.csv", as_csv, head=_UTF8_MARK)

    def add_text(self, name: str, text: str) -> None:
        """Add a text file."""
        self._pack(name, io.BytesIO(text.encode("utf-8")))

    def finish(self) -> bytes:
        """Return the whole archive."""
        self._zip.close()
        return self._packed.getvalue()

    def _pack(self, name: str, unpacked: IO[bytes], head: bytes = b"") -> None:
        """Pack a file; ``head`` is the mark by which spreadsheets know UTF-8."""
        unpacked.seek(0)
        entry = zipfile.ZipInfo(name, self._date)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        with self._zip.open(entry, "w") as packed:
            packed.write(head)
            shutil.copyfileobj(unpacked, packed)
        if self._packed.tell() > self._most:
            raise ArchiveTooLargeError


class LogTable:
    """Builds one CSV file of the log of owners and editors, most of it on disk meanwhile.

    Blocks: to be used on a thread.
    """

    def __init__(self, most: int = MOST, *, sign: str = COMMA) -> None:
        """Begin with the names of the columns; ``sign`` parts the cells."""
        self._most = most
        self._file = _spool()
        self._file.write(_UTF8_MARK)
        self._table = _Table(self._file, sign)
        self._table.write(_LOG_COLUMNS)

    def __enter__(self) -> Self:
        """Return the table; leaving lets go of it."""
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def fill(self, entries: Iterator[Entry]) -> None:
        """Add a row for each act; raise ``ArchiveTooLargeError`` if it is too much."""
        for entry in entries:
            self._table.write(_log_cells(entry))
            if self._file.tell() > self._most:
                raise ArchiveTooLargeError

    def finish(self) -> bytes:
        """Return the whole file."""
        self._file.seek(0)
        return self._file.read()


def _log_cells(entry: Entry) -> tuple[str, ...]:
    about = entry.about
    return (
        str(entry.id),
        entry.at.isoformat(),
        str(entry.by.number),
        plain_name(entry.by.name),
        entry.deed,
        entry.thing,
        entry.detail,
        str(about.number) if about else "",
        plain_name(about.name) if about else "",
    )


def harmless(cell: str) -> str:
    """Return a CSV cell of which no spreadsheet takes anything for a formula.

    A spreadsheet that expects semicolons, as in Germany and Spain, finds none of the quotes of a
    file with commas, and the other way round: it begins a new cell at each of its own signs and at
    each line break (OWASP, as above).
    """
    return _FORMULA.sub("'", cell)


def csv_table(rows: Iterable[Sequence[str]], sign: str = COMMA) -> bytes:
    """Return rows as a CSV file that spreadsheets read rightly, each cell harmless."""
    file = io.BytesIO()
    file.write(_UTF8_MARK)
    table = _Table(file, sign)
    for row in rows:
        table.write(row)
    return file.getvalue()


def _spool() -> SpooledTemporaryFile[bytes]:
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


def _json(record: Record) -> bytes:
    """Return a record with one key a line."""
    return to_json(_spelled(record), indent=2)


def _spelled(value: Fact) -> Fact:
    """Return a value with its moments as a CSV has them; pydantic's own have a Z for +00:00."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _spelled(each) for key, each in value.items()}
    return [_spelled(each) for each in value] if isinstance(value, list) else value


class _Table:
    """Rows of a CSV file in UTF-8, each cell harmless."""

    def __init__(self, file: IO[bytes], sign: str) -> None:
        """Write to ``file``; ``sign`` parts the cells."""
        self._rows = csv.writer(codecs.getwriter("utf-8")(file), delimiter=sign)

    def write(self, cells: Sequence[str]) -> None:
        """Add a row."""
        doubtful = _DOUBTFUL.search("\0".join(cells)) is not None
        self._rows.writerow([harmless(cell) for cell in cells] if doubtful else cells)


def _cell(value: Fact) -> str:
    """Return a value as the text of one cell."""
    return _CELLS.get(type(value), _nested)(value)


def _nested(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_cell(each)}" for key, each in value.items())
    return "; ".join(map(_cell, value))


# One look-up for each cell: asking for one kind after the other takes three times as long.
_CELLS: Mapping[type, Callable[[Any], str]] = {
    str: str,
    NoneType: lambda _: "",
    bool: lambda value: "yes" if value else "no",
    int: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
}
