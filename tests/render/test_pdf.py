"""The printed report, read back with another library than the one that wrote it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tipbot.core.pages import Band, Bar, Block, Page, Panel, Paper, Passage, Tick, Timeline
from tipbot.render.glyphs import BOX, SHAPING, Glyphs
from tipbot.render.pdf import FILES, _set, pdf
from tipbot.render.wire import pack_request, read_request

SCRIPTS = {
    "German": "Zuckungen über dem Auge, größer als früher – „stark“",  # noqa: RUF001 - as printed
    "Spanish": "¿Cuándo empezó? El párpado izquierdo, año pasado",
    "Polish": "Zażółć gęślą jaźń",
    "Greek": "σπασμός στο βλέφαρο",
    "Russian": "подёргивание века",
    "Vietnamese": "co giật mí mắt",
    "Turkish": "göz kapağı seğirmesi, İstanbul",  # noqa: RUF001 - as it is written
}


def panel(span: int = 3, rows: int = 4) -> Panel:
    return Panel(
        span=span,
        heading="Counts",
        head=("", "number"),
        rows=tuple((f"row {n}", str(n)) for n in range(rows)),
        foot="a foot",
    )


def timeline(bars: int = 30) -> Timeline:
    kinds = (
        Bar(strength=3, missing=False), Bar(strength=0, missing=False),
        Bar(strength=None, missing=True), Bar(strength=None, missing=False, marked=True),
    )  # fmt: skip
    return Timeline(
        heading="Strength", bars=(kinds * bars)[:bars], ticks=(Tick(at=0, words="Feb 1"),),
        zeros="none", missings="nothing logged", unrated="not rated", marked="treatment",
    )  # fmt: skip


def page(*blocks: Block, paper: Paper = Paper.A4) -> Page:
    return Page(
        paper=paper, language="en", made=date(2026, 3, 2), title="Diary", period="All of it",
        blanks=("Name:", "Born:"), notice="Self-reported.", blocks=blocks or (
            Band(panels=(panel(), panel())), timeline(), Passage(heading="Marks", lines=("One",)),
        ), unshown=f"{BOX} cannot be printed", footer="No clinical score",
        numbers=(("1 of 1",), ("1 of 2", "2 of 2"), ("1 of 3", "2 of 3", "3 of 3")),
    )  # fmt: skip


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(" ".join(each.extract_text() for each in read(content).pages).split())


def fonts(content: bytes) -> list[Any]:
    resources: Any = read(content).pages[0]["/Resources"]
    found = resources["/Font"]
    return [found[name] for name in found]


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (210, 297)), (Paper.LETTER, (215.9, 279.4))]
)
def test_a_page_has_the_size_of_its_paper(paper: Paper, size: tuple[float, float]) -> None:
    box = read(pdf(page(paper=paper))).pages[0].mediabox
    found = (float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4)
    assert found == pytest.approx(size, abs=0.1)


def test_the_same_page_is_the_same_bytes_wherever_it_is_made() -> None:
    made = page()
    assert pdf(made) == pdf(made) == pdf(read_request(pack_request(made)))  # type: ignore[arg-type] # a page
    assert pdf(replace(made, title="Another")) != pdf(made)


def test_fonts_are_embedded_and_its_words_can_be_selected() -> None:
    content = pdf(page())
    for font in fonts(content):
        (inner,) = font["/DescendantFonts"]
        assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
        assert "DejaVuSans" in font["/BaseFont"]
        assert "/ToUnicode" in font
    shown = words(content)
    for word in ("Diary", "Self-reported.", "row 3 3", "Feb 1", "nothing logged", "One", "1 of 1"):
        assert word in shown
    assert len(content) < 60_000
    metadata = read(content).metadata
    assert metadata is not None
    assert metadata.title == "Diary"
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == date(2026, 3, 2)


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_letter_of_a_language_is_drawn(language: str) -> None:
    said = SCRIPTS[language]
    content = pdf(page(Passage(heading=said, lines=(said,))))
    assert words(content).count(said) == 2
    assert BOX not in words(content)


def test_signs_without_a_drawing_are_one_open_box_and_that_is_explained() -> None:
    content = pdf(page(Passage(heading="Notes", lines=("eye 眼睑跳动 twitch",))))
    assert f"eye {BOX} twitch" in words(content)
    assert f"{BOX} cannot be printed" in words(content)
    assert "cannot be printed" not in words(pdf(page()))


def test_what_is_written_from_right_to_left_reads_so_on_paper() -> None:
    glyphs = Glyphs(str(FILES / "DejaVuSans.ttf"))
    assert glyphs.shown("שלום") == "םולש"
    assert glyphs.shown("a  b\nc\t\0d") == "a b c d"
    copied = words(pdf(page(Passage(heading="Notes", lines=("שלום",)))))
    assert "שלום" in copied, "the reader turns what stands on paper round again"
    assert not glyphs.missed
    assert glyphs.shown("人") == BOX
    assert glyphs.missed


@pytest.mark.skipif(not SHAPING, reason="no build of HarfBuzz is installed here")
@pytest.mark.parametrize("said", ["مرحبا بالعالم", "رفة في الجفن", "שלום עולם"])
def test_letters_are_joined_and_still_copied_as_they_were_typed(said: str) -> None:
    content = pdf(page(Passage(heading="Notes", lines=(f"Mar 2: {said}, after", said))))
    assert said in words(content)
    assert "Mar 2: " in words(content)
    assert content == pdf(page(Passage(heading="Notes", lines=(f"Mar 2: {said}, after", said))))
    with _set(page()) as plain, _set(page(Passage(heading=said, lines=()))) as joined:
        assert plain.text_shaping is None
        assert joined.text_shaping is not None
        widths = [each.get_string_width(each.shown(said)) for each in (plain, joined)]
    assert widths[1] <= widths[0], "letters that stand alone are wider"


def test_long_words_are_made_smaller_or_cut_and_stay_in_their_column() -> None:
    wide = Panel(span=2, heading="H" * 200, rows=(("W" * 300, "1"),), foot="x" * 300)
    shown = words(pdf(page(Band(panels=(wide,)))))
    assert "…" in shown
    assert "1" in shown
    note = "very long note " * 60
    lines = words(pdf(page(Passage(heading="Notes", lines=(note,))))).count("very long")
    assert 5 < lines < 25


def test_pages_are_numbered_out_of_all() -> None:
    tall = Band(panels=(panel(6, 40),))
    content = pdf(page(tall, tall))
    assert len(read(content).pages) == 2
    assert "1 of 2" in words(content)
    assert "2 of 2" in words(content)


def test_what_does_not_fit_goes_to_the_next_page_and_nothing_leaves_the_paper() -> None:
    blocks = (timeline(), Band(panels=(panel(6, 30),)), timeline(), Band(panels=(panel(),)))
    for paper in Paper:
        for sheet in read(pdf(page(*blocks, paper=paper))).pages:
            heights: list[float] = []

            def seen(
                text: str, _: Any, at: list[float], *__: Any, h: list[float] = heights
            ) -> None:
                if text.strip():
                    h.append(at[5])

            sheet.extract_text(visitor_text=seen)
            assert min(heights) > 30
            assert max(heights) < float(sheet.mediabox.height) - 30


@pytest.mark.parametrize("bars", [0, 1, 184, 1500])
def test_a_timeline_of_any_length_can_be_drawn(bars: int) -> None:
    assert len(pdf(page(timeline(bars)))) < 300_000


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_words_can_be_printed(said: str) -> None:
    content = pdf(page(Passage(heading=said, lines=(said, said)), Band(panels=(
        Panel(span=2, heading=said, rows=((said, said),), foot=said),
    ))))  # fmt: skip
    assert content.startswith(b"%PDF")
    assert read(content).pages[0].extract_text()
