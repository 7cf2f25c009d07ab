"""Every button of the chat, with the prefix that it is packed under.

A prefix never changes its meaning; one that was renamed stays in ``ALIASES`` so that old messages
keep working.
"""

from collections import Counter
from collections.abc import Mapping

from tipbot.bot.buttons import (
    approvals,
    day,
    diary,
    drafts,
    entry,
    history,
    learn,
    library,
    library_files,
    onboarding,
    privacy,
    relief,
    report,
    settings,
    staff,
    tips,
    treatment,
)


def joined(*groups: Mapping[str, type]) -> Mapping[str, type]:
    """Return all prefixes; raise ValueError if two groups claim the same one."""
    claimed = Counter(prefix for group in groups for prefix in group)
    twice = [prefix for prefix, count in claimed.items() if count > 1]
    if twice:
        message = f"claimed twice: {twice}"
        raise ValueError(message)
    return {prefix: kind for group in groups for prefix, kind in group.items()}


PREFIXES = joined(
    onboarding.PREFIXES,
    privacy.PREFIXES,
    tips.PREFIXES,
    entry.PREFIXES,
    day.PREFIXES,
    settings.PREFIXES,
    learn.PREFIXES,
    relief.PREFIXES,
    diary.PREFIXES,
    treatment.PREFIXES,
    report.PREFIXES,
    staff.PREFIXES,
    library.PREFIXES,
    drafts.PREFIXES,
    history.PREFIXES,
    approvals.PREFIXES,
    library_files.PREFIXES,
)
ALIASES: Mapping[str, str] = {}
"""Old prefix -> the one that took its place."""
