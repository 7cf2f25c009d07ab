"""A tip's versions: who made each, when, what changed, and how it differs from the one before."""

from dataclasses import dataclass
from datetime import datetime

from tipbot.bot.buttons.history import OpenHistory, OpenRevision, RevertTo
from tipbot.bot.views import Button, View, rows, turns
from tipbot.bot.views.admin import staff_time
from tipbot.bot.views.library import Documents, author, entry_html, to_tip_row
from tipbot.bot.views.words import diff_html
from tipbot.core.paging import PAGE_SIZE, Page
from tipbot.core.revisions import Revision, TipNumber
from tipbot.core.worddiff import entry_diff
from tipbot.texts import Text


def history_view(
    text: Text, tip: TipNumber, page: Page[Revision], zone: str, now: datetime
) -> View:
    """Return one page of a tip's versions, newest first."""
    title = page.items[0].entry.title if page.items else ""
    lines = [text.html("history-title", title=title, page=page.number + 1, pages=page.pages), ""]
    lines += [_line(text, each, zone, now) for each in page.items]
    choices = [
        Button(text.plain("version-button", number=each.revision), OpenRevision(tip, each.revision))
        for each in page.items
    ]
    keyboard = (
        *rows(choices, PAGE_SIZE // 2),
        *turns(text, page.number, page.pages, lambda number: OpenHistory(tip, number)),
        to_tip_row(text, tip),
    )
    return View(html="\n".join(lines), keyboard=keyboard)


def _line(text: Text, each: Revision, zone: str, now: datetime) -> str:
    at = staff_time(text, each.at, zone, now)
    who = author(text, each.author)
    line = text.html(f"version-{each.kind}", number=each.revision, who=who, when=at)
    if each.fields:
        names = ", ".join(text.plain(f"field-name-{name}") for name in each.fields)
        line += " " + text.html("version-fields", fields=names)
    if each.approved_by:
        line += " " + text.html("version-approved", who=author(text, each.approved_by))
    return line


@dataclass(frozen=True, slots=True)
class Version:
    """One version, the one before it, and the number of the one that is current."""

    shown: Revision
    before: Revision | None
    newest: int


def revision_view(
    text: Text, version: Version, documents: Documents, zone: str, now: datetime
) -> View:
    """Return one version as it was sent, and how it differs from the one before."""
    shown, before = version.shown, version.before
    parts = [
        entry_html(text, shown.entry, documents),
        text.html("tip-rule") + "\n" + _line(text, shown, zone, now),
    ]
    if before is not None:
        changes = diff_html(text, entry_diff(before.entry, shown.entry), parts[0])
        parts.append(text.html("version-diff", number=before.revision) + "\n" + changes)
    choices = []
    if shown.revision != version.newest:
        words = text.plain("revert-to", number=shown.revision)
        choices.append(Button(words, RevertTo(shown.number, shown.revision, version.newest)))
    choices.append(Button(text.plain("to-history"), OpenHistory(shown.number, 0)))
    return View(
        html="\n\n".join(parts), keyboard=(*rows(choices, 1), to_tip_row(text, shown.number))
    )
