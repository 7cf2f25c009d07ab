"""The library as a value: fields of a file, checks of the whole, three-way difference."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.library import (
    Change,
    ChangeKind,
    Entry,
    Fault,
    Library,
    LibraryError,
    check_library,
    difference,
    entry_from,
    home,
    merge,
)
from tipbot.core.model import Card, Citation, Claim, Document, Tip, TipId, Topic

SOURCE = Citation("one.txt", "Water")
DOCUMENT = Document(name="one.txt", title="One", sections=("Water", "Sleep"))
PATH = "en/hydration/glass.md"


def tip_fields(**changed: object) -> dict[str, object]:
    return {
        "id": "hydration-glass",
        "title": "A glass in sight",
        "topic": "hydration",
        "tags": ["water", "habit"],
        "sources": [{"document": "one.txt", "section": "Water"}],
        "claim": "practical",
        "reviewed": date(2026, 11, 21),
    } | changed


def a_tip(name: str = "glass", body: str = "Put a glass in sight.", **changed: object) -> Tip:
    entry = entry_from(tip_fields(id=f"hydration-{name}"), body, f"en/hydration/{name}.md")
    assert isinstance(entry, Tip)
    return replace(entry, **changed)  # type: ignore[arg-type] # the tests name real fields


def faults_of(fields: dict[str, object], body: str = "Drink.", path: str = PATH) -> list[Fault]:
    with pytest.raises(LibraryError) as refused:
        entry_from(fields, body, path)
    return list(refused.value.faults)


def test_a_file_with_every_field_becomes_a_tip() -> None:
    assert entry_from(tip_fields(), "Put a **glass** in sight.\r\n", PATH) == Tip(
        id=TipId("hydration-glass"),
        title="A glass in sight",
        body="Put a **glass** in sight.",
        topic=Topic.HYDRATION,
        tags=("water", "habit"),
        sources=(SOURCE,),
        claim=Claim.PRACTICAL,
        reviewed=date(2026, 11, 21),
    )


def test_a_file_among_the_cards_becomes_a_card() -> None:
    fields = tip_fields(id="card-tics", shelf="types")
    del fields["topic"]
    card = entry_from(fields, "Tics are sudden.", "en/cards/tics.md")
    assert isinstance(card, Card)
    assert card.shelf == "types"
    assert home(card) == "en/cards/tics.md"


def test_a_topic_of_two_words_has_a_folder_with_a_hyphen() -> None:
    fields = tip_fields(id="screen-break-look-up", topic="screen_break")
    tip = entry_from(fields, "Look up.", "en/screen-break/look-up.md")
    assert home(tip, "de") == "de/screen-break/look-up.md"


def test_a_tip_of_an_editor_needs_no_document_unless_it_is_medical() -> None:
    assert entry_from(tip_fields(sources="editor"), "Drink.", PATH).sources == ()
    [fault] = faults_of(tip_fields(sources="editor", claim="medical"))
    assert fault.field == "sources"


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"id": None}, "id", "it is missing"),
        ({"id": 7}, "id", "7 is not text"),
        ({"id": "Hydration Glass"}, "id", "is no id"),
        ({"id": "hydration-" + "a" * 60}, "id", "is no id"),
        ({"id": "../hydration"}, "id", "is no id"),
        ({"id": "sleep-glass"}, "id", "does not begin with 'hydration-'"),
        ({"id": "hydration-cup"}, "id", "belongs into another file"),
        ({"topic": "sleep", "id": "sleep-glass"}, "id", "belongs into another file"),
        ({"title": ""}, "title", "it is missing"),
        ({"title": True}, "title", "True is not text"),
        ({"title": "a" * 61}, "title", "61 characters"),
        ({"title": "two\nlines"}, "title", "line breaks"),
        ({"title": "**bold**"}, "title", "plain text"),
        ({"topic": "water"}, "topic", "'water' is not one of them"),
        ({"topic": "check_in"}, "topic", "'check_in' is not one of them"),
        ({"shelf": "types"}, "shelf", "a tip belongs to a topic"),
        ({"tags": "water"}, "tags", "no list of words"),
        ({"tags": [False]}, "tags", "no list of words"),
        ({"tags": []}, "tags", "0 tags"),
        ({"tags": ["a", "b", "c", "d", "e", "f"]}, "tags", "6 tags"),
        ({"tags": ["a", "a"]}, "tags", "one of them twice"),
        ({"tags": ["Much Water"]}, "tags", "is no tag"),
        ({"sources": []}, "sources", "no list of sources"),
        ({"sources": ["one.txt"]}, "sources", "is not a source"),
        ({"sources": [{"document": "one.txt", "section": 3}]}, "sources", "is not a source"),
        ({"sources": [{"document": "a", "section": "b"}] * 2}, "sources", "listed twice"),
        ({"claim": "true"}, "claim", "not one of them"),
        ({"reviewed": "yesterday"}, "reviewed", "is not a date"),
        ({"reviewed": datetime(2026, 1, 1, tzinfo=UTC)}, "reviewed", "is not a date"),
        ({"topics": "hydration"}, "topics", "there is no such field"),
    ],
)
def test_a_wrong_field_is_named_with_its_mend(
    changed: dict[str, object], field: str, problem: str
) -> None:
    [fault] = faults_of(tip_fields(**changed))
    assert (fault.path, fault.field) == (PATH, field)
    assert problem in fault.problem
    assert fault.mend
    assert str(fault) == f"{PATH}: {field}: {fault.problem}; {fault.mend}"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "there is no text"),
        ("\u200b", "there is no text"),
        ("**open", "line 1 cannot be shown"),
        ("a " * 141, "281 characters"),
        ("😀" * 139 + "abc", "281 characters"),
    ],
)
def test_a_body_that_cannot_be_sent_is_refused(body: str, problem: str) -> None:
    [fault] = faults_of(tip_fields(), body)
    assert fault.field == "body"
    assert problem in fault.problem


def test_a_body_is_measured_as_it_is_shown() -> None:
    assert entry_from(tip_fields(), "**" + "a" * 280 + "**", PATH).body.startswith("**")
    [fault] = faults_of(tip_fields(), "a" * 281)
    assert fault.problem == "281 characters as shown"


def test_all_faults_of_a_file_are_told_at_once() -> None:
    faults = faults_of({"id": "hydration-glass", "colour": "red"}, body="# no")
    assert [fault.field for fault in faults] == [
        "title", "tags", "sources", "claim", "reviewed", "colour", "topic", "body",
    ]  # fmt: skip


def test_a_card_may_not_name_a_topic() -> None:
    faults = faults_of(tip_fields(id="card-glass"), path="en/cards/glass.md")
    assert [fault.field for fault in faults] == ["topic", "shelf"]


def test_a_sound_library_has_no_faults() -> None:
    assert check_library(Library(documents=(DOCUMENT,), tips=(a_tip(),))) == []


def test_a_citation_that_leads_nowhere_is_told_with_the_nearest_name() -> None:
    tips = (
        a_tip("a", sources=(Citation("one.text", "Water"),)),
        a_tip("b", sources=(Citation("one.txt", "Waters"),)),
        a_tip("c", sources=(Citation("other", "x"),)),
    )
    faults = check_library(Library(documents=(DOCUMENT,), tips=tips))
    assert [(fault.path, fault.mend) for fault in faults] == [
        ("en/hydration/a.md", "did you mean 'one.txt'?"),
        ("en/hydration/b.md", "did you mean 'Water'?"),
        ("en/hydration/c.md", "name one that sources.yaml lists"),
    ]


def test_an_id_that_stands_twice_is_told_for_both() -> None:
    faults = check_library(Library(documents=(DOCUMENT,), tips=(a_tip(), a_tip())))
    assert [fault.field for fault in faults] == ["id", "id"]


def test_entries_from_the_database_are_checked_like_files() -> None:
    tips = (replace(a_tip("a"), body="**open"), a_tip("b", title="x" * 61), a_tip("c", tags=()))
    faults = check_library(Library(documents=(DOCUMENT,), tips=tips))
    assert [fault.field for fault in faults] == ["body", "title", "tags"]


OLD, NEW, OTHER = (a_tip(body=body) for body in ("Old.", "New.", "Other."))


@pytest.mark.parametrize(
    ("file", "live", "base", "kind"),
    [
        (OLD, OLD, OLD, None),
        (NEW, NEW, OLD, None),
        (NEW, NEW, None, None),
        (None, None, OLD, None),
        (NEW, None, None, ChangeKind.ADD),
        (NEW, OLD, OLD, ChangeKind.TAKE),
        (None, OLD, OLD, ChangeKind.RETIRE),
        (OLD, NEW, OLD, ChangeKind.KEEP),
        (None, NEW, None, ChangeKind.KEEP),
        (OLD, None, OLD, ChangeKind.KEEP),
        (NEW, OTHER, OLD, ChangeKind.CONFLICT),
        (NEW, OTHER, None, ChangeKind.CONFLICT),
        (None, NEW, OLD, ChangeKind.CONFLICT),
        (NEW, None, OLD, ChangeKind.CONFLICT),
    ],
)
def test_three_way_difference(
    file: Tip | None, live: Tip | None, base: Tip | None, kind: ChangeKind | None
) -> None:
    sides = [Library(tips=(side,) if side else ()) for side in (file, live, base)]
    expected = [Change(OLD.id, kind, file, live)] if kind else []
    assert difference(*sides) == expected


def test_a_revision_is_no_difference() -> None:
    live = Library(tips=(replace(OLD, revision=7),))
    assert difference(Library(tips=(OLD,)), live, Library()) == []


def test_a_merge_takes_files_where_only_they_changed_and_keeps_live_text_elsewhere() -> None:
    files = Library(
        documents=(DOCUMENT,), tips=(a_tip("a", "New."), a_tip("b", "New."), a_tip("d"))
    )
    live = Library(tips=(a_tip("a", "Old."), a_tip("b", "Mine."), a_tip("c", "Old.")))
    base = Library(tips=(a_tip("a", "Old."), a_tip("b", "Old."), a_tip("c", "Old.")))
    merged = merge(files, live, base)
    assert [(tip.id, tip.body) for tip in merged.tips] == [
        ("hydration-a", "New."),
        ("hydration-b", "Mine."),
        ("hydration-d", "Put a glass in sight."),
    ]
    chosen = merge(files, live, base, prefer_files={TipId("hydration-b")})
    assert chosen.tips[1].body == "New."
    assert merged.documents == (DOCUMENT,)


def test_a_document_that_a_kept_text_cites_stays() -> None:
    old = Document(name="old.txt", title="Old", sections=("Water",))
    live = Library(documents=(old,), tips=(a_tip("a", sources=(Citation("old.txt", "Water"),)),))
    assert merge(Library(documents=(DOCUMENT,)), live, Library()).documents == (old, DOCUMENT)


names = st.sampled_from(["a", "b", "c", "d"])
libraries = st.dictionaries(names, st.sampled_from(["One.", "Two.", "Three."])).map(
    lambda bodies: Library(tips=tuple(a_tip(name, bodies[name]) for name in sorted(bodies)))
)


@given(libraries, libraries, libraries)
def test_a_merge_that_prefers_files_everywhere_leaves_only_what_to_keep(
    files: Library, live: Library, base: Library
) -> None:
    merged = merge(files, live, base, [tip.id for tip in (*files.tips, *live.tips)])
    again = difference(files, merged, base)
    assert {change.kind for change in again} <= {ChangeKind.KEEP}
    assert difference(files, merge(files, live, live), live) == []


@given(libraries, libraries, libraries)
def test_a_merge_never_loses_what_only_an_editor_changed(
    files: Library, live: Library, base: Library
) -> None:
    def body(library: Library, which: TipId) -> str | None:
        found: dict[TipId, Entry] = {entry.id: entry for entry in library.entries}
        return found[which].body if which in found else None

    merged = merge(files, live, base)
    for tip in (*files.tips, *live.tips, *base.tips):
        old, mine, filed = (body(side, tip.id) for side in (base, live, files))
        if mine != old:
            assert body(merged, tip.id) == mine
        else:
            assert body(merged, tip.id) == filed
