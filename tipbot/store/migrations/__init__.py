"""The schema's history: one module a step, carried out in order and never changed afterwards."""

from collections.abc import Set as AbstractSet

from tipbot.store.base import NewerSchemaError
from tipbot.store.migrations import (
    m0001_first,
    m0002_retention,
    m0003_relief,
    m0004_revisions,
    m0005_announcements,
    m0005_figures,
    m0005_staff,
    m0006_treatments,
    m0007_cluster,
    m0008_diary_signs,
    m0009_drafts,
    m0010_notices,
    m0011_answered,
    m0013_fewer_indexes,
    m0014_staff_language,
    m0015_inbox,
)
from tipbot.store.migrations.step import Step

HISTORY: tuple[Step, ...] = (
    m0001_first.STEP,
    m0002_retention.STEP,
    m0003_relief.STEP,
    m0005_staff.STEP,
    m0004_revisions.STEP,
    m0005_announcements.STEP,
    m0005_figures.STEP,
    m0006_treatments.STEP,
    m0007_cluster.STEP,
    m0008_diary_signs.STEP,
    m0009_drafts.STEP,
    m0010_notices.STEP,
    m0011_answered.STEP,
    m0013_fewer_indexes.STEP,
    m0014_staff_language.STEP,
    m0015_inbox.STEP,
)
"""Every step, oldest first; a database remembers by name which of them it has taken."""

__all__ = ["HISTORY", "Step", "refuse_newer"]


def refuse_newer(taken: AbstractSet[str]) -> None:
    """Raise ``NewerSchemaError`` if a step was taken that is not in ``HISTORY``."""
    unknown = taken - {step.name for step in HISTORY}
    if unknown:
        raise NewerSchemaError(max(unknown))
