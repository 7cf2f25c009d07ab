"""Calls as they come over the wire, and whether their values have the documented types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.standin.documented import METHODS, OBJECTS, Fields

_DOCUMENTED = METHODS | OBJECTS


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in the body."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it came over the wire: parameters are text, uploads by the name of their part."""

    method: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)


def values_of(request: Request) -> dict[str, Any]:
    """Return the parameters of a call without faults as what they mean."""
    kinds = kinds_of(request.method)
    return {name: read_value(text, kinds[name]) for name, text in request.parameters.items()}


@cache
def kinds_of(documented: str) -> Fields:
    """Return the kinds of all that a method or an object may have; not to be changed."""
    return {name.removesuffix("!"): kind for name, kind in _DOCUMENTED[documented].items()}


@cache
def required_of(documented: str) -> tuple[str, ...]:
    """Return what a method or an object cannot do without."""
    return tuple(name[:-1] for name in _DOCUMENTED[documented] if name.endswith("!"))


def read_value(text: str, kind: str) -> Any:
    """Return the value of a parameter: what is no text comes as JSON."""
    if kind in {"str", "file|str"}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def type_faults(where: str, value: Any, kind: str) -> Iterator[str]:
    """Yield how a value is not of a kind; of several kinds the nearest one speaks."""
    tries = [list(_faults_of_one(where, value, each)) for each in kind.split("|")]
    yield from min(tries, key=len)


def _faults_of_one(where: str, value: Any, kind: str) -> Iterator[str]:
    simple = {"int": int, "bool": bool, "str": str, "file": str}
    if kind.startswith("["):
        if not isinstance(value, list):
            yield f"{where} is no array"
            return
        for number, item in enumerate(value):
            yield from type_faults(f"{where}[{number}]", item, kind[1:-1])
    elif kind in OBJECTS:
        yield from _object_faults(where, value, kind)
    elif kind == "float":
        if not isinstance(value, int | float):
            yield f"{where} is no number"
    elif type(value) is not simple[kind]:
        yield f"{where} is no {kind}: {value!r}"


def _object_faults(where: str, value: Any, kind: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no {kind}"
        return
    kinds = kinds_of(kind)
    yield from (f"{where}.{name} is missing" for name in required_of(kind) if name not in value)
    for name, item in value.items():
        if name not in kinds:
            yield f"{where}.{name} is no field of {kind}"
        else:
            yield from type_faults(f"{where}.{name}", item, kinds[name])
