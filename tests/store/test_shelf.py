"""Browsing, searching and one tip's page, on both databases."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.desk import EDDA, Desk, by
from tests.store.house import ALICE, BOB, HOUR, LIBRARY, START, House, card, new_delivery, plan, tip
from tests.store.test_query_plans import blanks
from tests.store.whole import connected
from tests.store.wired import plan_of, wired
from tipbot.core.changes import edit, publish, retire
from tipbot.core.library import Library
from tipbot.core.model import Citation, Reaction, Topic
from tipbot.core.paging import Page
from tipbot.core.revisions import TipState
from tipbot.core.shelf import TipFigures, TipLine
from tipbot.store import shelf
from tipbot.store.connect import connect
from tipbot.store.database import Dialect, expand

HOSTILE = [
    '"', "'", '""', "glass OR sip", "glass AND NOT sip", "NEAR(glass sip)", "title_words:glass",
    "{title_words}: x", "gla*", "^glass", "-glass", "glass & !sip", "glass | sip", "'glass':*",
    "(glass", "glass)", "\\", "%", "_", ":title_words", "glass'; DROP TABLE tips; --", "\0",
    "\ud800", "a" * 5000, "glass " * 500, "🫗", "tip_words", "<->", "glass <-> sip", "*",
    "NOT", "AND", "OR",
]  # fmt: skip


def titles(page: Page[TipLine]) -> list[str]:
    return [line.title for line in page.items]


async def find(desk: Desk, text: str) -> list[str]:
    return titles(await desk.house.store.search_tips(text))


async def test_without_a_word_everything_is_browsed_by_title(desk: Desk) -> None:
    page = await desk.house.store.search_tips()
    assert titles(page) == ["A card", "Doze", "Glass", "Sip"]
    assert (page.number, page.total, page.pages) == (0, 4, 1)
    assert page.items[3] == TipLine(
        number=await desk.number("sip"),
        id=LIBRARY.tips[0].id,
        title="Sip",
        shelf="hydration",
        is_card=False,
        state=TipState.PUBLISHED,
        revision=1,
    )
    assert page.items[0].is_card


async def test_a_tip_is_found_by_its_title_text_tags_and_id_begun_words_included(
    desk: Desk,
) -> None:
    seen = await desk.seen("glass")
    await desk.saved(edit(seen, title="Café au lait", body="A **steaming** mug.", tags=("cosy",)))
    for text in ("cafe", "CAFÉ", "steam", "steaming mug", "mug steaming", "cosy", "glass"):
        assert await find(desk, text) == ["Café au lait"], text
    assert await find(desk, "mug water") == []
    assert await find(desk, "team") == []


async def test_those_with_the_words_in_their_title_come_first(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen("sip"), title="Zebra", body="Water."))
    await desk.saved(edit(await desk.seen("doze"), title="Antelope", body="Like a zebra."))
    assert await find(desk, "zebra") == ["Zebra", "Antelope"]


async def test_the_words_of_a_text_that_is_gone_find_nothing(desk: Desk) -> None:
    assert await find(desk, "little") == ["Doze", "Glass", "Sip"]
    await desk.saved(edit(await desk.seen("sip"), body="Plenty."))
    assert await find(desk, "little") == ["Doze", "Glass"]
    assert await find(desk, "plenty") == ["Sip"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_syntax_of_a_database_is_plain_text(desk: Desk, text: str) -> None:
    page = await desk.house.store.search_tips(text)
    assert page.total == len(page.items) <= 4
    assert len((await desk.house.store.search_tips()).items) == 4


async def test_words_that_are_operators_elsewhere_are_words_here(desk: Desk) -> None:
    await desk.saved(edit(await desk.seen("sip"), body="This or that and not near."))
    assert await find(desk, "or") == ["Sip"]
    assert await find(desk, "NOT near") == ["Sip"]
    assert await find(desk, "sip OR glass") == []


async def test_topic_and_state_narrow_a_search_and_a_browse(desk: Desk) -> None:
    store = desk.house.store
    await desk.saved(retire(await desk.seen("glass")))
    await desk.drafted(tip("hydration-new"))
    assert titles(await store.search_tips(shelf=Topic.HYDRATION)) == [
        "Glass", "Hydration-New", "Sip",
    ]  # fmt: skip
    assert titles(await store.search_tips(shelf="signs")) == ["A card"]
    assert titles(await store.search_tips(state=TipState.RETIRED)) == ["Glass"]
    assert titles(await store.search_tips(state=TipState.DRAFT)) == ["Hydration-New"]
    found = await store.search_tips("little", shelf=Topic.HYDRATION, state=TipState.PUBLISHED)
    assert titles(found) == ["Sip"]
    assert titles(await store.search_tips("little", shelf="nowhere")) == []
    assert titles(await store.search_tips(shelf=Topic.MOVEMENT)) == []


async def test_lists_come_in_pages_of_eight_and_never_past_the_last(house: House) -> None:
    many = [replace(tip(f"n{n:02}"), body="Some water.") for n in range(19)]
    await house.store.sync_library(Library(tips=tuple(many)), START)
    for text in ("", "water"):
        pages = [await house.store.search_tips(text, page=page) for page in (0, 1, 2, 99, -4)]
        assert [len(page.items) for page in pages] == [8, 8, 3, 3, 8]
        assert [page.number for page in pages] == [0, 1, 2, 2, 0]
        assert {page.total for page in pages} == {19}
        in_order = [title for page in pages[:3] for title in titles(page)]
        assert in_order == sorted(in_order)


async def test_a_line_shows_what_waits(desk: Desk) -> None:
    await desk.proposed(edit(await desk.seen("sip"), body="Two."))
    lines = {line.title: line for line in (await desk.house.store.search_tips()).items}
    assert lines["Sip"].waiting
    assert not lines["Glass"].waiting


async def test_a_page_tells_what_became_of_a_tips_deliveries(desk: Desk) -> None:
    house, number = desk.house, await desk.number("sip")
    for person in (ALICE, BOB):
        (mine,) = await house.enrol(person, plan())
        for day in range(2):
            new = replace(new_delivery(mine, day=day), tip_number=number)
            sent = await house.sent(new)
            if (person, day) == (ALICE, 0):
                await house.store.react(sent, person.id, Reaction.HELPFUL, START)
                await house.store.react(sent, person.id, Reaction.DONE, START)
            if (person, day) == (BOB, 0):
                await house.store.react(sent, person.id, Reaction.NOT_HELPFUL, START)
                await house.store.react(sent, person.id, Reaction.SNOOZED, START)
        await house.store.add_delivery(
            replace(new_delivery(mine, day=9, due=START + 9 * HOUR), tip_number=number)
        )
    page = await desk.page("sip")
    assert page.figures == TipFigures(
        sent=4, skipped=2, done=1, helpful=1, not_helpful=1, snoozed=1
    )
    assert (await desk.page("glass")).figures == TipFigures()
    assert page.versions == 1


async def test_tips_from_before_there_was_a_search_are_found_after_a_sync(
    desk: Desk, url: str
) -> None:
    blank = "UPDATE tips SET title = '', title_words = '', words = ''"
    with connected(url) as db:
        db.execute(blank)
        if url.startswith("sqlite"):
            db.execute("INSERT INTO tip_words (tip_words) VALUES ('rebuild')")
    assert await find(desk, "sip") == []
    await desk.house.stock()
    assert await find(desk, "sip") == ["Sip"]
    assert len(await find(desk, "")) == 4


async def test_sqlites_index_agrees_with_its_table(desk: Desk, sqlite_path: Path, url: str) -> None:
    await desk.saved(edit(await desk.seen("sip"), body="Plenty."))
    draft = await desk.drafted(replace(tip("hydration-new"), sources=(Citation("a.txt", "Sleep"),)))
    await desk.saved(publish(draft))
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(sqlite_path)) as db, db:
            db.execute("INSERT INTO tip_words (tip_words, rank) VALUES ('integrity-check', 1)")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40))
async def test_no_query_breaks_anything(desk: Desk, text: str) -> None:
    page = await desk.house.store.search_tips(text)
    assert page.total >= len(page.items)


async def test_a_search_uses_its_index(sqlite_path: Path, postgres_url: str) -> None:
    for url in (f"sqlite:///{sqlite_path}", postgres_url):
        store = connect(url)
        await store.open()
        await store.close()
    with closing(sqlite3.connect(sqlite_path)) as file:
        for sql in (shelf.FIND[Dialect.SQLITE], shelf.COUNT_FOUND[Dialect.SQLITE], shelf.BROWSE):
            text, params = expand(sql, blanks(sql))
            steps = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {text}", params)]
            assert [step for step in steps if "SCAN t" in step and "tip_words" not in step] == []
            assert any("tips_browse" in s or "PRIMARY KEY" in s for s in steps), steps
    with wired(postgres_url) as wire:
        wire.ask("SET enable_seqscan = off")
        sql = f"SELECT number FROM tips t WHERE {shelf._HOLDS[Dialect.POSTGRES]}"  # noqa: S608 - our own
        assert "tips_words" in plan_of(wire, sql, {"all_words": "'x':*"})


async def test_the_planner_takes_no_draft(desk: Desk) -> None:
    await desk.drafted(tip("hydration-new"))
    assert [each.id for each in await desk.house.store.tips(Topic.HYDRATION)] == ["glass", "sip"]
    await desk.house.store.add_tip(card("card-new"), by(EDDA))
    assert len(await desk.house.store.cards()) == 1
