"""Choices read from bytes, so that Hypothesis and atheris steer the same generator."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Tape:
    """Reads numbers from bytes; where they end, every choice is the first and plainest one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def below(self, count: int) -> int:
        """Return a number from 0 to ``count - 1``."""
        width = 1 if count <= 256 else 2
        taken = self._content[self._at : self._at + width]
        self._at += width
        return int.from_bytes(taken) % count

    def one_in(self, count: int) -> bool:
        """Tell, once in so many times, that it is so; never where the bytes have ended."""
        return self.below(count) == count - 1

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """Return a few of the choices."""
        return [self.pick(choices) for _ in range(self.below(most + 1) if choices else 0)]
