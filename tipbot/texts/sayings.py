"""Finds the text that an English sentence is, so that it can be said in another language.

The core says in English what is wrong with a text, for the command line; the English file holds the
same sentences, each with its placeholders.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from fluent.syntax import ast, parse

from tipbot.texts import DEFAULT

Saying = tuple[str, dict[str, str]]
"""A key, and the values of its placeholders."""


def recognise(sentence: str, prefix: str) -> Saying | None:
    """Return the text that a sentence is among those whose keys begin so; None if it is none.

    Of several the one that leaves least to placeholders is meant.
    """
    for pattern, key in _patterns(prefix):
        if found := pattern.fullmatch(sentence):
            return key, found.groupdict()
    return None


@cache
def _patterns(prefix: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    english = (files("tipbot.texts") / f"{DEFAULT}.ftl").read_text(encoding="utf-8")
    messages = (each for each in parse(english).body if isinstance(each, ast.Message))
    known = [each for each in messages if each.id.name.startswith(prefix)]
    known.sort(key=_literal, reverse=True)
    return tuple((re.compile("".join(_parts(each)), re.DOTALL), each.id.name) for each in known)


def _elements(message: ast.Message) -> Iterable[ast.TextElement | ast.Placeable]:
    return message.value.elements if message.value else ()


def _literal(message: ast.Message) -> int:
    """Return how many characters of a text are its own."""
    own = (each.value for each in _elements(message) if isinstance(each, ast.TextElement))
    return sum(map(len, own))


def _parts(message: ast.Message) -> Iterator[str]:
    """Yield a regular expression for each part; a placeholder stands for anything, once."""
    seen: set[str] = set()
    for element in _elements(message):
        if isinstance(element, ast.TextElement):
            yield re.escape(element.value)
        elif isinstance(element.expression, ast.VariableReference):
            name = element.expression.id.name
            yield f"(?P={name})" if name in seen else f"(?P<{name}>.*)"
            seen.add(name)
