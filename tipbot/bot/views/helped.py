"""What helped, in words: ranked where enough was said, with the counts behind it."""

from collections.abc import Mapping

from tipbot.bot.views import View
from tipbot.bot.views.diary import to_charts
from tipbot.core.helped import ENOUGH, Record, ranked
from tipbot.core.model import Relief
from tipbot.texts import Text


def helped_view(text: Text, records: Mapping[Relief, Record]) -> View:
    """Return what is known to help, best first; then what too little was said of, then the rest."""
    if not records:
        return View(html=text.html("helped-none"), keyboard=((to_charts(text),),))
    order = ranked(records, [relief for relief in Relief if relief in records])
    known = [relief for relief, record in order if record]
    few = [relief for relief in records if records[relief].tried < ENOUGH]
    other = [relief for relief in records if relief not in (*known, *few)]
    groups = {"helped-ranked": known, "helped-few": few, "helped-other": other}
    parts = [text.html("helped-title")]
    parts += [_group(text, key, some, records) for key, some in groups.items() if some]
    return View(html="\n\n".join((*parts, *_notes(text, records))), keyboard=((to_charts(text),),))


def _notes(text: Text, records: Mapping[Relief, Record]) -> list[str]:
    """Explain the words that stand above, and no others."""
    said = {
        "helped-note-sessions": any(record.rated for record in records.values()),
        "helped-note-ticks": any(record.ticked for record in records.values()),
    }
    return [" ".join(text.html(key) for key, there in said.items() if there)]


def _group(text: Text, key: str, some: list[Relief], records: Mapping[Relief, Record]) -> str:
    lines = [f"• {helped_line(text, relief, records[relief])}" for relief in some]
    return "\n".join((text.html(key), *lines))


def helped_line(text: Text, relief: Relief, record: Record) -> str:
    """Return one kind of relief with its counts."""
    kind = "both" if record.rated and record.ticked else "sessions" if record.rated else "ticks"
    return text.html(
        f"helped-{kind}",
        what=text.plain(f"helped-{relief}"),
        better=record.better,
        rated=record.rated,
        ticked=record.ticked,
    )
