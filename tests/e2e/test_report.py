"""The page for a doctor through the whole program: marked, asked for, received, read."""

import csv
import io
from functools import partial

from pypdf import PdfReader

from tests.e2e.world import TWITCH, World, until
from tipbot.sandbox import Person
from tipbot.simulated import live_a_month, simulated_month


def documents(world: World, person: Person) -> list[tuple[str, bytes]]:
    """Return the files that somebody got, by name."""
    sent = [message["document"] for message in person.from_bot if "document" in message]
    return [(each["file_name"], world.sandbox.api.files.get(each["file_id"]).data) for each in sent]


def has_both(world: World, person: Person) -> bool:
    return len(documents(world, person)) == 2


async def test_a_treatment_is_marked_and_stands_in_the_report(world: World) -> None:
    bob = await world.enrolled("Bob")
    person = await world.subscriber(bob)
    await live_a_month(world.running.store, person, world.clock())
    await bob.asks("/treatment")
    await bob.taps("➕ Medicine started")  # noqa: RUF001 - as the button has it
    await until(lambda: "📅 Another day …" in bob.labels, "the day is asked for")
    await bob.taps("📅 Another day …")
    bob.says("yesterday")
    await bob.reads("Marked: Medicine started")
    await bob.asks("/report")
    await bob.taps("📄 Last 30 days")
    await until(lambda: len(documents(world, bob)) == 2, "page and table are there")
    (page, pdf), (table, rows) = documents(world, bob)
    assert (page[-4:], table[-4:]) == (".pdf", ".csv")
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    today = world.clock().date()
    lived = [day for day in simulated_month(person.id, today) if (today - day.day).days < 30]
    twitches = sum(len(day.twitches) for day in lived)
    assert f"Twitches logged {twitches}" in " ".join(text.split())
    assert "medicine started" in text
    assert "not a clinical score" in " ".join(text.split())
    read = list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig"), newline="")))
    assert sum(row["what"] == "twitch" for row in read) == twitches


async def test_twenty_people_get_their_reports_while_a_twitch_is_logged(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    people = [await world.enrolled(f"Patient {number}") for number in range(20)]
    for person in people:
        await live_a_month(world.running.store, await world.subscriber(person), world.clock())
        await person.asks("/report")
    for person in people:
        await person.taps("📄 Last 30 days")
    said = await bob.taps(TWITCH)
    assert said["text"].startswith("Logged")
    for person in people:
        await until(partial(has_both, world, person), "everybody has it")
    assert len({documents(world, person)[0][1] for person in people}) > 1
