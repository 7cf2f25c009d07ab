"""A long list, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

PAGE_SIZE = 8
"""Lines of one page of a list in the chat."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; ``number`` counts from 0 and is never past the last page."""

    items: Sequence[T] = field(default=())
    number: int = 0
    total: int = 0
    """Items on all pages together."""

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))


def page_of(wanted: int, total: int) -> int:
    """Return the page to show for a wanted one, which may lie outside."""
    return min(max(wanted, 0), max(0, (total - 1) // PAGE_SIZE))


def paged(items: Sequence[T], wanted: int) -> Page[T]:
    """Return one page of a list that is there as a whole; see ``page_of`` for which."""
    number = page_of(wanted, len(items))
    shown = items[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    return Page(items=shown, number=number, total=len(items))
