"""A tip as a message: its words, its source, and the buttons to answer it with."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tipbot.bot.buttons.tips import (
    DidIt,
    KeepPace,
    Less,
    ShowTip,
    Snooze,
    SnoozeFor,
    SnoozeMenu,
    Vote,
    Why,
)
from tipbot.bot.views import Button, Keyboard, Row, View
from tipbot.bot.views.announcements import announcement_view
from tipbot.bot.views.checkin import LogButton, log_rows
from tipbot.bot.views.details import TICK
from tipbot.bot.views.prompt import prompt_view
from tipbot.core.markup import to_html
from tipbot.core.model import Citation, Delivery, Document, Tip
from tipbot.core.plans import SLOW_AFTER, THINNEST
from tipbot.texts import DEFAULT, Text

Documents = Mapping[str, Document]
"""The source documents by file name."""
_ANSWERS = (DidIt, Vote)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tip's message keeps while its buttons change: the log rows, and the answers given."""

    log: Keyboard
    answers: frozenset[DidIt | Vote] = frozenset()

    def answered(self, answer: DidIt | Vote) -> "Shown":
        """Return this with one more answer; a vote takes the place of the other one."""
        others = (old for old in self.answers if type(old) is not type(answer))
        return Shown(self.log, frozenset((*others, answer)))


def fresh(text: Text, delivery: Delivery) -> Shown:
    """Return what a tip shows before anyone touched it."""
    return Shown(log_rows(text, LogButton(delivery=delivery.id)))


def answers_in(shown: Keyboard) -> frozenset[DidIt | Vote]:
    """Return the answers that are ticked in a message's buttons."""
    return frozenset(
        b.value
        for row in shown
        for b in row
        if isinstance(b.value, _ANSWERS) and b.label.startswith(TICK)
    )


def tip_view(
    text: Text, delivery: Delivery, documents: Documents, shown: Shown, note: str = ""
) -> View:
    """Return a tip with its buttons; ``note`` is HTML set below it."""
    parts = [tip_html(text, delivery, documents), *([note] if note else [])]
    return View(html="\n\n".join(parts), keyboard=tip_keyboard(text, delivery, shown))


def tip_html(text: Text, delivery: Delivery, documents: Documents) -> str:
    """Return a tip's title, body and source line; raise ValueError for a delivery without a tip."""
    return shown_tip(text, tip_of(delivery), documents)


def shown_tip(text: Text, tip: Tip, documents: Documents) -> str:
    """Return a tip's title, body and source line as HTML: what subscribers read.

    Tips are written in English; whoever reads in another language is told so in one line.
    """
    title = text.html("tip-title", title=tip.title)
    shown = f"{title}\n\n{to_html(tip.body)}\n\n{_source(text, tip, documents)}"
    return "\n\n".join((shown, *untranslated(text)))


def untranslated(text: Text) -> tuple[str, ...]:
    """Return the line that says a text is there in English only; nothing for English readers."""
    return () if text.language == DEFAULT else (text.html("tip-in-english"),)


def tip_of(delivery: Delivery) -> Tip:
    """Return the tip that was chosen; raise ValueError for a prompt."""
    if delivery.tip is None:
        message = "this delivery has no tip"
        raise ValueError(message)
    return delivery.tip


def _source(text: Text, tip: Tip, documents: Documents) -> str:
    if not tip.sources:
        return text.html("tip-source-editor")
    titles = list(dict.fromkeys(_title(text, source, documents) for source in tip.sources))
    return text.html("tip-source", count=len(titles), titles="; ".join(titles))


def article(text: Text, document: Document | None) -> str:
    """Return an article's title; its file's name is for editors."""
    return document.title if document else text.plain("source-untitled")


def _title(text: Text, source: Citation, documents: Documents) -> str:
    return article(text, documents.get(source.document))


def tip_keyboard(text: Text, delivery: Delivery, shown: Shown) -> Keyboard:
    """Return a tip's own buttons below its log rows."""
    later = Button(text.plain("later"), SnoozeMenu(delivery.id))
    return (
        *shown.log,
        (_answer(text, "did-it", DidIt(delivery.id), shown), later),
        _votes(text, delivery, shown),
        (
            Button(text.plain("why"), Why(delivery.id)),
            Button(text.plain("less"), Less(delivery.id, delivery.thin)),
        ),
    )


def later_keyboard(text: Text, delivery: Delivery, shown: Shown) -> Keyboard:
    """Return the choices of when a tip may come again, with the answers kept beside them."""
    waits = tuple(
        Button(text.plain(f"later-{wait}"), Snooze(delivery.id, wait)) for wait in SnoozeFor
    )
    did_it = _answer(text, "did-it", DidIt(delivery.id), shown)
    return (*shown.log, waits, (did_it, _back(text, delivery)), _votes(text, delivery, shown))


def why_view(text: Text, delivery: Delivery, documents: Documents, shown: Shown) -> View:
    """Return where a tip comes from, what kind of statement it is and when it was checked."""
    tip = tip_of(delivery)
    parts = [
        text.html("why-title", title=tip.title),
        "\n".join(_passage(text, source, documents) for source in tip.sources)
        or text.html("tip-source-editor"),
        text.html("why-claim", claim=tip.claim.value),
        text.html("why-reviewed", day=text.date(tip.reviewed)),
    ]
    return View(html="\n\n".join(parts), keyboard=_with_back(text, delivery, shown))


def _passage(text: Text, source: Citation, documents: Documents) -> str:
    title = _title(text, source, documents)
    return text.html("why-source", title=title, section=source.section)


def pace_view(
    text: Text, delivery: Delivery, documents: Documents, shown: Shown, before: int | None
) -> View:
    """Return a tip with how often its topic comes now, and the way back to ``before``.

    Without ``before`` nothing was changed, and the next step down is offered instead.
    """
    topic = text.plain(f"topic-{delivery.topic}")
    lines = [text.html("pace", thin=delivery.thin, topic=topic)]
    if not delivery.plan_enabled:
        lines = [text.html("pace-off")]
    elif delivery.thin >= THINNEST:
        lines.append(text.html("pace-least"))
    row: list[Button] = []
    if before is not None:
        row.append(Button(text.plain("keep-as-before"), KeepPace(delivery.id, before)))
    elif delivery.plan_enabled and delivery.thin < THINNEST:
        row.append(Button(text.plain("even-less"), Less(delivery.id, delivery.thin)))
    said = "\n".join(lines)
    html = f"{tip_html(text, delivery, documents)}\n\n{said}"
    return View(html=html, keyboard=_with_back(text, delivery, shown, tuple(row)))


def delivery_view(text: Text, delivery: Delivery, documents: Documents) -> View:
    """Return the message of a delivery: a tip, an announcement, or the question about its day.

    A tip that slows its topic down (``slows_down``) says so.
    """
    if delivery.notice is not None:
        return announcement_view(text, delivery.notice.body)
    if delivery.tip is None:
        return prompt_view(text, delivery.slot.date, delivery.id)
    note = text.html("slowed-down") if slows_down(delivery) else ""
    return tip_view(text, delivery, documents, fresh(text, delivery), note)


def likeness(text: Text, delivery: Delivery, documents: Documents) -> Hashable:
    """Return all that ``delivery_view`` shows of a delivery, but for its id in the buttons."""
    tip, notice = delivery.tip, delivery.notice
    return (
        text.language,
        notice and notice.body,
        tip,
        tuple(_title(text, each, documents) for each in tip.sources) if tip else delivery.slot.date,
        delivery.thin,
        slows_down(delivery),
    )


def slows_down(delivery: Delivery) -> bool:
    """Tell whether the rate is to be halved once this tip has gone out.

    Its reader left the last three tips unanswered, and its topic still comes at full pace. Both
    the words below the tip and the halving follow this, so that neither comes without the other.
    """
    quiet = delivery.subscriber.unanswered >= SLOW_AFTER
    return quiet and delivery.thin == 1 and delivery.tip is not None


def _with_back(text: Text, delivery: Delivery, shown: Shown, row: Row = ()) -> Keyboard:
    did_it = _answer(text, "did-it", DidIt(delivery.id), shown)
    own = (row,) if row else ()
    return (*shown.log, *own, (did_it, _back(text, delivery)), _votes(text, delivery, shown))


def _back(text: Text, delivery: Delivery) -> Button:
    return Button(text.plain("back-to-tip"), ShowTip(delivery.id))


def _votes(text: Text, delivery: Delivery, shown: Shown) -> Row:
    helpful, not_helpful = Vote(delivery.id, helpful=True), Vote(delivery.id, helpful=False)
    return (
        _answer(text, "helpful", helpful, shown),
        _answer(text, "not-helpful", not_helpful, shown),
    )


def _answer(text: Text, key: str, value: DidIt | Vote, shown: Shown) -> Button:
    mark = TICK if value in shown.answers else text.plain(f"{key}-mark")
    return Button(f"{mark} {text.plain(key)}", value)
