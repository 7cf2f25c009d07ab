from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.sandbox.entities import Entity, utf16_length
from tipbot.sandbox.errors import ApiError
from tipbot.sandbox.formatted import read_formatted


def spans(source: str, mode: str = "HTML") -> list[tuple[str, str]]:
    said = read_formatted(source, mode, None)
    units = encoded(said.text)
    return [
        (entity.kind, units[2 * entity.offset : 2 * entity.end].decode("utf-16-le"))
        for entity in said.entities
    ]


def encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


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
        ("<b>a</b><strong>b</strong>", [("bold", "ab")]),
        ("<i>a<u>b</u></i>", [("italic", "a"), ("italic", "b"), ("underline", "b")]),
        ("<s>a</s>.<strike>b</strike>.<del>c</del>", [("strikethrough", c) for c in "abc"]),
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
        ("<b>  </b>a", [("bold", "  ")]),
        ("<tg-emoji emoji-id='5'>a</tg-emoji>", [("custom_emoji", "a")]),
        ("<tg-time unix='1792000000' format='wDT'>a</tg-time>", [("date_time", "a")]),
        ("<tg-time unix='0'>a</tg-time>", []),
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


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<code>a<b>b</b></code>", [("code", "ab")]),
        ("<b>a<code>b</code>c</b>", [("bold", "a"), ("code", "b"), ("bold", "c")]),
        ("<pre><i>a</i></pre>", [("pre", "a")]),
        ("<a href='a.org'>a<a href='b.org'>b</a></a>", [("text_link", "ab")]),
        (
            "<b>see <a href='a.org'>a</a></b>",
            [("bold", "see "), ("text_link", "a"), ("bold", "a")],
        ),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            [("blockquote", "ab")],
        ),
        (
            "<blockquote>a<code>b</code></blockquote>",
            [("blockquote", "ab"), ("code", "b")],
        ),
        ("<b>a /start</b>", [("bold", "a "), ("bot_command", "/start"), ("bold", "/start")]),
        ("<code>/start</code>", [("code", "/start")]),
    ],
)
def test_what_may_not_nest_is_split_or_left_out(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert spans(source) == expected


@pytest.mark.parametrize(
    ("offset", "length", "complaint"),
    [
        (1, 1, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            0,
            1,
            (
                "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol "
                "at byte offset 4"
            ),
        ),
        (
            2,
            3,
            "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 5",
        ),
        (5, 1, "entity begins after the end of the text at UTF-16 offset 5"),
    ],
)
def test_an_entity_that_does_not_fit_its_text_is_refused(
    offset: int, length: int, complaint: str
) -> None:
    with pytest.raises(ApiError) as raised:
        read_formatted("😀ab", "", [{"type": "bold", "offset": offset, "length": length}])
    assert raised.value.description == f"Bad Request: {complaint}"


@pytest.mark.parametrize("source", ["\u00a0", "\u2800", "\u200b \u200d", "\ufeff"])
def test_a_text_that_shows_nothing_is_refused(source: str) -> None:
    assert fault(source) == "Bad Request: text must be non-empty"


def test_entities_move_with_what_is_taken_out_before_them() -> None:
    said = read_formatted("a\r\u202eb <b>c</b>\x07d", "HTML", None)
    assert (said.text, said.entities) == ("ab c d", [Entity(3, 1, "bold")])


@pytest.mark.parametrize(
    ("source", "plain", "expected"),
    [
        ("*a _b_* c", "a b c", [("bold", "a "), ("bold", "b"), ("italic", "b")]),
        ("_a __b___", "a b", [("italic", "a "), ("italic", "b"), ("underline", "b")]),
        ("`a*b` ~c~ ||d||", "a*b c d", [("code", "a*b"), ("strikethrough", "c"), ("spoiler", "d")]),
        ("```py\nx = 1```", "x = 1", [("pre", "x = 1")]),
        ("[a](https://a.org/\\))", "a", [("text_link", "a")]),
        ("[a](tg://user?id=7)", "a", [("text_mention", "a")]),
        ("![👍](tg://emoji?id=5)", "👍", [("custom_emoji", "👍")]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", "a\nb\n")]),
        (">a\n>b||\nc", "a\nb\nc", [("expandable_blockquote", "a\nb\n")]),
        ("**>a\n>b||", "a\nb", [("expandable_blockquote", "a\nb")]),
        ("1\\.5 \\a", "1.5 a", []),
    ],
)
def test_markdown_of_the_second_version(
    source: str, plain: str, expected: list[tuple[str, str]]
) -> None:
    assert read_formatted(source, "MarkdownV2", None).text == plain
    assert spans(source, "MarkdownV2") == expected


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a*", "Can't find end of Bold entity at byte offset 1"),
        ("é||b", "Can't find end of Spoiler entity at byte offset 2"),
        ("*a_b*c_", "Can't find end of Italic entity at byte offset 6"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](b.org)", "Invalid tg://emoji or tg://time URL specified"),
        ("a>", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ],
)
def test_broken_markdown_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    assert fault(source, "MarkdownV2") == f"Bad Request: can't parse entities: {complaint}"


def test_the_older_markdown_nests_nothing_and_escapes_nothing_inside() -> None:
    said = "*a _b* [c](a.org) `d` ```py\ne``` 1.5 \\*"
    assert read_formatted(said, "Markdown", None).text == "a _b c d e 1.5 *"
    assert spans(said, "Markdown") == [
        ("bold", "a _b"),
        ("text_link", "c"),
        ("code", "d"),
        ("pre", "e"),
    ]
    assert fault("a _b", "Markdown") == (
        "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 2"
    )


def test_what_is_only_like_a_tag_or_a_mention_is_none() -> None:
    said = "#a#b $ABC$D @abc x@mention /a@b #123 é@mention"
    assert spans(said, "") == []
    assert spans("@mention #tag@named $A /a@abc", "") == [
        ("mention", "@mention"),
        ("hashtag", "#tag@named"),
        ("cashtag", "$A"),
        ("bot_command", "/a@abc"),
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
