from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.sandbox.entities import Entity, encoded, sliced, utf16_length
from tipbot.sandbox.errors import ApiError
from tipbot.sandbox.formatted import read_formatted


def spans(source: str, mode: str = "HTML") -> list[tuple[str, str]]:
    said = read_formatted(source, mode, None)
    units = encoded(said.text)
    return [(entity.kind, sliced(units, entity.offset, entity.end)) for entity in said.entities]


def fault(source: str, mode: str = "HTML") -> str:
    with pytest.raises(ApiError) as raised:
        read_formatted(source, mode, None)
    assert raised.value.code == 400
    return raised.value.description


def test_offsets_count_utf16_units() -> None:
    said = read_formatted("😀 <b>two 🇩🇪</b>", "HTML", None)
    assert said.text == "😀 two 🇩🇪"
    assert said.entities == [Entity(3, 8, "bold")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b><strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a<u>b</u></i>", [("italic", "ab"), ("underline", "b")]),
        ("<s>a</s><strike>b</strike><del>c</del>", [("strikethrough", c) for c in "abc"]),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", "a")]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<code>a &lt; b</code>", [("code", "a < b")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ("<a href='https://example.org'>a</a>", [("text_link", "a")]),
        ("<a href='localhost'>a</a>", []),
        ("<a href='tg://user?id=7'>a</a>", [("text_mention", "a")]),
        ("<B>a</b>", [("bold", "a")]),
        ("<b>a</>", [("bold", "a")]),
        ("<b></b>a", []),
        ("<b>  </b>a", []),
        ("<b>a </b>", [("bold", "a")]),
    ],
)
def test_html_is_read_as_telegram_reads_it(source: str, expected: list[tuple[str, str]]) -> None:
    assert spans(source) == expected


def test_code_with_a_language_inside_pre_is_one_entity() -> None:
    said = read_formatted('<pre><code class="language-python">x</code></pre>', "HTML", None)
    assert said.entities == [Entity(0, 1, "pre", {"language": "python"})]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a < b>", 'Unsupported start tag "" at byte offset 2'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=x$>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    assert fault(source) == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#65;&#x42;", "AB"),
        ("&nbsp;", "&nbsp;"),
        ("a & b", "a & b"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_character_references(source: str, plain: str) -> None:
    assert read_formatted(source, "HTML", None).text == plain


def test_commands_links_and_mentions_are_found() -> None:
    said = "/start now, or see https://example.org/a. Ask @someone or me@example.org #twitch"
    assert spans(said, "") == [
        ("bot_command", "/start"),
        ("url", "https://example.org/a"),
        ("mention", "@someone"),
        ("email", "me@example.org"),
        ("hashtag", "#twitch"),
    ]


def test_what_looks_like_a_command_inside_a_word_is_none() -> None:
    assert spans("and/or 1/2 //x", "") == []


def test_blanks_at_the_ends_go() -> None:
    said = read_formatted("\n  <b>a</b> b \n", "HTML", None)
    assert (said.text, said.entities) == ("a b", [Entity(0, 1, "bold")])


@pytest.mark.parametrize("source", ["<b></b>", "   ", "\n"])
def test_a_text_of_nothing_is_refused(source: str) -> None:
    assert fault(source) == "Bad Request: text must be non-empty"


def test_an_unknown_parse_mode_is_refused() -> None:
    assert fault("a", "bbcode") == "Bad Request: unsupported parse_mode"


def test_entities_given_as_json_are_kept_and_measured() -> None:
    given_ones = [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "url", "offset": 0, "length": 1},
    ]
    assert read_formatted("😀 ab", "", given_ones).entities == [Entity(3, 2, "bold")]


def test_an_entity_without_a_length_is_refused() -> None:
    with pytest.raises(ApiError, match=r"Can't parse MessageEntity|can't parse MessageEntity"):
        read_formatted("a", "", [{"type": "bold", "offset": 0}])


def test_markdown_of_the_second_version() -> None:
    said = "*bold _both_* `code` ||hidden|| [link](https://example.org) 1\\.5"
    assert spans(said, "MarkdownV2") == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("code", "code"),
        ("spoiler", "hidden"),
        ("text_link", "link"),
    ]


def test_a_reserved_character_in_markdown_is_refused() -> None:
    assert fault("1.5", "MarkdownV2") == (
        "Bad Request: can't parse entities: "
        "Character '.' is reserved and must be escaped with the preceding '\\'"
    )


@given(st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s"]), st.text(min_size=1)), max_size=8))
def test_whatever_is_escaped_comes_back_and_its_spans_fit(parts: list[tuple[str, str]]) -> None:
    def escape(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    kept = [(tag, "".join(c for c in text if c.isprintable())) for tag, text in parts]
    # A dot at either end: white space there is cut, but not where it begins a span.
    source = "".join([".", *(f"<{tag}>{escape(text)}</{tag}>" for tag, text in kept), "."])
    said = read_formatted(source, "HTML", None)
    assert said.text == "".join([".", *(text for _tag, text in kept), "."])
    total = utf16_length(said.text)
    assert all(0 <= e.offset < e.end <= total for e in said.entities)


@given(st.text(max_size=40), st.text(max_size=40))
def test_length_in_utf16_units_adds_up(one: str, other: str) -> None:
    assert utf16_length(one + other) == utf16_length(one) + utf16_length(other)
    assert 2 * utf16_length(one) == len(encoded(one))
