"""Which entities may overlap: they are merged, split and left out as Telegram does it.

Five styles may cross anything but code, and are split where something else begins or ends inside
of them. Of everything else one span excludes the next, but for quotes, which may hold the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from tipbot.sandbox.entities import Entity

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
"""Kinds that may cross others; of one kind, those that touch become one."""
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"pre", "code", "date_time"})


def settled(entities: list[Entity]) -> list[Entity]:
    """Return entities as a message may have them, sorted."""
    return joined(sorted(entity for entity in entities if entity.length), [])


def joined(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Return sorted entities together with those that Telegram found itself, which give way."""
    styles = [entity for entity in entities if entity.kind in STYLES]
    quotes = _apart([entity for entity in entities if entity.kind in QUOTES])
    others = [e for e in entities if e.kind not in QUOTES and e.kind not in STYLES]
    kept = _beside_quotes(_apart(others), quotes)
    for entity in _beside_quotes(found, quotes):
        if not any(_overlap(entity, other) for other in kept):
            kept.append(entity)
    firm = sorted([*kept, *quotes])
    return sorted([*firm, *_split(_merged(styles), firm)])


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _apart(entities: list[Entity]) -> list[Entity]:
    """Return the entities that begin where none before them still lasts."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _beside_quotes(entities: list[Entity], quotes: list[Entity]) -> list[Entity]:
    """Return the entities that lie inside a quote or outside all of them."""
    return [
        entity
        for entity in entities
        if not any(
            _overlap(entity, quote) and (entity.offset < quote.offset or quote.end < entity.end)
            for quote in quotes
        )
    ]


def _merged(styles: list[Entity]) -> list[Entity]:
    """Return the styles, those of one kind that touch or overlap made one; sorted."""
    last: dict[str, Entity] = {}
    whole: list[Entity] = []
    for entity in styles:
        before = last.get(entity.kind)
        if before is not None and entity.offset <= before.end:
            end = max(before.end, entity.end)
            last[entity.kind] = replace(before, length=end - before.offset)
            continue
        whole += [before] if before else []
        last[entity.kind] = entity
    return sorted([*whole, *last.values()])


def _split(styles: list[Entity], firm: list[Entity]) -> list[Entity]:
    """Return the styles cut where another begins, or anything else begins or ends, inside.

    Those in code are left out.
    """
    edges = {edge for entity in firm for edge in (entity.offset, entity.end)}
    places = sorted(edges | {style.offset for style in styles})
    code = [entity for entity in firm if entity.kind in _CODE]
    pieces = [piece for style in styles for piece in _cut(style, places)]
    return [piece for piece in pieces if not any(_overlap(piece, other) for other in code)]


def _cut(style: Entity, places: list[int]) -> list[Entity]:
    inside = places[bisect_right(places, style.offset) : bisect_left(places, style.end)]
    return [
        replace(style, offset=start, length=end - start)
        for start, end in pairwise([style.offset, *inside, style.end])
    ]
