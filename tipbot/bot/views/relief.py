"""Relief sessions as messages: what there is, how one goes, each step of it, and 'did it help?'."""

from collections.abc import Sequence
from datetime import datetime

from tipbot.bot.buttons.entry import Details
from tipbot.bot.buttons.relief import OpenRelief, OpenTechnique, RateRelief, StartRelief, StopRelief
from tipbot.bot.views import Button, Keyboard, Row, View, rows
from tipbot.bot.views.checkin import what
from tipbot.bot.views.details import TICK
from tipbot.bot.views.learn import cited
from tipbot.bot.views.tips import Documents
from tipbot.core.helped import Record
from tipbot.core.model import CheckIn
from tipbot.core.relief import GUIDES, Pace, Position, Technique, length
from tipbot.core.sessions import Answer, Session
from tipbot.texts import Text

_A_MINUTE = 60


def _name(text: Text, technique: Technique) -> str:
    return text.plain(f"relief-name-{technique}")


def _title(text: Text, technique: Technique) -> str:
    return text.html("relief-title", name=_name(text, technique))


def choices_view(text: Text, order: Sequence[tuple[Technique, Record | None]]) -> View:
    """Return all techniques in this order; those with a record say how often they helped."""
    known = [each for each, record in order if record]
    parts = [text.html("relief-choose")]
    if known:
        parts.append(text.html("relief-known-first"))
    parts.append(text.html("relief-limits"))
    buttons = [_choice(text, technique, record) for technique, record in order]
    return View(html="\n\n".join(parts), keyboard=rows(buttons, 1))


def _choice(text: Text, technique: Technique, record: Record | None) -> Button:
    return Button(_told(text, technique, record), OpenTechnique(technique))


def _told(text: Text, technique: Technique, record: Record | None) -> str:
    """Return a technique's name and how often it helped; nobody ticks how often it did not."""
    name = _name(text, technique)
    if record is None:
        return name
    if record.ticked:
        return text.plain("relief-counted-ticks", name=name, helped=record.helped)
    return text.plain("relief-counted", name=name, helped=record.better, tried=record.rated)


def technique_view(text: Text, technique: Technique, documents: Documents) -> View:
    """Return what a technique is and where that is said, before anything starts."""
    guide = GUIDES[technique]
    seconds = int(length(technique).total_seconds())
    care = [text.html("relief-care")]
    if text.has(f"relief-care-{technique}"):
        care.append(text.html(f"relief-care-{technique}"))
    if guide.exercise:
        care.append(text.html("relief-ask-first"))
    parts = [
        _title(text, technique),
        text.html(f"relief-about-{technique}"),
        text.html("relief-takes", time=_clock(seconds)),
        "\n".join(care),
        cited(text, guide.sources, documents),
    ]
    keyboard: Keyboard = (
        (Button(text.plain("relief-start"), StartRelief(technique, Pace.GENTLE)),),
        (
            Button(text.plain("relief-slower"), StartRelief(technique, Pace.SLOWER)),
            Button(text.plain("relief-faster"), StartRelief(technique, Pace.FASTER)),
        ),
        _back(text),
    )
    return View(html="\n\n".join(parts), keyboard=keyboard)


def step_view(text: Text, session: Session, position: Position) -> View:
    """Return a live session at one of its steps, with the way out of it."""
    technique, step = session.technique, position.step
    head = [_title(text, technique)]
    if step.rounds:
        head.append(text.html("relief-round", round=step.round, rounds=step.rounds))
    elif not GUIDES[technique].rounds:
        head.append(text.html("relief-step", number=position.number, of=position.of))
    parts = [
        "\n".join(head),
        text.html(f"relief-do-{technique}-{step.key}"),
        _left(text, position.left),
    ]
    stop = Button(text.plain("relief-stop"), StopRelief(session.id))
    return View(html="\n\n".join(parts), keyboard=((stop,),))


def _left(text: Text, seconds: int) -> str:
    if seconds < _A_MINUTE:
        return text.html("relief-seconds", seconds=seconds)
    return text.html("relief-minutes", time=_clock(seconds))


def _clock(seconds: int) -> str:
    return f"{seconds // _A_MINUTE}:{seconds % _A_MINUTE:02}"


def over_view(
    text: Text, session: Session, entry: CheckIn | None = None, now: datetime | None = None
) -> View:
    """Return a session that is over, with the question whether it helped and its answer.

    ``entry`` is the one on which the answer ticked what helped, told as seen at ``now``.
    """
    parts = [
        _title(text, session.technique),
        text.html("relief-stopped" if session.stopped else "relief-over"),
        text.html("relief-question"),
    ]
    row: Row = ()
    if session.answer is not None:
        parts[-1] = text.html("relief-said", answer=text.plain(f"answer-{session.answer}"))
    if session.answer is Answer.WORSE:
        parts.append(text.html("relief-worse"))
    if entry is not None and now is not None:
        helped = text.plain(f"helped-{GUIDES[session.technique].helped}")
        parts.append(text.html("relief-ticked", helped=helped, what=what(text, entry, now)))
        row = (Button(text.plain("details"), Details(entry.id, here=False)),)
    return View(html="\n\n".join(parts), keyboard=_after(text, session, row))


def _after(text: Text, session: Session, row: Row) -> Keyboard:
    again = StartRelief(session.technique, session.pace)
    answers = tuple(_answer(text, session, answer) for answer in Answer)
    own = (row,) if row else ()
    return (answers, *own, (Button(text.plain("relief-again"), again), *_back(text)))


def _answer(text: Text, session: Session, answer: Answer) -> Button:
    mark = TICK if answer is session.answer else text.plain(f"answer-{answer}-mark")
    word = text.plain(f"answer-{answer}")
    return Button(f"{mark} {word[:1].upper()}{word[1:]}", RateRelief(session.id, answer))


def _back(text: Text) -> Row:
    return (Button(text.plain("relief-all"), OpenRelief(here=True)),)
