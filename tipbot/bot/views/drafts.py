"""What an editor is writing: a question for each field, refusals, and the look of the whole."""

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase

from tipbot.bot.buttons.drafts import (
    NEW,
    AddSource,
    AskField,
    DraftField,
    DropSource,
    EditTip,
    OpenDraft,
    PickClaim,
    PickSection,
    PickTopic,
    Rebase,
    ReviewToday,
    SaveDraft,
    StepBack,
    ThrowAway,
    TurnSections,
)
from tipbot.bot.buttons.library import OpenLibrary, OpenTip
from tipbot.bot.views import Button, Row, View, rows, ticked, turns
from tipbot.bot.views.faults import in_words
from tipbot.bot.views.library import Documents, author, entry_html
from tipbot.bot.views.words import diff_html
from tipbot.core.drafts import Draft, changed_entry, is_blank, next_step, short_name
from tipbot.core.entries import LONGEST_CARD, LONGEST_TIP, LONGEST_TITLE, MOST_TAGS, Entry, Fault
from tipbot.core.markup import clip, to_html
from tipbot.core.model import TIP_TOPICS, Card, Citation, Claim, Document
from tipbot.core.paging import paged
from tipbot.core.revisions import Revision, TipNumber
from tipbot.core.worddiff import entry_diff, field_text
from tipbot.texts import Text

LONGEST_SHOWN = 2000
"""UTF-16 units of a refused text that are shown back."""
_LISTED = 2200
"""UTF-16 units for the titles of all documents: with the longest sources they fit a message."""
_MOST_REASONS = 6
_LONGEST_REASON = 150


def of(draft: Draft) -> tuple[TipNumber, int]:
    """Return by what buttons name what is being written: a tip and the revision that was seen.

    For a new tip it is ``NEW`` and the draft's mark, so that no button of an older one means it.
    """
    return (NEW, draft.mark) if draft.number is None else (draft.number, draft.seen)


def ordered(documents: Documents) -> Sequence[Document]:
    """Return the documents in the order in which buttons count them, from 1."""
    return [documents[name] for name in sorted(documents)]


def fields_view(text: Text, entry: Entry, tip: TipNumber, seen: int) -> View:
    """Return what of a tip can be changed; nothing is being written yet."""
    html = text.html("edit-title", title=entry.title, id=entry.id)
    back = (Button(text.plain("to-tip-page"), OpenTip(tip)),)
    return View(html=html, keyboard=(*_fields(text, tip, seen), back))


def _fields(text: Text, tip: TipNumber, seen: int) -> tuple[Row, ...]:
    buttons = [
        Button(text.plain(f"field-{field}"), AskField(tip, seen, field)) for field in DraftField
    ]
    return rows(buttons, 3)


def draft_view(
    text: Text, draft: Draft, before: Entry | None, entry: Entry, documents: Documents
) -> View:
    """Return what is being written as subscribers would read it, and what was changed."""
    parts = [entry_html(text, entry, documents), text.html("tip-rule")]
    if before is None:
        parts.append(text.html("draft-new", id=entry.id))
    else:
        names = [text.plain(f"field-name-{each.field}") for each in entry_diff(before, entry)]
        key = "draft-changes" if names else "draft-changes-none"
        parts.append(text.html(key, **({"fields": ", ".join(names)} if names else {})))
    mark, seen = draft.mark, draft.seen
    save = [Button(text.plain("draft-save"), SaveDraft(mark, seen, publish=False))]
    if before is None:
        save = [
            Button(text.plain("draft-keep"), SaveDraft(mark, seen, publish=False)),
            Button(text.plain("draft-publish"), SaveDraft(mark, seen, publish=True)),
        ]
    keyboard = (tuple(save), *_fields(text, *of(draft)), _leave(text, draft))
    return View(html="\n\n".join(parts), keyboard=keyboard)


def dropped_view(text: Text) -> View:
    """Return that a new text was thrown away."""
    back = (Button(text.plain("back-to-library"), OpenLibrary()),)
    return View(html=text.html("draft-dropped"), keyboard=(back,))


def draft_gone_view(text: Text, *, other: bool, typed: bool) -> View:
    """Return that a draft is no longer there, with the way to the ``other`` that is.

    ``typed``: it is the answer to words that were typed for it.
    """
    go_on = [Button(text.plain("open-draft"), OpenDraft())] if other else []
    way = (*go_on, Button(text.plain("back-to-library"), OpenLibrary()))
    return View(html=text.html("draft-gone" if typed else "draft-gone-tap"), keyboard=(way,))


def _leave(text: Text, draft: Draft) -> Row:
    if draft.number is None:
        way = Button(text.plain("back-to-library"), OpenLibrary())
    else:
        way = Button(text.plain("to-tip-page"), OpenTip(draft.number))
    return (way,) if is_blank(draft) else (way, _drop(text, draft))


def _drop(text: Text, draft: Draft) -> Button:
    return Button(text.plain("draft-drop"), ThrowAway(draft.mark, draft.seen))


def question_view(text: Text, field: DraftField, entry: Entry, draft: Draft) -> View:
    """Return the question for a field that is typed, with what it says now to copy from."""
    limit = LONGEST_CARD if isinstance(entry, Card) else LONGEST_TIP
    asked = {
        DraftField.TITLE: text.html("ask-title", limit=LONGEST_TITLE),
        DraftField.BODY: text.html("ask-body", limit=limit),
        DraftField.TAGS: text.html("ask-tags", most=MOST_TAGS),
        DraftField.REVIEWED: text.html("ask-reviewed"),
    }[field]
    now = to_html(entry.body) if field is DraftField.BODY else _escaped(text, entry, field)
    parts = [asked, text.html("field-now"), f"<blockquote>{now}</blockquote>"]
    buttons: list[Row] = []
    if field is DraftField.REVIEWED:
        buttons.append((Button(text.plain("review-today"), ReviewToday(*of(draft))),))
    return View(html="\n".join(parts), keyboard=(*buttons, _back(text, draft)))


def _escaped(text: Text, entry: Entry, field: DraftField) -> str:
    return text.html("verbatim", words=field_text(entry, field))


def _back(text: Text, draft: Draft) -> Row:
    """Return the way back from the question for one field."""
    to = OpenDraft() if draft.number is None else EditTip(draft.number)
    return (Button(text.plain("back"), to),)


def sources_view(
    text: Text, draft: Draft, sources: Sequence[Citation] | None, documents: Documents
) -> View:
    """Return a tip's sources with a way to take one away, and the documents to cite.

    A title is too long for a button on a phone, so each button has the letter of one. The same
    goes for sections.
    """
    tip, seen = of(draft)
    known = _lettered([each.title for each in ordered(documents)])
    lines = [text.html("ask-sources")]
    for number, source in enumerate(sources or (), 1):
        title = documents[source.document].title if source.document in documents else ""
        lines.append(text.html("source-line", number=number, title=title, section=source.section))
    if sources == ():
        lines.append(text.html("source-none-now"))
    lines += [
        text.html("document-line", letter=letter, title=clip(title, _LISTED // len(known)))
        for letter, title in known.items()
    ]
    drop = [
        Button(text.plain("drop-source", number=n), DropSource(tip, seen, short_name(each)))
        for n, each in enumerate(sources or (), 1)
    ]
    add = [
        Button(text.plain("add-source", letter=letter), AddSource(tip, seen, n))
        for n, letter in enumerate(known, 1)
    ]
    none = (Button(text.plain("no-source"), AddSource(tip, seen, 0)),)
    keyboard = (*rows(drop, 3), *rows(add, 4), none, *_way(text, draft))
    return View(html="\n".join(lines), keyboard=keyboard)


def _lettered(names: Sequence[str]) -> dict[str, str]:
    """Return names by letters: A for the first, Z for the 26th, then AA and BB."""
    places = (divmod(number, len(ascii_uppercase)) for number in range(len(names)))
    letters = (ascii_uppercase[place] * (turn + 1) for turn, place in places)
    return dict(zip(letters, names, strict=True))


def sections_view(text: Text, draft: Draft, document: Document, number: int, page: int) -> View:
    """Return one page, from 0, of the sections of a document, the last if there are not so many.

    ``number`` is the document's place in the list, from 1.
    """
    (tip, seen), shown = of(draft), paged(document.sections, page)
    named = _lettered(shown.items)
    choices = [
        Button(letter, PickSection(tip, seen, short_name(Citation(document.name, each))))
        for letter, each in named.items()
    ]
    turned = turns(text, shown.number, shown.pages, lambda to: TurnSections(tip, seen, number, to))
    back = (Button(text.plain("back"), AskField(tip, seen, DraftField.SOURCES)),)
    lines = [text.html("ask-section", title=document.title, file=document.name)]
    lines += [text.html("document-line", letter=at, title=each) for at, each in named.items()]
    return View(html="\n".join(lines), keyboard=(*rows(choices, 4), *turned, back))


def claim_view(text: Text, draft: Draft, chosen: Claim | None) -> View:
    """Return the kinds of statement to choose from."""
    choices = [
        Button(
            ticked(text.plain(f"claim-{claim}"), on=claim is chosen),
            PickClaim(*of(draft), claim),
        )
        for claim in Claim
    ]
    return View(html=text.html("ask-claim"), keyboard=(*rows(choices, 1), *_way(text, draft)))


def _way(text: Text, draft: Draft) -> tuple[Row, ...]:
    """Return the way on from a choice: a step back in a new tip, else to what is being written."""
    if draft.number is None and next_step(draft) is not None:
        return step_rows(text, draft)
    return (_back(text, draft), _leave(text, draft))


def step_rows(text: Text, draft: Draft) -> tuple[Row, ...]:
    """Return what can be done at every step of a new tip besides answering."""
    back = StepBack(draft.mark, next_step(draft) or "")
    leave = Button(text.plain("draft-leave"), OpenLibrary())
    return ((Button(text.plain("step-back"), back), _drop(text, draft)), (leave,))


def topic_view(text: Text, draft: Draft) -> View:
    """Return the first question of a new tip."""
    choices = [
        Button(text.plain(f"label-{topic}"), PickTopic(draft.mark, topic)) for topic in TIP_TOPICS
    ]
    leave = (Button(text.plain("draft-leave"), OpenLibrary()),)
    return View(html=text.html("ask-topic"), keyboard=(*rows(choices, 2), leave))


def typed_step_view(text: Text, step: str, draft: Draft) -> View:
    """Return a new tip's question for its title or its text."""
    key = "ask-title" if step == "title" else "ask-body"
    limit = LONGEST_TITLE if step == "title" else LONGEST_TIP
    lines = [text.html("new-tip-title"), text.html(key, limit=limit)]
    if draft.title and step == "body":
        lines.insert(1, text.html("tip-title", title=draft.title))
    return View(html="\n".join(lines), keyboard=step_rows(text, draft))


def refused_field_view(text: Text, faults: Sequence[Fault], said: str, draft: Draft) -> View:
    """Return why a typed field was refused, with the buttons of the question that it answered."""
    step = draft.number is None and next_step(draft) is not None
    keyboard = step_rows(text, draft) if step else (_back(text, draft),)
    return replace(refused_view(text, faults, said), keyboard=keyboard)


def refused_view(text: Text, faults: Sequence[Fault], said: str) -> View:
    """Return why a text was refused, the first reasons with their mend, and the text to copy."""
    lines = [text.html("refused")]
    lines += [
        text.html(
            "refused-line",
            problem=in_words(text, each.problem)[:_LONGEST_REASON],
            mend=in_words(text, each.mend),
        )
        for each in faults[:_MOST_REASONS]
    ]
    if len(faults) > _MOST_REASONS:
        lines.append(text.html("and-more", count=len(faults) - _MOST_REASONS))
    if said:
        words = text.html("verbatim", words=clip(said, LONGEST_SHOWN))
        lines += ["", text.html("refused-text"), f"<blockquote>{words}</blockquote>"]
    return View(html="\n".join(lines))


def clash_view(text: Text, draft: Draft, seen: Entry, current: Revision, *, together: bool) -> View:
    """Return both editors' changes of a tip and the choices.

    ``together``: the two changed different things, so both can be kept.
    """
    mine = entry_diff(seen, changed_entry(draft, seen))
    theirs = entry_diff(seen, current.entry)
    who = author(text, current.author)
    lines = [text.html("clash", who=who, revision=current.revision)]
    lines += ["", text.html("clash-theirs", who=who), diff_html(text, theirs)]
    lines += ["", text.html("clash-mine"), diff_html(text, mine)]
    mark, now = draft.mark, current.revision
    choices = [Button(text.plain("clash-take-theirs"), ThrowAway(mark, draft.seen))]
    if together:
        choices.insert(0, Button(text.plain("clash-both"), Rebase(mark, now, mine=False)))
    else:
        choices.append(Button(text.plain("clash-take-mine"), Rebase(mark, now, mine=True)))
    keyboard = rows(choices, 1)
    return View(html="\n".join(lines), keyboard=keyboard)
