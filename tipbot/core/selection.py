"""Which tip comes next: a shuffle bag for each subscriber and topic."""

from collections.abc import Collection
from hashlib import blake2b


def chance_below(limit: int, seed: str) -> int:
    """Return a number from 0 to ``limit - 1``, evenly spread over seeds and the same for the same.

    A hash and not ``random.Random``, so that the choice outlives a change of Python's generator.
    """
    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) % limit


def draw(
    numbers: Collection[int],
    bag: tuple[int, ...],
    seed: str,
    fitting: Collection[int] | None = None,
) -> tuple[int, tuple[int, ...]]:
    """Choose one of ``numbers`` and return it with the bag as it goes on.

    The bag holds what was seen since its last refill, oldest first. None comes back before all
    ``numbers`` were seen, nor twice in a row across a refill while there are two or more; numbers
    that joined count as unseen, those that are gone leave the bag. Among those that may come, the
    ``fitting`` ones go first. Raises ValueError for none.
    """
    if not numbers:
        message = "there is nothing to draw from"
        raise ValueError(message)
    published = numbers if isinstance(numbers, frozenset) else frozenset(numbers)
    seen = bag if published.issuperset(bag) else tuple(n for n in bag if n in published)
    unseen = published.difference(seen)
    if not unseen:
        seen, unseen = (), published.difference(bag[-1:]) or published
    first = sorted(unseen if fitting is None else unseen.intersection(fitting) or unseen)
    chosen = first[chance_below(len(first), seed)]
    return chosen, (*seen, chosen)
