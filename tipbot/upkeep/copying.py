"""All rows from one database into another, and the proof that both then hold the same."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tipbot.upkeep.held import Fillable, Held, Pages, Table, Tell, UpkeepError, in_order


@dataclass
class Told:
    """Counts rows of one piece of work and reports each page."""

    tell: Tell
    what: str
    total: int
    done: int = field(default=0)

    def over(self, pages: Pages) -> Pages:
        """Pass pages on and count their rows."""
        with closing(pages):
            for page in pages:
                self.done += len(page)
                self.tell(self.what, self.done, self.total)
                yield page


def rows_in(held: Held) -> Mapping[str, int]:
    """Return how many rows each table has."""
    return {name: held.count(table) for name, table in sorted(held.tables().items())}


def copy_rows(source: Held, target: Fillable, tell: Tell) -> None:
    """Replace all that ``target`` holds by what ``source`` holds; both have the same schema.

    Raises ``UpkeepError`` if the schemas are not alike.
    """
    pairs = _pairs(source, target)
    told = Told(tell, "copying", sum(source.count(table) for table, _ in pairs))
    target.clear()
    for table, twin in pairs:
        with closing(told.over(source.pages(table))) as pages:
            target.put(twin, pages)
        if table.counted:
            target.count_from(twin, source.counter(table))
    target.finish()


def compare_rows(source: Held, target: Held, tell: Tell) -> Mapping[str, int]:
    """Return how many rows each table has; raise ``UpkeepError`` unless every row is equal.

    Counted columns go on at the same number, too.
    """
    pairs = _pairs(source, target)
    told = Told(tell, "comparing", sum(source.count(table) for table, _ in pairs))
    found = {}
    for table, twin in pairs:
        with (
            closing(told.over(source.pages(table))) as ours,
            closing(target.pages(twin)) as theirs,
        ):
            found[table.name] = _compare(table.name, ours, theirs)
        # A sequence is outside of every snapshot: it may have gone on since, never back.
        if table.counted and source.counter(table) < target.counter(twin):
            message = f"the counter of {table.name} is not the same"
            raise UpkeepError(message)
    return found


def _compare(name: str, ours: Pages, theirs: Pages) -> int:
    count = 0
    for mine, other in zip_longest(ours, theirs, fillvalue=()):
        if list(mine) != list(other):
            message = f"table {name} is not the same (near row {count + 1})"
            raise UpkeepError(message)
        count += len(mine)
    return count


def _pairs(source: Held, target: Held) -> list[tuple[Table, Table]]:
    """Return each table with its twin, columns in the same order, in the order of references."""
    ours, theirs = source.tables(), target.tables()
    odd = sorted(
        name
        for name in ours.keys() | theirs.keys()
        if name not in ours or name not in theirs or ours[name].shape != theirs[name].shape
    )
    if odd:
        message = f"the two schemas are not alike: {', '.join(odd)}"
        raise UpkeepError(message)
    return [
        (replace(ours[name], columns=table.columns), table)
        for name, table in ((each.name, each) for each in in_order(theirs))
    ]


def digest(held: Held) -> str:
    """Return a sum over all rows of all tables, equal only if they are."""
    found, encode = hashlib.sha256(), json.JSONEncoder(default=bytes.hex).encode
    for name, table in sorted(held.tables().items()):
        columns = tuple(sorted(table.columns))
        found.update(encode([name, columns]).encode())
        for page in held.pages(replace(table, columns=columns)):
            found.update("".join(f"\n{encode(row)}" for row in page).encode())
    return found.hexdigest()
