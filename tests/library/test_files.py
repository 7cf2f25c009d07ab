"""The library folder: read whole, refused by name, written the same every time."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tipbot.core.entries import EARLIEST_REVIEW
from tipbot.core.library import SHELVES, Fault, Library, LibraryError
from tipbot.core.markup import escape, visible_length
from tipbot.core.model import TIP_TOPICS, Card, Citation, Claim, Document, Tip, TipId, Topic
from tipbot.core.spans import is_forbidden
from tipbot.library import safeyaml
from tipbot.library.files import read_files, read_library, write_files, write_library

SOURCES = """\
one.txt:
  title: 'One: the first'
  author: Ada
  sections:
    - Water
    - 'Sleep: a start'
"""
GLASS = """\
---
id: hydration-glass
title: A glass in sight
topic: hydration
tags: [water, habit]
sources:
  - document: one.txt
    section: Water
claim: practical
reviewed: 2026-11-21
---
Put a **glass** where you see it.
"""
TICS = """\
---
id: card-tics
title: Tics
shelf: types
tags: [tics]
sources: editor
claim: general
reviewed: 2026-11-21
---
Tics are sudden.

- They come
- and go
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "sources.yaml", SOURCES)
    put(tmp_path, "en/hydration/glass.md", GLASS)
    put(tmp_path, "en/cards/tics.md", TICS)
    return tmp_path


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(LibraryError) as refused:
        read_library(folder)
    return list(refused.value.faults)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_read_as_a_library(folder: Path) -> None:
    assert read_library(folder) == Library(
        documents=(
            Document(name="one.txt", title="One: the first", sections=("Water", "Sleep: a start")),
        ),
        tips=(
            Tip(
                id=TipId("hydration-glass"),
                title="A glass in sight",
                body="Put a **glass** where you see it.",
                topic=Topic.HYDRATION,
                tags=("water", "habit"),
                sources=(Citation("one.txt", "Water"),),
                claim=Claim.PRACTICAL,
                reviewed=date(2026, 11, 21),
            ),
        ),
        cards=(
            Card(
                id=TipId("card-tics"),
                title="Tics",
                body="Tics are sudden.\n\n- They come\n- and go",
                shelf="types",
                tags=("tics",),
                sources=(),
                claim=Claim.GENERAL,
                reviewed=date(2026, 11, 21),
            ),
        ),
    )


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault(folder: Path) -> None:
    before = read_library(folder)
    windows = b"\xef\xbb\xbf" + GLASS.replace("\n", "\r\n").encode()
    put(folder, "en/hydration/glass.md", windows)
    assert read_library(folder) == before


def test_hidden_files_and_other_languages_are_passed_over(folder: Path) -> None:
    before = read_library(folder)
    put(folder, "en/.DS_Store", b"\x00")
    put(folder, "en/.git/cards/x.md", "no")
    put(folder, "de/hydration/broken.md", "no")
    put(folder, "README.md", "no")
    assert read_library(folder) == before


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    put(folder, "en/hydration/a.md", GLASS.replace("practical", "sure"))
    put(folder, "en/hydration/b.md", "no front matter")
    put(folder, "en/hydration/glass.md", GLASS.replace("section: Water", "section: Wine"))
    assert [(fault.path, fault.field) for fault in faults_of(folder)] == [
        ("en/hydration/a.md", "claim"),
        ("en/hydration/a.md", "id"),
        ("en/hydration/b.md", "file"),
        ("en/hydration/glass.md", "sources"),
    ]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


PLAIN, HOSTILE = "title: Drink\ntags: [a, b]\nreviewed: 2026-01-02\n", "a: &x 1\nb: *x\n"


def test_yaml_is_read_the_same_where_its_library_in_c_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    spec = spec_from_file_location("safeyaml_without_c", safeyaml.__file__)
    assert spec is not None
    assert spec.loader is not None
    without_c = module_from_spec(spec)
    spec.loader.exec_module(without_c)
    assert not issubclass(without_c._PlainLoader, yaml.CSafeLoader)
    assert without_c.load_yaml(PLAIN) == safeyaml.load_yaml(PLAIN)
    with pytest.raises(without_c.YamlRefusedError, match="anchors"):
        without_c.load_yaml(HOSTILE)


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        (BOMB, "line 2: anchors"),
        ("title: !!python/object/apply:os.system [echo]", "line 2: tags"),
        ("title: !!binary aGk=", "line 2: tags"),
        ("id: a\nid: b", "line 3: 'id' stands twice"),
        ("x: {<<: {a: b}}", "line 2: a field's name is not plain text"),
        ("? [a]\n: b", "line 2: a field's name is not plain text"),
        ("a: " + "[" * 200 + "]" * 200, "line 2: it is nested too deeply"),
        ("a: [" + "b," * 130 + "]", "line 2: there are more than 120 values"),
        ("a: '" + "b " * 600 + "'", "line 2: a value has more than 1,000 characters"),
        ("a: " + "1:" * 600 + "1", "line 2: a value has more than 1,000 characters"),
        ("a: [", "line 3:"),
        ("title: a: b", "line 2: mapping values are not allowed"),
        ("a: \x07", "characters that YAML does not allow"),
        ("reviewed: 2026-13-45", "a date or number"),
        ("a: 2026-02-30", "a date or number"),
        ("- a", "there are no 'name: value' lines"),
        ("", "there are no 'name: value' lines"),
        ("a: b\n...\n%YAML 1.1", "line"),
    ],
)
def test_front_matter_that_does_more_than_state_values_is_refused(
    folder: Path, front: str, problem: str
) -> None:
    put(folder, "en/hydration/a.md", f"---\n{front}\n---\nDrink.\n")
    [fault] = faults_of(folder)
    assert (fault.path, fault.field) == ("en/hydration/a.md", "front matter")
    assert problem in fault.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it has no front matter"),
        (b"---\nid: x\n", "it has no front matter"),
        (b"\n" + GLASS.encode(), "it has no front matter"),
        (GLASS.encode("utf-16"), "is not UTF-8"),
        (GLASS.encode().replace(b"glass", b"gl\xe4ss"), "is not UTF-8"),
        (GLASS.encode() + b" " * 64 * 1024, "it is larger than 64 kB"),
    ],
)
def test_a_file_that_is_no_small_utf_8_text_is_refused(
    folder: Path, content: bytes, problem: str
) -> None:
    put(folder, "en/hydration/glass.md", content)
    [fault] = faults_of(folder)
    assert (fault.path, fault.field) == ("en/hydration/glass.md", "file")
    assert problem in fault.problem


@pytest.mark.parametrize("name", ["en/loose.md", "en/hydration/a/b.md", "en/hydration/note.txt"])
def test_a_stray_file_is_told(folder: Path, name: str) -> None:
    put(folder, name, GLASS)
    [fault] = faults_of(folder)
    assert fault.path == name
    assert fault.problem == "it is no tip and no card"


def link_file(folder: Path, outside: Path) -> None:
    (folder / "en/hydration/glass.md").unlink()
    (folder / "en/hydration/glass.md").symlink_to(put(outside, "secret.md", GLASS))


def link_folder(folder: Path, outside: Path) -> None:
    put(outside, "sleep/a.md", GLASS)
    (folder / "en/sleep").symlink_to(outside / "sleep")


def link_to_nothing(folder: Path, outside: Path) -> None:
    (folder / "en/hydration/a.md").symlink_to(outside / "gone")


def link_to_itself(folder: Path, _: Path) -> None:
    (folder / "en/hydration/a.md").symlink_to(folder / "en/hydration/a.md")


def pipe(folder: Path, _: Path) -> None:
    os.mkfifo(folder / "en/hydration/a.md")


@pytest.mark.parametrize("trap", [link_file, link_folder, link_to_nothing, link_to_itself, pipe])
def test_links_that_lead_out_and_special_files_are_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, trap: Callable[[Path, Path], None]
) -> None:
    trap(folder, tmp_path_factory.mktemp("outside"))
    assert [fault.field for fault in faults_of(folder)] == ["file"]


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    before = read_library(folder)
    (folder / "en/hydration/glass.md").rename(folder / "..data")
    (folder / "en/hydration/glass.md").symlink_to("../../..data")
    assert read_library(folder) == before


def test_more_files_than_any_library_has_are_refused_unread(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipbot.library.folder.MOST_FILES", 20)
    for number in range(20):
        put(folder, f"en/sleep/{number}.md", "no")
    assert "more than 20 files" in {fault.problem for fault in faults_of(folder)}
    assert not [fault for fault in faults_of(folder) if fault.path.endswith(".md")]


def test_a_folder_that_nobody_can_ask_about_is_a_fault(tmp_path: Path) -> None:
    faults = faults_of(tmp_path / ("a" * 5000))
    assert "it cannot be read (File name too long)" in [fault.problem for fault in faults]


def test_a_missing_folder_is_a_fault_and_not_an_empty_library(tmp_path: Path) -> None:
    assert {fault.path for fault in faults_of(tmp_path / "nowhere")} == {"en", "sources.yaml"}
    put(tmp_path, "sources.yaml", SOURCES)
    assert {fault.path for fault in faults_of(tmp_path)} == {"en"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("one.txt: [", "line"),
        ("- one.txt", "it names no documents"),
        ("one.txt: title", "this is no document"),
        ("one.txt: {sections: [Water]}", "it has no title"),
        ("one.txt: {title: 7, sections: [Water]}", "its title is not text"),
        ("one.txt: {title: One}", "it has no list of sections"),
        ("one.txt: {title: One, sections: [Water, 3]}", "a section is not text"),
        ("one.txt: {title: One, sections: [Water, Water]}", "a section stands twice"),
        ("one.txt: {title: One, sections: [Water], year: x}", "there is no field 'year'"),
    ],
)
def test_faulty_sources_are_told_once_and_not_for_each_tip(
    folder: Path, content: str, problem: str
) -> None:
    put(folder, "sources.yaml", content)
    [fault] = faults_of(folder)
    assert fault.path == "sources.yaml"
    assert problem in fault.problem


def test_an_export_reads_back_as_the_same_library(folder: Path, tmp_path: Path) -> None:
    library = read_library(folder)
    copy = tmp_path / "copy"
    written = write_library(library, copy)
    assert written.written == ("en/cards/tics.md", "en/hydration/glass.md", "sources.yaml")
    assert read_library(copy) == library
    assert (copy / "en/hydration/glass.md").read_text() == GLASS
    assert write_library(library, copy).written == ()


def test_an_export_touches_only_files_that_say_something_else(folder: Path) -> None:
    put(folder, "en/hydration/glass.md", GLASS.replace("[water, habit]", "\n  - water\n  - habit"))
    before = snapshot(folder)
    library = read_library(folder)
    assert write_library(library, folder).written == ()
    assert snapshot(folder) == before
    changed = replace(library, tips=(replace(library.tips[0], body="New."),))
    assert write_library(changed, folder).written == ("en/hydration/glass.md",)
    assert read_library(folder) == changed


def test_an_export_removes_files_of_retired_entries_and_no_others(folder: Path) -> None:
    library = read_library(folder)
    put(folder, "en/hydration/new.md", GLASS.replace("hydration-glass", "hydration-new"))
    retired = replace(library, cards=(), hidden=frozenset({TipId("card-tics")}))
    assert write_library(retired, folder).removed == ("en/cards/tics.md",)
    assert [tip.id for tip in read_library(folder).tips] == ["hydration-glass", "hydration-new"]


def test_a_faulty_library_is_not_written(folder: Path) -> None:
    before = snapshot(folder)
    library = read_library(folder)
    with pytest.raises(LibraryError, match="bold is not closed"):
        write_library(replace(library, tips=(replace(library.tips[0], body="**a"),)), folder)
    assert snapshot(folder) == before


def test_an_export_never_writes_through_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    library = read_library(folder)
    link_file(folder, outside)
    secret = (outside / "secret.md").read_bytes()
    changed = replace(library, tips=(replace(library.tips[0], body="New."),))
    write_library(changed, folder)
    assert (outside / "secret.md").read_bytes() == secret
    assert read_library(folder) == changed
    linked = folder / "linked"
    linked.mkdir()
    (linked / "en").symlink_to(outside)
    with pytest.raises(LibraryError, match="leads out"):
        write_library(library, linked)
    assert not (outside / "hydration").exists()


titles = (
    st.text(st.sampled_from("ab :#'\"-&*!?%@`{}[],>|é😀~1") | st.characters(codec="utf-8"))
    .map(lambda text: " ".join(text.split())[:30])
    .filter(lambda text: text and "**" not in text and "`" not in text)
    .filter(lambda text: not any(map(is_forbidden, text)))
)
bodies = (
    st.text(st.sampled_from("ab \n:#-'\"é😀") | st.characters(codec="utf-8"), max_size=80)
    .map(lambda text: escape(f"a {text}"))
    .filter(lambda body: body == body.strip() and visible_length(body) <= 280)
)
slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
tags = st.lists(
    slugs | st.sampled_from(["no", "on", "1e3", "null"]), min_size=1, max_size=5, unique=True
)
DOCUMENTS = (
    Document(name="one.txt", title="a: 'b'", sections=("Water", "no", "# x", "2026-01-01")),
)
citations = st.sampled_from([Citation("one.txt", one) for one in DOCUMENTS[0].sections])


@st.composite
def entries(draw: st.DrawFn) -> Tip | Card:
    slug = draw(slugs)
    common: dict[str, Any] = {
        "title": draw(titles),
        "body": draw(bodies),
        "tags": tuple(draw(tags)),
        "sources": tuple(draw(st.lists(citations, max_size=3, unique=True))),
        "claim": draw(st.sampled_from([Claim.PRACTICAL, Claim.GENERAL])),
        "reviewed": draw(st.dates(EARLIEST_REVIEW)),
    }
    topic = draw(st.sampled_from([None, *TIP_TOPICS]))
    if topic is None:
        return Card(id=TipId(f"card-{slug}"), shelf=draw(st.sampled_from(SHELVES)), **common)
    return Tip(id=TipId(f"{topic.replace('_', '-')}-{slug}"), topic=topic, **common)


@settings(deadline=None)
@given(st.lists(entries(), min_size=1, max_size=4, unique_by=lambda entry: entry.id))
def test_any_sound_library_survives_being_written_and_read(drawn: list[Tip | Card]) -> None:
    drawn.sort(key=lambda entry: entry.id)
    library = Library(
        documents=DOCUMENTS,
        tips=tuple(entry for entry in drawn if isinstance(entry, Tip)),
        cards=tuple(entry for entry in drawn if isinstance(entry, Card)),
    )
    files = write_files(library)
    assert read_files(files) == (library, [])
    assert write_files(read_files(files)[0]) == files
