"""Ids for new tips."""

from collections.abc import Iterator
from itertools import count

from tipbot.core.entries import LONGEST_ID
from tipbot.core.model import TipId, Topic
from tipbot.core.search import search_words

_AT_ONCE = 20
"""Ids that are tried together."""


def free_ids(topic: Topic, title: str) -> Iterator[tuple[TipId, ...]]:
    """Yield ids for a new tip, some at a time and without end: its title's words, then numbered.

    What has no a-z or 0-9 in its title is called 'tip'.
    """
    prefix = f"{topic.replace('_', '-')}-"
    words = [word for word in search_words(title) if word.isascii()]
    name = "-".join(words) or "tip"
    yield (_shortened(prefix, name, ""),)
    for start in count(2, _AT_ONCE):
        yield tuple(_shortened(prefix, name, f"-{n}") for n in range(start, start + _AT_ONCE))


def _shortened(prefix: str, name: str, end: str) -> TipId:
    room = LONGEST_ID - len(prefix) - len(end)
    return TipId(f"{prefix}{name[:room].rstrip('-')}{end}")
