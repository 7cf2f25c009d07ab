"""What Telegram can send, as PTB's own classes say: a kind that PTB learns is thrown as well."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, signature
from typing import Any, TypeAlias, get_type_hints

import telegram
from telegram import TelegramObject, Update

Kind: TypeAlias = Any
"""A class of PTB's objects."""
_RENAMED = {"from_user": "from"}
"""Names that PTB gives to keys that are words of Python."""
_TELLING = ("status", "type", "source")
"""What tells the classes apart that one key may hold."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of an object: what each may hold."""

    required: Mapping[str, Any]
    optional: Mapping[str, Any]
    fixed: Mapping[str, str]
    """The keys by which PTB knows the class."""


@cache
def shape(kind: Kind) -> Shape:
    """Return the keys that PTB reads for a class."""
    names = {**vars(telegram), **vars(sys.modules[kind.__module__])}
    hints = get_type_hints(kind.__init__, globalns=names)
    given = signature(kind.__init__).parameters.values()
    known = [each for each in given if each.name in hints and each.name != "api_kwargs"]
    fixed = _fixed(kind, [each.name for each in known])
    keys = {each: _RENAMED.get(each.name, each.name) for each in known if each.name not in fixed}
    # PTB wants rights that are new in the API, but says that they may be left out.
    wanted = {
        each
        for each in keys
        if each.default is Parameter.empty or (fixed and _flag(hints[each.name]))
    }
    return Shape(
        required={key: hints[each.name] for each, key in keys.items() if each in wanted},
        optional={key: hints[each.name] for each, key in keys.items() if each not in wanted},
        fixed=fixed,
    )


def _flag(hint: Any) -> bool:
    return bool(hint == bool | None)


def _fixed(kind: Kind, names: list[str]) -> dict[str, str]:
    """Return what a class gives its base as its own kind, as ``status`` of a ``ChatMemberLeft``."""
    if kind.__bases__[0] is TelegramObject or not issubclass(kind.__bases__[0], TelegramObject):
        return {}
    made = kind(**dict.fromkeys(names, 0))
    told = [each for each in _TELLING if each not in names and hasattr(made, each)]
    return {each: str(getattr(made, each)) for each in told}


@cache
def forms(kind: Kind) -> tuple[Kind, ...]:
    """Return the classes of which a key may hold one: all that have no class below them."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("telegram._")]
    return tuple(form for each in below for form in forms(each)) or (kind,)


KINDS: Mapping[str, Any] = shape(Update).optional
"""The kinds of update."""
