"""The warning signs as a short message: emergency first, then what asks for a doctor.

Where each comes from stands in a message of its own. Neither needs more than words, so that they
can be shown whatever else has failed; the titles of the documents stand here for that reason, and a
test holds them equal to ``tips/sources.yaml``.
"""

from collections.abc import Sequence

from tipbot.bot.buttons.diary import CiteSigns
from tipbot.bot.views import Button, View
from tipbot.core.model import Citation, Flag
from tipbot.core.signs import flagged
from tipbot.texts import Text

_HELP = Citation("000_cf69e9fc4ca9b007.txt", "Recognizing When to Seek Medical Help")
_RED = Citation("002_1ff85e78ad563760.txt", "When to Seek Professional Help for Facial Spasms")
_CARE = Citation("002_1ff85e78ad563760.txt", "Medical Treatments and Interventions")
_DOCTOR = Citation("004_f6e759b11e4d62df.txt", "When to See a Doctor")

SOURCES = (_HELP, _RED, _CARE, _DOCTOR)
"""What the list cites; its marks are their places in this order, from 1."""
TITLES = {
    "000_cf69e9fc4ca9b007.txt": "Facial Spasm \N{EN DASH} Quick Help Tips for Immediate Relief",
    "002_1ff85e78ad563760.txt": "Facial Spasm \N{EN DASH} Signs & Triggers Explained",
    "004_f6e759b11e4d62df.txt": (
        "What to Do About Facial Muscle Twitching: Causes, Treatments, and Relief Options"
    ),
}
SIGNS = (
    ("sign-pain", (_HELP, _RED, _DOCTOR)),
    ("sign-weakness", (_RED, _DOCTOR)),
    ("sign-sight", (_RED,)),
    ("sign-weeks", (_DOCTOR,)),
    ("sign-spreads", (_DOCTOR,)),
    ("sign-worse", (_RED,)),
    ("sign-severe", (_HELP, _CARE)),
)
"""Each sign that asks for a doctor soon, and where that is said."""


def signs_view(text: Text, ticked: frozenset[Flag] = frozenset()) -> View:
    """Return the card; signs that were ticked in a log are named right below the emergency."""
    parts = [text.html("signs-title"), text.html("signs-emergency")]
    if ticked:
        found = flagged(ticked)
        words = ", ".join(text.plain(f"flag-{finding.sign}") for finding in found)
        parts.append(text.html("signs-ticked", signs=words))
    lines = [text.html("sign-line", sign=text.plain(key)) for key, _ in SIGNS]
    parts += ["\n".join((text.html("signs-doctor"), *lines)), text.html("signs-limits")]
    return View(
        html="\n\n".join(parts), keyboard=((Button(text.plain("signs-more"), CiteSigns()),),)
    )


def sources_view(text: Text) -> View:
    """Return which article says each of it, and that the emergency rule is the bot's own."""
    signs = [_cited(text, *sign) for sign in SIGNS]
    head = [text.html("signs-sources"), text.html("signs-emergency-source")]
    return View(html="\n\n".join((*head, "\n".join(signs), sources_list(text, SOURCES))))


def _cited(text: Text, key: str, cited: tuple[Citation, ...]) -> str:
    marks = ", ".join(str(SOURCES.index(citation) + 1) for citation in cited)
    return text.html("sign-cited", sign=text.plain(key), marks=marks)


def sources_list(text: Text, cited: Sequence[Citation]) -> str:
    """Return citations by title and section, a line each, numbered from 1."""
    return "\n".join(
        text.html("signs-source", mark=str(mark), title=TITLES[each.document], section=each.section)
        for mark, each in enumerate(cited, 1)
    )
