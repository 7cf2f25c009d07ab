"""The words against the code: every key exists, none is left over, placeholders match."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

import tipbot
from tipbot.bot.buttons.settings import Page
from tipbot.bot.menu import MENU
from tipbot.core.model import Flag, Minute, Topic
from tipbot.core.presets import Preset
from tipbot.library.reading import grade
from tipbot.texts import DEFAULT, MissingTextError, Text, load_texts

PACKAGE = Path(tipbot.__file__).parent
REPOSITORY = PACKAGE.parent
SPREAD = {"place", "time"}
"""What ``**clock(...)`` brings."""


def sources() -> Iterator[ast.Module]:
    for path in sorted((PACKAGE / "bot").rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


@cache
def messages(language: str) -> dict[str, ftl.Message]:
    resource = parse((files("tipbot.texts") / f"{language}.ftl").read_text(encoding="utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, ftl.Junk)]
    found = [entry for entry in resource.body if isinstance(entry, ftl.Message)]
    names = [message.id.name for message in found]
    assert len(names) == len(set(names)), "a key stands twice"
    return dict(zip(names, found, strict=True))


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - Fluent's
        self.names.add(node.id.name)


def placeholders(message: ftl.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


def pattern(node: ast.JoinedStr) -> str:
    """Return a regular expression for what an f-string may become; its first part may be a key."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
        for part in node.values
    ]
    if parts and not isinstance(node.values[0], ast.Constant):
        parts[0] = "[a-z0-9_-]+"
    return "".join(parts)


def named(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the constants and f-strings that an expression may be."""
    if isinstance(node, ast.IfExp):
        yield from named(node.body)
        yield from named(node.orelse)
    elif isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        yield node


def calls() -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield every call that asks for a text, with the key it names in place."""
    for module in sources():
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"plain", "html"}
                and node.args
            ):
                for key in named(node.args[0]):
                    yield node, key


def english() -> dict[str, ftl.Message]:
    return messages(DEFAULT)


@pytest.mark.parametrize("language", load_texts().languages)
def test_texts_that_are_read_one_by_one_are_those_of_the_whole_file(language: str) -> None:
    source = files("tipbot.texts").joinpath(f"{language}.ftl").read_text(encoding="utf-8")
    text, known = Text(language, source), messages(language)
    assert {key for key in text._keys if not key.startswith("-")} == known.keys()
    for key in known:
        text._read(key)
        assert text._bundle.has_message(key), key
    assert all(key.startswith("-") for key in text._unread)


def test_a_text_brings_what_it_refers_to() -> None:
    source = (
        "-bot = Ada\none = I am { -bot }\ntwo =\n    { one },\n    { $n } times\n# end\nthree = 3"
    )
    assert Text("en", source).plain("two", n=2) == "I am Ada,\n2 times"
    assert not Text("en", source).has("four")


def test_every_key_that_is_asked_for_exists() -> None:
    for call, key in calls():
        if isinstance(key, ast.Constant):
            assert str(key.value) in english(), f"line {call.lineno}"
        else:
            assert isinstance(key, ast.JoinedStr)
            assert any(re.fullmatch(pattern(key), name) for name in english()), ast.unparse(key)


def test_no_text_is_left_over() -> None:
    constants, patterns = set(), set()
    for module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(pattern(node))
    used = [re.compile(each) for each in patterns if _says_a_word(each)]
    left = {
        name
        for name in english().keys() - constants
        if not any(each.fullmatch(name) for each in used)
        and not (_TWO_PARTS in patterns and name.partition("-")[0] in constants)
    }
    assert sorted(left) == []


_TWO_PARTS = "[a-z0-9_-]+\\-[a-z0-9_]+"
"""An f-string like ``{kind}-{choice}``: the kind itself stands in the code."""


def _says_a_word(found: str) -> bool:
    return any(letter.isalpha() for letter in re.sub(r"\[[a-z0-9_-]+\]\+", "", found))


def test_every_call_gives_exactly_the_placeholders_of_its_text() -> None:
    for call, key in calls():
        if not isinstance(key, ast.Constant) or isinstance(call.args[0], ast.IfExp):
            continue
        wanted = placeholders(english()[str(key.value)])
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        spread = any(keyword.arg is None for keyword in call.keywords)
        assert given | (SPREAD if spread else set()) == wanted, (key.value, call.lineno)


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_language_has_the_same_texts_and_placeholders(language: str) -> None:
    there = messages(language)
    assert there.keys() == english().keys()
    for name, message in there.items():
        assert placeholders(message) == placeholders(english()[name]), name


def test_every_choice_has_its_words() -> None:
    shelves = {
        str(yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])["shelf"])
        for path in (REPOSITORY / "tips" / "en" / "cards").glob("*.md")
    }
    keys = [
        *(f"{kind}-{topic}" for topic in Topic for kind in ("topic", "label")),
        *(f"preset-{preset}" for preset in Preset),
        *(f"flag-{flag}" for flag in Flag),
        *(f"open-{page}" for page in Page if page is not Page.HOME),
        *(f"menu-{command}" for command in MENU),
        *(f"shelf-{shelf}" for shelf in shelves),
    ]
    assert [key for key in keys if key not in english()] == []


def test_the_words_read_easily() -> None:
    """Each longer text is at grade 8 or below (Flesch and Kincaid), as English pupils count it."""
    text = load_texts().speak(DEFAULT)
    hard = {}
    for name, message in english().items():
        values = dict.fromkeys(placeholders(message), "10")
        words = re.sub(r"<[^>]+>|[^\w\s.,:;?!'/-]", "", text.plain(name, **values))
        sentences = re.sub(r"[:\n]+", ". ", words)
        if len(sentences.split()) >= 12:
            found = grade(sentences)
            if found > 8:
                hard[name] = found
    assert hard == {}


def test_values_are_escaped_and_the_texts_own_tags_are_not() -> None:
    text = load_texts().speak(DEFAULT)
    assert text.html("card-title", title="<i>&") == "<b>&lt;i&gt;&amp;</b>"
    assert text.plain("card-title", title="<i>&") == "<b><i>&</b>"


def test_a_missing_text_or_value_is_a_fault() -> None:
    text = load_texts().speak(DEFAULT)
    with pytest.raises(MissingTextError):
        text.plain("no-such-text")
    with pytest.raises(MissingTextError):
        text.plain("card-title")


def test_a_language_without_a_file_is_english() -> None:
    texts = load_texts()
    for tag in (None, "", "tlh", "tlh-QO", "EN-us", "en"):
        assert texts.speak(tag).language == "en"


def test_times_and_places_read_as_the_language_writes_them() -> None:
    text = load_texts().speak(DEFAULT)
    assert text.minute(Minute(13 * 60 + 5)) == "1:05\u202fPM"
    assert text.place("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert text.language_name() == "English"
    assert text.weekday(0) == "Mon"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Etc/GMT-12", "UTC+12"), ("Etc/GMT+3", "UTC-3"), ("Etc/GMT", "GMT"), ("UTC", "UTC")],
)
def test_a_zone_at_sea_is_named_by_its_distance_from_utc(zone: str, shown: str) -> None:
    assert load_texts().speak(DEFAULT).place(zone) == shown
