"""The tip library as one value: what its files say, what the database holds."""

from dataclasses import dataclass, field

from tipbot.core.model import Card, Document, Tip, TipId


@dataclass(frozen=True, slots=True)
class Synced:
    """Ids that a sync added, changed and retired."""

    added: tuple[TipId, ...] = ()
    changed: tuple[TipId, ...] = ()
    retired: tuple[TipId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The whole content of a library folder or of the database."""

    documents: tuple[Document, ...] = ()
    tips: tuple[Tip, ...] = ()
    cards: tuple[Card, ...] = ()
    hidden: frozenset[TipId] = field(default_factory=frozenset)
    """Retired ones (database only)."""
