"""What an editor is writing: a new tip, or changes to one, kept until it is saved or thrown away.

A draft is a row and never memory: it outlives restarts and other questions.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from tipbot.core.entries import Entry
from tipbot.core.model import Citation, Claim, Tip, TipId, Topic
from tipbot.core.revisions import TipNumber
from tipbot.core.tip_ids import free_ids

DRAFT_KEPT = timedelta(days=30)
"""How long a draft is kept after its last change."""
STEPS = ("topic", "title", "body", "sources", "claim")
"""What a new tip is asked for, in order; tags and the day of review have a default."""
ASKED = "desk-field"
"""The dialog that a typed field answers; its payload says which field of which tip."""
FIELDS = ("title", "body", "tags", "sources", "claim", "reviewed")
"""What of a tip may be changed. Its topic may not: the id, which is permanent, begins with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was given so far; None is not given yet, or unchanged."""

    mark: int = 0
    """Tells it from every other draft of the same editor: the update with which it was begun."""
    number: TipNumber | None = None
    """The tip that is changed; None for a new one."""
    seen: int = 0
    """The revision that the editor saw; 0 for a new tip."""
    id: TipId | None = None
    """A new tip's id, from the moment at which it is saved first: saving again adds nothing."""
    topic: Topic | None = None
    title: str | None = None
    body: str | None = None
    tags: tuple[str, ...] | None = None
    sources: tuple[Citation, ...] | None = None
    claim: Claim | None = None
    reviewed: date | None = None


def given(draft: Draft) -> dict[str, Any]:
    """Return the fields that a draft gives, by their names in ``Tip``."""
    named = {name: getattr(draft, name) for name in FIELDS}
    return {name: value for name, value in named.items() if value is not None}


def is_blank(draft: Draft) -> bool:
    """Tell whether nothing would be lost with a draft."""
    return draft.topic is None and not given(draft)


def only_changes(draft: Draft, seen: Entry) -> Draft:
    """Return a draft without the fields that say what they said before.

    Whoever sets a field back has not changed it: on top of a colleague's revision theirs stays.
    """
    same: dict[str, Any] = {
        name: None for name, value in given(draft).items() if value == getattr(seen, name)
    }
    return replace(draft, **same)


def short_name(source: Citation) -> str:
    """Return a name of a source that fits a button, the same at every time."""
    words = f"{source.document}\n{source.section}"
    return blake2b(words.encode(), digest_size=6).hexdigest()


def next_step(draft: Draft) -> str | None:
    """Return what a new tip still has to be asked for, None if nothing."""
    return next((name for name in STEPS if getattr(draft, name) is None), None)


def step_back(draft: Draft) -> Draft:
    """Return a new tip's draft without the answer before the step that is asked, if there is one.

    What was given beyond that step stays.
    """
    asked = next_step(draft)
    before = STEPS[: STEPS.index(asked)] if asked else STEPS
    without: dict[str, Any] = {before[-1]: None} if before else {}
    return replace(draft, **without)


def changed_entry(draft: Draft, seen: Entry) -> Entry:
    """Return the tip as it would be with this draft's changes."""
    changed: Entry = replace(seen, **given(draft))
    return changed


def new_tip(draft: Draft, today: date) -> Tip:
    """Return the new tip as far as it was given, with stand-ins for the rest.

    Without a tag it is tagged with its topic; it counts as reviewed on the day it is written.
    """
    topic, title = draft.topic or Topic.HYDRATION, draft.title or "New"
    folder = topic.replace("_", "-")
    return Tip(
        id=draft.id or next(free_ids(topic, title))[0],
        title=title,
        body=draft.body or "New",
        topic=topic,
        tags=draft.tags or (folder,),
        sources=draft.sources or (),
        claim=draft.claim or Claim.PRACTICAL,
        reviewed=draft.reviewed or today,
    )


def to_json(draft: Draft) -> str:
    """Return a draft as text that ``from_json`` reads."""
    kept: dict[str, Any] = {
        "mark": draft.mark,
        "number": draft.number,
        "seen": draft.seen,
        "id": draft.id,
        "topic": draft.topic,
        **given(draft),
    }
    if draft.sources is not None:
        kept["sources"] = [[each.document, each.section] for each in draft.sources]
    if draft.reviewed is not None:
        kept["reviewed"] = draft.reviewed.isoformat()
    return json.dumps({name: value for name, value in kept.items() if value is not None})


def from_json(text: str) -> Draft:
    """Read what ``to_json`` wrote; raise ValueError, KeyError or TypeError for anything else."""
    kept: Mapping[str, Any] = json.loads(text)
    number, which = kept.get("number"), kept.get("id")
    topic, claim = kept.get("topic"), kept.get("claim")
    tags, sources, reviewed = kept.get("tags"), kept.get("sources"), kept.get("reviewed")
    return Draft(
        mark=kept.get("mark", 0),
        number=None if number is None else TipNumber(number),
        seen=kept["seen"],
        id=None if which is None else TipId(which),
        topic=None if topic is None else Topic(topic),
        title=kept.get("title"),
        body=kept.get("body"),
        tags=None if tags is None else tuple(tags),
        sources=None if sources is None else tuple(Citation(*each) for each in sources),
        claim=None if claim is None else Claim(claim),
        reviewed=None if reviewed is None else date.fromisoformat(reviewed),
    )
