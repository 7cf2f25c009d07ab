"""Someone takes their data along and leaves, against the sandbox."""

import io
import json
import zipfile
from datetime import timedelta

from tests.e2e.world import TWITCH, World, tap_like, until, who
from tipbot.core.holdings import EXPORT_EVERY, RECORDS_KEPT
from tipbot.sandbox import Person


async def export_of(world: World, person: Person) -> zipfile.ZipFile:
    """Let someone send /export and open the file that comes."""
    before = len(person.from_bot)
    person.says("/export")
    message = await person.waits_for(
        lambda m: "document" in m and m in person.from_bot[before:],
    )
    assert message["document"]["mime_type"] == "application/zip"
    return zipfile.ZipFile(
        io.BytesIO(world.sandbox.api.files.get(message["document"]["file_id"]).data)
    )


def pads(person: Person) -> list[object]:
    """Return the log pads that stand in someone's chat."""
    return [each for each in person.from_bot if "Log pad" in str(each.get("text"))]


async def test_someone_takes_their_data_along_and_leaves(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.asks("/pad")
    await bob.taps(TWITCH)
    file = await export_of(world, bob)
    (entry,) = json.loads(file.read("check_ins.json"))
    assert entry["time_zone"] == "Europe/Berlin"
    assert [each["topic"] for each in json.loads(file.read("deliveries.json"))]

    assert len(pads(bob)) == 1
    await bob.asks("/delete_me")
    await tap_like(bob, "Remove everything")
    await bob.reads("Everything about you is removed")
    assert await world.running.store.subscriber(who(bob)) is None
    assert await world.running.store.next_due() is None
    await until(lambda: not pads(bob), "the log pad's removal")
    said = len(bob.from_bot)
    world.travel(days=2)
    assert "Please send /start first" in (await bob.taps(TWITCH))["text"]
    assert len(bob.from_bot) == said
    assert "Hello. I am here" in (await bob.asks("/start"))["text"]


async def test_old_records_go_while_the_log_stays(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.taps(TWITCH)
    world.clock.move(RECORDS_KEPT - timedelta(days=1))
    await world.tick("thin")
    young = await export_of(world, bob)
    assert json.loads(young.read("taps.json"))
    first = json.loads(young.read("deliveries.json"))[0]
    world.clock.move(timedelta(days=2))
    await world.tick("thin")
    world.clock.move(EXPORT_EVERY)
    file = await export_of(world, bob)
    assert len(json.loads(file.read("check_ins.json"))) == 1
    assert json.loads(file.read("taps.json")) == []
    assert first not in json.loads(file.read("deliveries.json"))
