"""What `tips check` says reaches editors in their language, and the command line in English."""

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import tipbot
from tests.bot.chat import LIBRARY, Chat
from tests.bot.staff import make_editor
from tipbot.bot.buttons.drafts import AskField, DraftField
from tipbot.bot.views.faults import in_words
from tipbot.library.wording import complaints
from tipbot.texts import load_texts
from tipbot.texts.sayings import recognise

PACKAGE = Path(tipbot.__file__).parent
OTHERS = {"library/report.py", "library/reading.py"}
"""Modules that speak to the command line alone, or not at all."""
MODULES = (
    *("core/entries.py", "core/library.py", "core/documents.py", "core/blocks.py"),
    *("core/markup.py", "core/spans.py", "bot/features/editing.py"),
    *sorted(path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "library").glob("*.py")),
)
NO_FAULTS = {
    *("front matter", "ask your doctor", "you must", "you should have", "you have to stop"),
    *("how could you", "clinically proven", "passion ?flower", "st\\.? john'?s wort"),
    *("is a link", "is a dose", "promises too much"),
}
"""Other words there: fields, what is looked for in a text, and what follows the words found."""
_PATTERN = re.compile(r"[()?|]\S*[()?|]|\w\?(\s|$)|^ |\n|^\w+: 7$|^tags: ")
"""What is a regular expression, or a line of a file."""


def sentences(path: Path) -> Iterator[str]:
    """Yield what a module says: strings with more than one word, with 7 for what is put in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said |= {id(part) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if id(node) in said:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


FAULTS = sorted(
    {
        said
        for module in MODULES
        if module not in OTHERS
        for said in sentences(PACKAGE / module)
        if " " in said.strip() and re.search("[a-z]{2}", said)
        if said not in NO_FAULTS and not _PATTERN.search(said)
    }
)
WORDINGS = (
    *("www.here.org", "This cures it.", "You must rest.", "Have 200 mg.", "Drink two glasses."),
    "Take pills.",
)


def test_everything_that_the_checks_say_is_known() -> None:
    assert len(FAULTS) > 150
    assert [said for said in FAULTS if recognise(said, "said-") is None] == []


def test_what_is_wrong_with_a_wording_is_known() -> None:
    tip, card = LIBRARY.tips[0], LIBRARY.cards[0]
    found = [each for said in WORDINGS for each in complaints(replace(tip, body=said))]
    found += complaints(replace(card, body="Take pills."))
    assert len(found) == len(WORDINGS) + 1
    for said in (*itertools.chain(*found), "'Ã¼' has broken characters"):
        assert recognise(said, "said-"), said


def test_in_english_the_words_are_those_of_the_command_line() -> None:
    english = load_texts().speak("en")
    assert [said for said in FAULTS if in_words(english, said) != said] == []


@pytest.mark.parametrize("language", ["de", "es"])
def test_in_other_languages_nothing_stays_in_english(language: str) -> None:
    text = load_texts().speak(language)
    assert [said for said in FAULTS if in_words(text, said) == said] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("'title: 5' is no tag", "„title: 5“ ist kein Stichwort"),
        ("title 'a': 300 characters", "Titel „a“: 300 Zeichen"),
        ("300 characters", "300 Zeichen"),
        ("300 characters as shown", "300 Zeichen, wie es gezeigt wird"),
        (
            "bold is not closed; put ** at its end or write \\*",
            "Fett ist nicht geschlossen; setz ** ans Ende oder schreib \\*",
        ),
        ("line 3: it is nested too deeply", "Zeile 3: zu tief verschachtelt"),
        ("'bold' is not one of them", "„bold“ gehört nicht dazu"),
        (
            "line 3: mapping values are not allowed here",
            "Zeile 3: mapping values are not allowed here",
        ),
        ("something new", "something new"),
    ],
)
def test_the_words_that_are_quoted_stay_as_they_are(said: str, shown: str) -> None:
    assert in_words(load_texts().speak("de"), said) == shown


async def test_an_editor_reads_in_their_language_why_a_text_was_refused(chat: Chat) -> None:
    edda = chat.person(901, "Edda", "es")
    await make_editor(edda)
    tip = await chat.store.tip_number(LIBRARY.tips[0].id)
    assert tip is not None
    await edda.sends("/admin")
    await edda.taps_value(AskField(tip, 1, DraftField.BODY))
    await edda.sends("Take pills.")
    assert "«pills» está en un consejo: pásalo a una ficha" in edda.screen
