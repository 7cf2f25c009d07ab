"""The library as a zip: out and in again, and everything hostile refused by name."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.test_check import a_card, a_tip
from tipbot.core.library import Library
from tipbot.core.model import Citation, Document, TipId
from tipbot.library.archive import (
    LARGEST_ARCHIVE,
    MOST_ENTRIES,
    REVISIONS,
    pack_library,
    read_archive,
)
from tipbot.library.files import read_library

ROOT = Path(__file__).parents[2]
DOCUMENT = Document(name="a.txt", title="An article", sections=("Water",))
TIP = replace(a_tip("Put a glass where you see it."), sources=(Citation("a.txt", "Water"),))
LIBRARY = Library(documents=(DOCUMENT,), tips=(replace(TIP, revision=3),), cards=(a_card("Rest."),))
PATH = "en/hydration/a.md"

Entry = tuple[str | zipfile.ZipInfo, bytes]


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(*more: Entry, without: tuple[str, ...] = (), folder: str = "") -> bytes:
    """Return the small library's archive with more in it, or less."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(pack_library(LIBRARY)).items():
            if name not in without:
                archive.writestr(folder + name, content)
        for entry, content in more:
            archive.writestr(entry, content)
    return data.getvalue()


def named(name: str, **changed: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x", (2026, 1, 1, 0, 0, 0))
    entry.filename = name
    for attribute, value in changed.items():
        setattr(entry, attribute, value)
    return entry


def fault_of(data: bytes) -> tuple[str, str]:
    """Return the file and the problem of the only fault; nothing of the rest is taken."""
    parcel = read_archive(data)
    assert parcel.library == Library()
    [fault] = parcel.faults
    assert fault.mend
    return fault.path, fault.problem


def test_a_library_comes_back_as_it_was_packed_with_its_revisions() -> None:
    parcel = read_archive(pack_library(LIBRARY))
    assert parcel.faults == ()
    assert parcel.library == replace(LIBRARY, tips=(TIP,))
    assert parcel.seen == {TipId("hydration-a"): 3, TipId("card-a"): 1}


def test_the_same_library_packs_into_the_same_bytes() -> None:
    assert pack_library(LIBRARY) == pack_library(LIBRARY)


def test_the_library_that_comes_along_is_packed_and_read_whole() -> None:
    library = read_library(ROOT / "tips")
    assert read_archive(pack_library(library)).library == library


def test_a_changed_file_is_read_as_changed() -> None:
    text = files_of(pack_library(LIBRARY))[PATH].replace(b"glass", b"cup")
    parcel = read_archive(packed((PATH, text), without=(PATH,)))
    assert parcel.faults == ()
    assert parcel.library.tips[0].body == "Put a cup where you see it."


def test_a_folder_around_everything_and_what_systems_add_is_passed_over() -> None:
    clutter = (
        ("tips/.DS_Store", b"\0"),
        ("__MACOSX/tips/._sources.yaml", b"\0"),
        ("tips/en/Thumbs.db", b"\0"),
    )
    around = read_archive(packed(*clutter[:1], *clutter[2:], folder="tips/"))
    assert around.faults == ()
    assert around.library.tips == (TIP,)
    assert read_archive(packed(*clutter)).faults == ()


def test_an_archive_without_revisions_says_so() -> None:
    parcel = read_archive(packed(without=(REVISIONS,)))
    assert (parcel.seen, parcel.faults) == (None, ())


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../../etc/cron.d/tip.md", "leads out"),
        ("en/../../x.md", "leads out"),
        ("en//x.md", "leads out"),
        ("./en/x.md", "leads out"),
        ("/etc/passwd", "no path inside"),
        ("C:/tips/x.md", "no path inside"),
        ("..\\..\\x.md", "no path inside"),
        ("en/hydration/\u202egnp.md", "cannot be shown"),
        ("en/hydration/a\x00.md", "cannot be shown"),
        ("en/" + "x" * 300, "too long"),
        ("evil.exe", "no part of the library"),
        ("de/hydration/a.md", "no part of the library"),
        ("hydration/b.md", "no part of the library"),
    ],
)
def test_a_file_in_a_wrong_place_is_refused_by_name(name: str, problem: str) -> None:
    parcel = read_archive(packed((named(name, flag_bits=0x800), b"---\n")))
    [fault] = parcel.faults
    assert problem in fault.problem
    assert fault.path.startswith(name[:8].partition("\u202e")[0])


def test_a_link_is_refused() -> None:
    link = named(PATH.replace("a.md", "b.md"), external_attr=(stat.S_IFLNK | 0o777) << 16)
    link.create_system = 3
    assert fault_of(packed((link, b"/etc/passwd"))) == (
        "en/hydration/b.md",
        "it is a link or another special file",
    )


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_common_packing_is_read(kind: int) -> None:
    path, problem = fault_of(packed((named("en/b.md", compress_type=kind), b"x")))
    assert (path, problem) == ("en/b.md", "it is packed in a way that I do not read")


def test_a_name_that_stands_twice_is_refused_whatever_its_case() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed((PATH, b"other"))
    assert fault_of(twice) == (PATH, "it stands twice")
    assert fault_of(packed((PATH.upper(), b"other"))) == (PATH.upper(), "it stands twice")


def patched(data: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """Return an archive with the directory entry of its first file changed past all checks."""
    raw = bytearray(data)
    change(raw, raw.index(b"PK\x01\x02"))
    return bytes(raw)


def test_an_encrypted_file_is_refused() -> None:
    def encrypt(raw: bytearray, entry: int) -> None:
        raw[entry + 8] |= 1

    assert fault_of(patched(packed(), encrypt)) == ("en/cards/a.md", "it is encrypted")


def test_a_name_that_is_not_utf8_is_refused() -> None:
    def rename(raw: bytearray, entry: int) -> None:
        raw[entry + 46] = 0xE9

    def rename_flagged(raw: bytearray, entry: int) -> None:
        rename(raw, entry)
        raw[entry + 9] |= 0x08

    assert fault_of(patched(packed(), rename))[1] == "its name is not UTF-8"
    assert "not UTF-8" in fault_of(patched(packed(), rename_flagged))[1]


def test_a_bomb_is_refused_by_what_its_header_says() -> None:
    bomb = packed(("en/hydration/b.md", b"a" * 50_000_000))
    assert len(bomb) < LARGEST_ARCHIVE
    assert fault_of(bomb) == ("en/hydration/b.md", "it is larger than 64 kB")


def test_a_bomb_whose_header_lies_is_read_no_further_than_it_says() -> None:
    def lie(raw: bytearray, entry: int) -> None:
        raw[entry + 24 : entry + 28] = struct.pack("<I", 100)

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("en/cards/a.md", b"a" * 50_000_000)
    path, problem = fault_of(patched(data.getvalue(), lie))
    assert (path, problem) == ("en/cards/a.md", "it is damaged, or not what its header says")


def test_many_files_that_are_each_just_small_enough_are_refused() -> None:
    many = [(f"en/hydration/f{n}.md", b"a" * 65_000) for n in range(40)]
    assert fault_of(packed(*many)) == ("archive", "it unpacks to more than 1 MB")


def test_a_thousand_tips_are_refused() -> None:
    text = files_of(pack_library(LIBRARY))[PATH]
    many = [(f"en/hydration/f{n}.md", text) for n in range(1000)]
    assert fault_of(packed(*many)) == ("archive", f"it holds {1000 + 4:,} files")
    assert MOST_ENTRIES < 1000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no zip file"),
        (b"hello", "no zip file"),
        (b"PK\x05\x06" + b"\0" * 18, "is missing"),
        (packed()[:-30], "no zip file"),
        (packed()[:200] + b"\xff" * 40 + packed()[240:], "damaged"),
        (b"\0" * (LARGEST_ARCHIVE + 1), "it has 2.0 MB"),
        (b"\0" * 50_000_000, "it has 47.7 MB"),
    ],
    ids=["nothing", "text", "empty", "cut off", "broken", "large", "50 MB"],
)
def test_what_is_no_archive_is_refused(data: bytes, problem: str) -> None:
    parcel = read_archive(data)
    assert parcel.library == Library()
    assert any(problem in fault.problem for fault in parcel.faults)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"id: hydration-a", b"id: !!python/object/apply:os.system [id]", "tags (!)"),
        (b"id: hydration-a", b"id: &a [*a]", "anchors"),
        (b"tags: [water]", b"tags: [[[[[[[[[[[[[[]]]]]]]]]]]]]]", "nested too deeply"),
        (b"tags: [water]", b"tags: [water", "expected"),
        (b"---\nid", b"id", "no front matter"),
        (b"claim: practical", b"claim: sure", "is not one of them"),
        (b"glass", b"cure", "promises too much"),
        (b"section: Water", b"section: Wine", "has no section"),
        (b"glass", b"gl\xffss", "not UTF-8"),
        (b"Put a", b"Put\0a", "cannot be shown"),
        (b"Put a", "Put \u202ea".encode(), "cannot be shown"),
        (b"2026-11-21", b"0001-01-01", "0001-01-01 is before 2000"),
        (b"tags: [water]", b"tags: [%s]" % (b"w" * 41), "is no tag"),
    ],
)
def test_a_file_is_held_to_all_that_the_check_of_a_folder_holds_it_to(
    old: bytes, new: bytes, problem: str
) -> None:
    text = files_of(pack_library(LIBRARY))[PATH]
    assert old in text
    parcel = read_archive(packed((PATH, text.replace(old, new)), without=(PATH,)))
    [fault] = parcel.faults
    assert fault.path == PATH
    assert problem in fault.problem


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("name", [PATH, "sources.yaml"])
def test_a_file_in_another_encoding_is_refused_by_name(name: str, encoding: str) -> None:
    text = files_of(pack_library(LIBRARY))[name].decode().encode(encoding)
    path, problem = fault_of_file(packed((name, text), without=(name,)))
    assert (path, "is not UTF-8" in problem) == (name, True)


def fault_of_file(data: bytes) -> tuple[str, str]:
    """Return the file and the problem of the only fault; the rest was read."""
    [fault] = read_archive(data).faults
    return fault.path, fault.problem


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    files = files_of(pack_library(LIBRARY))
    windows = [
        (name, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
        for name, content in files.items()
        if name != REVISIONS
    ]
    parcel = read_archive(packed(*windows, without=tuple(name for name, _ in windows)))
    assert (parcel.faults, parcel.library.tips) == ((), (TIP,))


@pytest.mark.parametrize(
    ("title", "problem"),
    [(b"X" * 5000, "5000 characters"), (b'"a\\nb"', "line breaks"), (b"5", "is not text")],
)
def test_a_documents_title_is_held_to_one_short_line(title: bytes, problem: str) -> None:
    text = files_of(pack_library(LIBRARY))["sources.yaml"].replace(b"An article", title)
    path, found = fault_of_file(packed(("sources.yaml", text), without=("sources.yaml",)))
    assert (path, problem in found) == ("sources.yaml", True)


@pytest.mark.parametrize(
    "content", [b"no", b"[1]", b'{"a": "b"}', b'{"a": true}', b'{"a": 0}', b"[" * 100_000, b"\xff"]
)
def test_a_broken_list_of_revisions_is_refused(content: bytes) -> None:
    parcel = read_archive(packed((REVISIONS, content), without=(REVISIONS,)))
    [fault] = parcel.faults
    assert (fault.path, fault.problem) == (REVISIONS, "it is no list of revisions")


def test_without_its_sources_an_archive_is_refused() -> None:
    [fault] = read_archive(packed(without=("sources.yaml",))).faults
    assert (fault.path, fault.problem) == ("sources.yaml", "it is missing")
