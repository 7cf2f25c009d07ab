"""Whatever somebody is called or writes is shown as it was written, and never as markup."""

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.chat import Chat, Person
from tests.bot.staff import make_editor
from tests.bot.test_texts import messages, placeholders
from tipbot.sandbox.html import read_html
from tipbot.texts import load_texts

HOSTILE = (
    "<b>bold</b>",
    "</b></i>&lt;&amp;",
    "<a href='tg://user?id=1'>x</a>",
    '<script>alert("x")</script>',
    "a<b>&c; &#60; &quot;",
    "<",
    "&",
    '{ $x } { "y" } %s {0}',
    "*a* _b_ `c` [d](e)",
    "it's \\ 'quoted'",
)


def html_texts(language: str) -> dict[str, ftl.Message]:
    """Return the texts that are asked for as HTML; refusals are put into others as plain words."""
    return {k: v for k, v in messages(language).items() if not k.startswith("said-")}


_MARKS = {ord(sign): None for sign in "\u2066\u2067\u2068\u2069"}


class _Chosen(Visitor):
    """Finds the placeholders by which a text is chosen: their values need not be shown."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802 - Fluent's
        if isinstance(node.selector, ftl.VariableReference):
            self.names.add(node.selector.id.name)
        self.generic_visit(node)


def chosen_by(message: ftl.Message) -> set[str]:
    visitor = _Chosen()
    visitor.visit(message)
    return visitor.names


def plain(html: str) -> str:
    """Return what Telegram would show, without the signs that keep its direction."""
    return read_html(html)[0].translate(_MARKS)


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_text_shows_its_values_as_they_are(language: str) -> None:
    text = load_texts().speak(language)
    for name, message in html_texts(language).items():
        names = placeholders(message)
        if names - chosen_by(message):
            for value in HOSTILE:
                read = plain(text.html(name, **dict.fromkeys(names, value)))
                assert value in read, (name, value)


def any_text() -> st.SearchStrategy[tuple[str, str]]:
    """Return any language and text of it; the files are read once a test asks."""
    return st.sampled_from(
        [(language, name) for language in load_texts().languages for name in html_texts(language)]
    )


@given(st.deferred(any_text), st.text(max_size=40))
def test_no_value_breaks_the_markup_of_a_text(which: tuple[str, str], value: str) -> None:
    language, name = which
    values = dict.fromkeys(placeholders(messages(language)[name]), value)
    read_html(load_texts().speak(language).html(name, **values).replace("\0", ""))


def shown(chat: Chat) -> str:
    """Return everything that was sent and edited, read as Telegram reads it."""
    methods = ("sendMessage", "editMessageText")
    return "\n".join(
        plain(each["text"]) for method in methods for each in chat.telegram.made(method)
    )


@pytest.mark.parametrize("value", HOSTILE)
async def test_notes_and_answers_are_shown_as_they_were_typed(chat: Chat, value: str) -> None:
    person = chat.person(5, value)
    await person.finishes_onboarding()
    await person.sends("/twitch")
    await person.taps("Details")
    await person.taps("Note")
    await person.sends(f"note {value}")
    assert f"note {value}" in shown(chat)
    await person.sends(f"/{value}")
    await person.sends(value)
    await person.sends("/settings")
    await person.taps("Time zone")
    await person.sends(f"zzqx {value}")
    assert f"zzqx {value}" in shown(chat)


@pytest.mark.parametrize("value", HOSTILE)
async def test_names_of_staff_are_shown_as_they_are(chat: Chat, olga: Person, value: str) -> None:
    await make_editor(chat.person(5, value))
    await olga.sends("/admin")
    await olga.taps("Editors")
    assert value in plain(olga.screen_message.html if olga.screen_message else "")
    await olga.sends("/admin")
    await olga.taps("Who did what")
    assert value in plain(olga.screen_message.html if olga.screen_message else "")
