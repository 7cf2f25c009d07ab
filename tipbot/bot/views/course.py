"""What the course of a diary shows, said kindly: what was counted, what the sources say to it."""

from collections.abc import Mapping

from tipbot.bot.buttons.diary import SetDiagnosed
from tipbot.bot.views import Button, Keyboard, View
from tipbot.bot.views.signs import sources_list
from tipbot.core.model import Citation
from tipbot.core.signs import DIARY_SIGNS, Lasting, Seen, Sign, Spreading
from tipbot.texts import Text


def course_view(text: Text, seen: Mapping[Sign, Seen]) -> View:
    """Return what was seen with its sources, and a way to say that a doctor knows already."""
    cited = tuple(dict.fromkeys(each for sign in seen for each in DIARY_SIGNS[sign]))
    parts = [text.html("course-title")]
    parts += [f"{_counted(text, what)} {_says(text, sign, cited)}" for sign, what in seen.items()]
    parts.append(text.html("course-close"))
    keyboard: Keyboard = ()
    if Sign.LASTS in seen:
        parts.append(text.html("diagnosis-hint"))
        button = SetDiagnosed(on=True, settings=False)
        keyboard = ((Button(text.plain("diagnosis-have"), button),),)
    sources = f"{text.html('signs-sources')}\n{sources_list(text, cited)}"
    return View(html="\n\n".join((*parts, sources)), keyboard=keyboard)


def _counted(text: Text, what: Seen) -> str:
    """Return the rule that fired, with its figures."""
    if isinstance(what, Lasting):
        return text.html("course-lasts", days=what.days, first=text.short_date(what.first))
    if isinstance(what, Spreading):
        names = [f"place-{place}" for place in what.places] + [f"side-{s}" for s in what.sides]
        spots = ", ".join(text.plain(name) for name in names)
        return text.html("course-spreads", since=text.short_date(what.since), spots=spots)
    kind = "strength" if what.stronger else "count"
    now, before = text.number(what.now), text.number(what.before)
    return text.html(f"course-worse-{kind}", now=now, before=before)


def _says(text: Text, sign: Sign, cited: tuple[Citation, ...]) -> str:
    """Return what the sources say, each with its mark; where they disagree, that too."""
    marks = [str(cited.index(each) + 1) for each in DIARY_SIGNS[sign]]
    if sign is Sign.LASTS:
        weeks, keeps, persists = marks
        return text.html("course-lasts-says", weeks=weeks, keeps=keeps, persists=persists)
    return text.html(f"course-{sign}-says", marks=", ".join(marks))
