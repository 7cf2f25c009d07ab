from dataclasses import replace

import pytest

from tests.store.house import LIBRARY, START, House, card, new_delivery
from tipbot.core.library import Library, Synced
from tipbot.core.model import Document, Tip, TipId, Topic

SIP, GLASS, DOZE = LIBRARY.tips


async def test_a_first_sync_adds_everything_and_a_second_one_nothing(house: House) -> None:
    first = await house.store.sync_library(LIBRARY, START)
    assert first == Synced(added=(TipId("doze"), TipId("glass"), TipId("red-flags"), TipId("sip")))
    for _ in range(2):
        assert await house.store.sync_library(LIBRARY, START) == Synced()

    assert await house.store.tip(SIP.id) == SIP
    assert await house.store.tips(Topic.HYDRATION) == [GLASS, SIP]
    assert await house.store.tips(Topic.MOVEMENT) == []
    assert await house.store.cards() == list(LIBRARY.cards)
    assert await house.store.card(LIBRARY.cards[0].id) == LIBRARY.cards[0]
    assert await house.store.documents() == {"a.txt": LIBRARY.documents[0]}


async def test_an_empty_library_is_in_step_with_an_empty_database(house: House) -> None:
    assert await house.store.sync_library(Library(), START) == Synced()
    assert await house.store.documents() == {}
    assert await house.store.cards() == []


async def test_a_tip_is_no_card_and_a_card_no_tip(house: House) -> None:
    await house.stock()
    assert await house.store.card(SIP.id) is None
    assert await house.store.tip(LIBRARY.cards[0].id) is None
    assert await house.store.tip(TipId("never heard of")) is None


async def test_a_change_makes_a_revision_and_keeps_the_old_one(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    for number, body in enumerate(("Two.", "Three."), start=2):
        changed = replace(LIBRARY, tips=(replace(SIP, body=body), GLASS, DOZE))
        assert await house.store.sync_library(changed, START) == Synced(changed=(SIP.id,))
        current = await house.store.tip(SIP.id)
        assert current == replace(SIP, body=body, revision=number)
    (delivery,) = await house.begin()
    assert delivery.tip == SIP


@pytest.mark.parametrize(
    "changed",
    [
        replace(SIP, title="Sip!"),
        replace(SIP, topic=Topic.SLEEP),
        replace(SIP, tags=("day", "water")),
        replace(SIP, sources=()),
        replace(SIP, claim=LIBRARY.cards[0].claim),
        replace(SIP, reviewed=START.date().replace(year=2027)),
    ],
    ids=["title", "topic", "tags", "sources", "claim", "reviewed"],
)
async def test_every_field_counts_as_a_change(house: House, changed: Tip) -> None:
    await house.stock()
    library = replace(LIBRARY, tips=(changed, GLASS, DOZE))
    assert await house.store.sync_library(library, START) == Synced(changed=(SIP.id,))
    assert await house.store.tip(SIP.id) == replace(changed, revision=2)


async def test_what_is_gone_is_retired_and_comes_back_under_its_number(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    fewer = replace(LIBRARY, tips=(GLASS,), cards=())
    gone = (DOZE.id, LIBRARY.cards[0].id, SIP.id)
    assert await house.store.sync_library(fewer, START) == Synced(retired=gone)
    assert await house.store.tip(SIP.id) is None
    assert await house.store.tips(Topic.HYDRATION) == [GLASS]
    assert await house.store.cards() == []
    (delivery,) = await house.begin()
    assert delivery.tip == SIP

    assert await house.store.sync_library(LIBRARY, START) == Synced(added=gone)
    assert await house.store.tip(SIP.id) == replace(SIP, revision=3)
    assert await house.store.add_delivery(new_delivery(mine, day=1))


async def test_a_tip_that_comes_back_changed_gets_a_revision(house: House) -> None:
    await house.stock()
    await house.store.sync_library(Library(), START)
    back = replace(LIBRARY, tips=(replace(SIP, body="Back."), GLASS, DOZE))
    await house.store.sync_library(back, START)
    assert await house.store.tip(SIP.id) == replace(SIP, body="Back.", revision=3)
    assert await house.store.tip(GLASS.id) == replace(GLASS, revision=3)


async def test_an_id_may_move_from_tip_to_card(house: House) -> None:
    await house.stock()
    moved = replace(LIBRARY, tips=(GLASS, DOZE), cards=(*LIBRARY.cards, card("sip")))
    assert await house.store.sync_library(moved, START) == Synced(changed=(SIP.id,))
    assert await house.store.tip(SIP.id) is None
    assert await house.store.card(SIP.id) == replace(card("sip"), revision=2)


async def test_an_id_that_stands_twice_is_refused_and_changes_nothing(house: House) -> None:
    await house.stock()
    twice = replace(LIBRARY, cards=(card("sip"),))
    with pytest.raises(ValueError, match="share the id sip"):
        await house.store.sync_library(twice, START)
    assert await house.store.sync_library(LIBRARY, START) == Synced()


async def test_cards_stand_by_shelf_then_title(house: House) -> None:
    cards = (card("a", "b-shelf", "A"), card("b", "a-shelf", "Z"), card("c", "a-shelf", "B"))
    await house.store.sync_library(Library(cards=cards), START)
    assert [each.id for each in await house.store.cards()] == ["c", "b", "a"]


async def test_documents_follow_the_library(house: House) -> None:
    await house.stock()
    other = Document(name="b.txt", title="Another", sections=())
    changed = Document(name="a.txt", title="New title", sections=("Sleep",))
    await house.store.sync_library(replace(LIBRARY, documents=(other, changed)), START)
    assert await house.store.documents() == {"a.txt": changed, "b.txt": other}
