"""The library as editors see it: its places, lists of tips, and one tip with all about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tipbot.bot.buttons.approvals import OpenProposal, OpenProposals
from tipbot.bot.buttons.drafts import EditTip, NewTip, OpenDraft
from tipbot.bot.buttons.history import OpenHistory
from tipbot.bot.buttons.library import (
    AskWords,
    ListTips,
    OpenLibrary,
    OpenTip,
    Place,
    SetState,
    StateFilter,
    Wish,
)
from tipbot.bot.buttons.library_files import OpenConflict, OpenConflicts, OpenFiles
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked, turns
from tipbot.bot.views.admin import back_row, shown_name, staff_time
from tipbot.bot.views.learn import card_html, cited, shelf_name
from tipbot.bot.views.tips import shown_tip
from tipbot.core.audit import Actor
from tipbot.core.entries import Entry
from tipbot.core.model import TIP_TOPICS, Document, Tip
from tipbot.core.paging import Page
from tipbot.core.revisions import Revision, TipNumber, TipState
from tipbot.core.shelf import TipFigures, TipLine, TipPage
from tipbot.texts import Text

Documents = Mapping[str, Document]
_TOPICS = tuple(place for place in Place if place.shelf in set(TIP_TOPICS))
_SHELVES = tuple(place for place in Place if place and place not in _TOPICS)


@dataclass(frozen=True, slots=True)
class Waits:
    """What of the library waits for an editor."""

    proposals: int
    conflicts: int
    draft: bool
    """Whoever looks is writing something."""


def place_name(text: Text, place: Place) -> str:
    """Return what a topic or shelf is called here."""
    if not place:
        return text.plain("place-all")
    name = str(place.shelf)
    return text.plain(f"label-{name}") if place in _TOPICS else shelf_name(text, name)


def where_of(text: Text, entry: Entry) -> str:
    """Return what the topic or shelf of an entry is called."""
    if isinstance(entry, Tip):
        return text.plain(f"label-{entry.topic}")
    return shelf_name(text, entry.shelf)


def entry_html(text: Text, entry: Entry, documents: Documents) -> str:
    """Return a tip or card exactly as those who get it read it."""
    if isinstance(entry, Tip):
        return shown_tip(text, entry, documents)
    return card_html(text, entry, documents)


def library_view(text: Text, waits: Waits) -> View:
    """Return the library's places and what waits in it, in rows that no phone cuts."""

    def to(place: Place) -> Button:
        return Button(place_name(text, place), ListTips(place, StateFilter.ANY, 0, ""))

    work: list[Row] = [
        (Button(text.plain("new-tip"), NewTip()), Button(text.plain("open-files"), OpenFiles())),
        (Button(text.plain("open-proposals", count=waits.proposals), OpenProposals(0)),),
    ]
    if waits.draft:
        work.insert(0, (Button(text.plain("open-draft"), OpenDraft()),))
    if waits.conflicts:
        words = text.plain("open-conflicts", count=waits.conflicts)
        work.append((Button(words, OpenConflicts(0)),))
    search = Button(text.plain("search-tips"), AskWords(Place.ALL, StateFilter.ANY))
    keyboard = (
        (search, to(Place.ALL)),
        *rows([to(place) for place in (*_TOPICS, *_SHELVES)], 2),
        *work,
        back_row(text),
    )
    return View(html=text.html("library-title"), keyboard=keyboard)


def list_view(text: Text, shown: ListTips, page: Page[TipLine]) -> View:
    """Return a page of a list: a button for each tip, its state as a sign that the words explain.

    ``shown.page`` is taken from ``page``, whatever the button said.
    """
    name = place_name(text, shown.place)
    count, number, pages = page.total, page.number + 1, max(page.pages, 1)
    head = text.html("list-title", place=name, count=count, page=number, pages=pages)
    if shown.words:
        head += "\n" + text.html("list-words", words=shown.words)
    signs = sorted({sign for line in page.items for sign in _signs(line)})
    legend = [text.html(f"sign-is-{sign}") for sign in signs]
    parts = [head, *(["\n".join(legend)] if legend else [])]
    if not page.items:
        parts.append(text.html("list-empty"))
    lines = [Button(_line(text, line), OpenTip(line.number)) for line in page.items]
    turned = turns(
        text,
        page.number,
        page.pages,
        lambda number: ListTips(shown.place, shown.state, number, shown.words),
    )
    keyboard = (*rows(lines, 1), *turned, *_filters(text, shown))
    return View(html="\n\n".join(parts), keyboard=(*keyboard, _ways(text, shown)))


def _signs(line: TipLine) -> list[str]:
    signs = [] if line.state is TipState.PUBLISHED else [line.state.value]
    return signs + ["waiting"] * line.waiting + ["conflict"] * line.in_conflict


def _line(text: Text, line: TipLine) -> str:
    signs = "".join(text.plain(f"sign-{sign}") for sign in _signs(line))
    return f"{signs} {line.title}".strip()


def _filters(text: Text, shown: ListTips) -> Keyboard:
    choices = [
        Button(
            ticked(text.plain(f"filter-{state.name.lower()}"), on=state is shown.state),
            ListTips(shown.place, state, 0, shown.words),
        )
        for state in StateFilter
    ]
    return rows(choices, 2)


def _ways(text: Text, shown: ListTips) -> Row:
    search = Button(text.plain("search-here"), AskWords(shown.place, shown.state))
    everywhere = Button(text.plain("back-to-library"), OpenLibrary())
    return (search, everywhere)


def words_view(text: Text, place: Place) -> View:
    """Return the question for words to search for."""
    back = Button(text.plain("back-to-library"), OpenLibrary())
    return View(html=text.html("words-ask", place=place_name(text, place)), keyboard=((back,),))


def tip_page_view(
    text: Text, page: TipPage, documents: Documents, zone: str, now: datetime
) -> View:
    """Return a tip as it is sent, then its state, its figures and what can be done with it."""
    current = page.current
    parts = [
        entry_html(text, current.entry, documents),
        _facts(text, page, documents, zone, now),
    ]
    if isinstance(current.entry, Tip):
        parts.append(_figures(text, page.figures))
    if page.proposals:
        parts.append(text.html("tip-waits", count=len(page.proposals)))
    if page.conflict:
        parts.append(text.html("tip-in-conflict"))
    return View(html="\n\n".join(parts), keyboard=_tip_keyboard(text, page))


def _facts(text: Text, page: TipPage, documents: Documents, zone: str, now: datetime) -> str:
    current, entry = page.current, page.current.entry
    lines = [
        text.html("tip-rule"),
        text.html(f"state-{current.state}"),
        text.html(
            "tip-version",
            number=current.revision,
            who=author(text, current.author),
            when=staff_time(text, current.at, zone, now),
        ),
        text.html("tip-place", place=where_of(text, entry), id=entry.id),
        text.html("tip-tags", tags=", ".join(entry.tags)),
    ]
    if isinstance(entry, Tip):
        lines += [
            text.html("card-claim", claim=entry.claim.value),
            text.html("card-reviewed", day=text.date(entry.reviewed)),
            cited(text, entry.sources, documents, files=True) if entry.sources else "",
        ]
    return "\n".join(line for line in lines if line)


def author(text: Text, actor: Actor | None) -> str:
    """Return who made something: an editor, or the files of the library folder."""
    return text.plain("by-files") if actor is None else shown_name(text, actor.number, actor.name)


def _figures(text: Text, figures: TipFigures) -> str:
    if not figures.sent:
        return text.html("tip-figures-none")
    return text.html(
        "tip-figures",
        sent=figures.sent,
        done=figures.done,
        helpful=figures.helpful,
        unhelpful=figures.not_helpful,
        snoozed=figures.snoozed,
        less=figures.less,
        skipped=figures.skipped,
    )


def _tip_keyboard(text: Text, page: TipPage) -> Keyboard:
    current = page.current
    tip, seen = current.number, current.revision
    wishes = {
        TipState.DRAFT: (Wish.PUBLISH,),
        TipState.PUBLISHED: (Wish.RETIRE,),
        TipState.RETIRED: (Wish.RESTORE,),
    }[current.state]
    main: list[Button] = [Button(text.plain("edit-tip"), EditTip(tip))]
    main += [Button(text.plain(f"wish-{w.name.lower()}"), SetState(tip, seen, w)) for w in wishes]
    main.append(Button(text.plain("open-history", count=page.versions), OpenHistory(tip, 0)))
    main += [
        Button(text.plain("open-proposal", number=each.id), OpenProposal(each.id))
        for each in page.proposals
    ]
    if page.conflict:
        main.append(Button(text.plain("open-conflict"), OpenConflict(page.conflict.id)))
    return (*rows(main, 2), *_back_to_list(text, current))


def _back_to_list(text: Text, current: Revision) -> Keyboard:
    here = next((p for p in Place if p.shelf == shelf_of(current.entry)), Place.ALL)
    name = place_name(text, here)
    to_list = Button(
        text.plain("back-to-place", place=name), ListTips(here, StateFilter.ANY, 0, "")
    )
    return ((to_list,), (Button(text.plain("back-to-library"), OpenLibrary()),))


def shelf_of(entry: Entry) -> str:
    """Return an entry's topic or shelf."""
    return entry.topic if isinstance(entry, Tip) else entry.shelf


def to_tip_row(text: Text, tip: TipNumber) -> Row:
    """Return the way back to a tip's page."""
    return (Button(text.plain("to-tip-page"), OpenTip(tip)),)
