"""Finds the text that an English sentence is, so that it can be said in another language.

The core says in English what is wrong with a text, for the command line; the English file holds the
same sentences, each with its placeholders.
"""

import re
from collections.abc import Iterator
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
    known = [(each.id.name, each.value) for each in messages if each.id.name.startswith(prefix)]
    longest = sorted(
        known, key=lambda each: -sum(map(_literal, each[1].elements if each[1] else ()))
    )
    return tuple((re.compile("".join(_parts(value)), re.DOTALL), key) for key, value in longest)


def _literal(element: ast.TextElement | ast.Placeable) -> int:
    return len(element.value) if isinstance(element, ast.TextElement) else 0


def _parts(value: ast.Pattern | None) -> Iterator[str]:
    """Yield a regular expression for each part; a placeholder stands for anything, once."""
    seen: set[str] = set()
    for element in value.elements if value else ():
        if isinstance(element, ast.TextElement):
            yield re.escape(element.value)
        elif isinstance(element.expression, ast.VariableReference):
            name = element.expression.id.name
            yield f"(?P={name})" if name in seen else f"(?P<{name}>.*)"
            seen.add(name)
