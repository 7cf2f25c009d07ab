"""YAML as strangers may send it: plain mappings, lists and scalars, and nothing clever."""

from collections.abc import Hashable
from math import inf
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.composer import Composer

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader
else:

    class SafeLoader(Composer, yaml.CSafeLoader):
        """Takes a text apart in C, five times as fast, and puts it together in Python."""

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)


_DEEPEST = 6
"""Levels of nesting; a front matter has three."""
_MOST_VALUES = 120
"""Values, names of fields and lists in a front matter; the fullest that is sound has 70."""
_LONGEST_VALUE = 1000
"""Characters; no field of a library takes as many, and a long number is slow to read."""


class YamlRefusedError(ValueError):
    """A YAML text is broken or does more than state values; ``line`` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


class _PlainLoader(SafeLoader):
    """The safe loader, refusing whatever is more than a stated value before it builds anything."""

    depth = 0
    left: float = inf
    """Values that may still come."""
    longest: float = inf
    """Characters of a value."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Check the next event, then compose it; the depth is bounded before it recurses."""
        event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it untyped
        line = event.start_mark.line + 1
        if event.anchor is not None:
            raise YamlRefusedError(line, "anchors (&) and aliases (*) are not allowed; use quotes")
        if event.tag:
            raise YamlRefusedError(line, "tags (!) are not allowed; use quotes")
        if self.depth > _DEEPEST:
            raise YamlRefusedError(line, "it is nested too deeply")
        if self.left <= 0:
            raise YamlRefusedError(line, f"there are more than {_MOST_VALUES} values")
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > self.longest:
            raise YamlRefusedError(line, f"a value has more than {_LONGEST_VALUE:,} characters")
        self.left -= 1
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Check the names of a mapping's fields, then build it."""
        seen: set[str] = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise YamlRefusedError(line, "a field's name is not plain text")
            if key.value in seen:
                raise YamlRefusedError(line, f"'{key.value:.40}' stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class _FrontLoader(_PlainLoader):
    """Bounds the work on one of many texts, too: a small archive unpacks to a million values."""

    left: float = _MOST_VALUES
    longest: float = _LONGEST_VALUE


def load_yaml(text: str, loader: type[_PlainLoader] = _PlainLoader) -> Any:
    """Return the value of a YAML text.

    Anchors, aliases, explicit tags, merge keys, duplicate keys, deep nesting and several documents
    raise ``YamlRefusedError``, as broken YAML does.
    """
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - a stricter SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefusedError(mark.line + 1 if mark else 1, error.problem or "broken") from error
    except yaml.YAMLError as error:
        raise YamlRefusedError(1, "it holds characters that YAML does not allow") from error
    except YamlRefusedError:
        raise
    except ValueError as error:
        raise YamlRefusedError(1, "a date or number in it is impossible") from error


class PlainYAML(YAMLHandler):
    """python-frontmatter's YAML, read through ``load_yaml``."""

    def load(self, fm: str, **_: object) -> Any:
        """Return the fields of a front matter; raise ``YamlRefusedError``."""
        found = load_yaml(fm, _FrontLoader)
        if not isinstance(found, dict):
            raise YamlRefusedError(1, "there are no 'name: value' lines")
        return found
