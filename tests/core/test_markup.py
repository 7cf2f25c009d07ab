r"""Restricted markup: what it shows, what it refuses, and that it is CommonMark."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tipbot.core.markup import (
    Block,
    Bullets,
    Mark,
    MarkupError,
    Paragraph,
    Span,
    clip,
    escape,
    from_spans,
    parse,
    render,
    to_html,
    to_plain,
    visible_length,
)
from tipbot.core.spans import Cell, Spans, as_spans, is_forbidden, settle_spaces

FORGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "**_-\\\n\n  ab1.)#>+=|:<&;~`[]()!\"'é😀•"
markup_like = st.lists(
    st.sampled_from([*SIGNS, "**", "_", "\n- ", "\n\n", " **", "** ", " _", "_ ", "word", "\\\n"]),
    max_size=25,
).map("".join)
plain_like = st.text(st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=60)


def blocks_of_a_forge(text: str) -> list[Block]:
    """Read a text as CommonMark; fails if that sees more than paragraphs and bullets."""
    blocks: list[Block] = []
    in_list = False
    for token in FORGE.parse(text):
        if token.type == "inline":
            spans = spans_of_a_forge(token.children or [])
            last = blocks[-1] if blocks else None
            if not in_list:
                blocks.append(Paragraph(spans))
            elif isinstance(last, Bullets):
                blocks[-1] = Bullets((*last.items, spans))
            else:
                blocks.append(Bullets((spans,)))
        elif token.type in {"bullet_list_open", "bullet_list_close"}:
            assert in_list != (token.nesting == 1), "a list inside a list"
            in_list = token.nesting == 1
        else:
            assert re.fullmatch("(paragraph|list_item)_(open|close)", token.type), token.type
    return blocks


def spans_of_a_forge(tokens: list[Token]) -> Spans:
    cells: list[Cell] = []
    marks = Mark.NONE
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            marks ^= Mark.BOLD
        elif token.type in {"em_open", "em_close"}:
            marks ^= Mark.ITALIC
        else:
            assert token.type in {"text", "text_special", "softbreak", "hardbreak"}, token.type
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            cells += [Cell(char, marks) for char in text]
    return as_spans(settle_spaces(cells))


def squeezed(text: str) -> str:
    """Return plain text under the rule for white space that ``escape`` promises."""
    text = re.sub("\r\n|[\r\x0b\x0c\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    text = "".join(char for char in text.replace("\t", " ") if not is_forbidden(char))
    lines = [re.sub(" +", " ", line.strip()) for line in text.split("\n")]
    return re.sub("\n\n+", "\n\n", "\n".join(lines)).strip("\n")


@pytest.mark.parametrize(
    ("markup", "plain", "html"),
    [
        ("", "", ""),
        ("a **b** _c_", "a b c", "a <b>b</b> <i>c</i>"),
        ("**a _b_ c**", "a b c", "<b>a </b><b><i>b</i></b><b> c</b>"),
        ("**_a_**", "a", "<b><i>a</i></b>"),
        ("one\ntwo", "one two", "one two"),
        ("one\\\ntwo", "one\ntwo", "one\ntwo"),
        ("one\n\n\n\ntwo", "one\n\ntwo", "one\n\ntwo"),
        ("Try:\n- a\n  b\n- c\n\nEnd", "Try:\n• a b\n• c\n\nEnd", "Try:\n• a b\n• c\n\nEnd"),
        ("- a\n\n- b", "• a\n• b", "• a\n• b"),
        (r"\*\_\\\-\#\[", r"*_\-#[", r"*_\-#["),
        (r"**x\***", "x*", "<b>x*</b>"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2", "5 &lt; 6 &amp; 7 &gt; 2"),
        ('("**bold**," he said)', '("bold," he said)', '("<b>bold</b>," he said)'),
        ("one\r\ntwo", "one two", "one two"),
    ],
)
def test_markup_is_shown_as_plain_text_and_as_telegrams_html(
    markup: str, plain: str, html: str
) -> None:
    assert to_plain(markup) == plain
    assert to_html(markup) == html


@pytest.mark.parametrize(
    ("markup", "line", "reason"),
    [
        ("ok\n\n**open", 3, "bold is not closed"),
        ("_open", 1, "italic is not closed"),
        ("**a **b** c**", 1, "bold inside bold"),
        ("_a _b_ c_", 1, "italic inside italic"),
        ("**a _b** c_", 1, "bold ends before the italic inside it"),
        ("a*b", 1, "bold is \\*\\*two stars"),
        ("***a***", 1, "bold is \\*\\*two stars"),
        ("__a__", 1, "italic is _one underscore_"),
        ("snake_case", 1, "goes round whole words"),
        ("un**believ**able", 1, "goes round whole words"),
        ("**a**_b_", 1, "inside a word"),
        ("** a**", 1, "goes round whole words"),
        ("a\n# b", 2, "headings"),
        ("Title\n===", 2, "underlined headings"),
        ("Title\n---", 2, "a bullet is"),
        ("> a", 1, "quotes"),
        ("1. a", 1, "numbered lists"),
        ("+ a", 1, "begin a bullet"),
        ("-a", 1, "a bullet is"),
        ("- a\n- - b", 2, "a bullet is"),
        ("|a|\n|-|", 2, "tables"),
        ("    code", 1, "begins with a space"),
        ("a [b](https://c)", 1, "links and pictures"),
        ("<b>a</b>", 1, "HTML"),
        ("<a@b.example>", 1, "HTML"),
        ("`a`", 1, "code"),
        ("~~a~~", 1, "strike-through"),
        ("&amp;", 1, "write the character itself"),
        ("a\\b", 1, "backslash"),
        ("a\\", 1, "backslash"),
        ("a  \nb", 1, "ends with spaces"),
        ("a\tb", 1, "control character \\(U\\+0009\\)"),
        ("a\x00b", 1, "control character \\(U\\+0000\\)"),
        ("a\u202eb", 1, "control character \\(U\\+202E\\)"),
        ("\u00a0", 1, "nothing is shown"),
    ],
)
def test_what_is_not_restricted_markup_is_refused_with_its_line(
    markup: str, line: int, reason: str
) -> None:
    with pytest.raises(MarkupError, match=reason) as refused:
        parse(markup)
    assert refused.value.line == line
    assert str(refused.value).startswith(f"line {line}: ")


def test_length_is_counted_in_utf_16_units_of_what_is_shown() -> None:
    assert visible_length("**ab** _c_") == 4
    assert visible_length("😀 - é") == 6
    assert visible_length("- a\n- b") == len("• a\n• b")


@given(markup_like)
@example("**aaa _bbb_** _ccc_")
@example("_a **b** c_")
@example("_(a)_**_(b)_**")
@example("_aaa **bbb**_**,ccc**")
def test_whatever_is_accepted_reads_the_same_on_a_forge(text: str) -> None:
    try:
        blocks = parse(text)
    except MarkupError:
        return
    assert list(blocks) == blocks_of_a_forge(text)


@given(markup_like)
@example("_aaa **bbb**_**,ccc**")
def test_what_is_parsed_is_rendered_in_one_stable_form(text: str) -> None:
    try:
        blocks = parse(text)
    except MarkupError:
        return
    assert parse(render(blocks)) == blocks
    assert render(parse(render(blocks))) == render(blocks)
    assert list(blocks) == blocks_of_a_forge(render(blocks))


@given(plain_like)
@example("1. a\n- b\n=\n# c\n> d\n|-|\n&amp; <b> [x](y) ~~z~~ `q` \\ *a* _b_ https://a.example")
def test_escaped_text_reads_as_itself(text: str) -> None:
    assert to_plain(escape(text)) == squeezed(text)
    assert list(parse(escape(text))) == blocks_of_a_forge(escape(text))


@given(markup_like)
def test_html_is_balanced_and_holds_the_plain_text(text: str) -> None:
    try:
        html = to_html(text)
    except MarkupError:
        return
    tree = ET.fromstring(f"<m>{html}</m>")  # noqa: S314 - our own output
    assert "".join(tree.itertext()) == to_plain(text)
    assert {element.tag for element in tree.iter()} <= {"m", "b", "i"}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["word", "wörter", "😀", "a*b_c", "(so)", "1."]),
            st.sampled_from([Mark(marks) for marks in range(4)]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_formatting_of_whole_words_typed_in_telegram_survives(
    words: list[tuple[str, Mark]],
) -> None:
    text = " ".join(word for word, _ in words)
    spans = []
    at = 0
    for word, marks in words:
        kinds = [kind for kind in (Mark.BOLD, Mark.ITALIC) if kind in marks]
        spans += [(str(kind.name).lower(), at, utf16(word)) for kind in kinds]
        at += utf16(word) + 1
    expected = [Cell(char, marks) for word, marks in words for char in f"{word} "]
    expected = [cell if cell.char != " " else cell._replace(marks=Mark.NONE) for cell in expected]
    assert parse(from_spans(text, spans)) == (Paragraph(as_spans(settle_spaces(expected))),)


@given(
    plain_like,
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "underline", "url"]),
            st.integers(-2, 70),
            st.integers(-2, 70),
        ),
        max_size=6,
    ),
)
def test_no_entities_however_wrong_break_the_text(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    markup = from_spans(text, spans)
    assert to_plain(markup) == to_plain(from_spans(text, []))
    assert render(parse(markup)) == markup
    assert list(parse(markup)) == blocks_of_a_forge(markup)


def test_a_mark_that_ends_inside_a_word_is_widened_to_the_word() -> None:
    assert from_spans("unbelievable!", [("italic", 2, 6)]) == "_unbelievable_!"
    assert from_spans("see (it)", [("bold", 5, 2)]) == "see (**it**)"


def test_crossing_marks_are_both_kept() -> None:
    text = "aaa bbb ccc"
    markup = from_spans(text, [("bold", 0, 7), ("italic", 4, 7)])
    assert markup == "**aaa _bbb_** _ccc_"
    assert parse(markup)[0] == Paragraph(
        (
            Span("aaa ", Mark.BOLD),
            Span("bbb", Mark.BOLD | Mark.ITALIC),
            Span(" ccc", Mark.ITALIC),
        )
    )


def test_the_mark_that_lasts_longer_is_the_outer_one() -> None:
    assert from_spans("a b", [("italic", 0, 1), ("bold", 0, 3)]) == "**_a_ b**"
    assert from_spans("a b", [("italic", 0, 3), ("bold", 0, 1)]) == "_**a** b_"


def test_offsets_count_utf_16_units() -> None:
    assert from_spans("😀 go now", [("bold", 3, 2)]) == "😀 **go** now"


def test_unknown_entities_are_dropped() -> None:
    assert from_spans("see a.example", [("url", 4, 9), ("underline", 0, 3)]) == "see a.example"


def test_typed_bullets_become_bullets_and_typed_lines_stay_lines() -> None:
    typed = "Try:\n- a\n• b\nThen rest\nand drink\n-5 is cold"
    assert from_spans(typed, []) == ("Try:\n\n- a\n- b\n\nThen rest\\\nand drink\\\n\\-5 is cold")
    assert to_plain(from_spans(typed, [])) == ("Try:\n• a\n• b\n\nThen rest\nand drink\n-5 is cold")


def test_a_long_hostile_text_is_judged_at_once() -> None:
    for hostile in ("**a " * 15_000, "\\" * 60_000, ": -" * 20_000 + "x", "_a_ " * 15_000):
        try:
            parse(hostile)
        except MarkupError as refused:
            assert refused.line == 1  # noqa: PT017 - either answer will do, at once


@pytest.mark.parametrize(
    ("text", "units", "clipped"),
    [("abc", 2, "ab"), ("a😀b", 2, "a"), ("a😀b", 3, "a😀"), ("", 5, ""), ("😀", 0, "")],
)
def test_a_text_is_clipped_by_what_telegram_counts_and_never_within_a_sign(
    text: str, units: int, clipped: str
) -> None:
    assert clip(text, units) == clipped
