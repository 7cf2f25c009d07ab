"""/export: one file with everything, readable without this program."""

import asyncio
import csv
import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.bot.chat import Person
from tests.bot.post import first_tip
from tipbot import archive
from tipbot.bot.features import export
from tipbot.core.holdings import EXPORT_EVERY, Holding
from tipbot.core.model import Topic

EVIL = '=HYPERLINK("http://x")'


def opened(person: Person) -> zipfile.ZipFile:
    """Return the last file that someone was sent."""
    return zipfile.ZipFile(io.BytesIO(person.chat.telegram.files[person.id][-1].content))


def in_json(person: Person, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(opened(person).read(f"{kind}.json"))
    return found


def in_csv(person: Person, kind: str) -> list[dict[str, str]]:
    text = opened(person).read(f"{kind}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def logs_with_note(person: Person, note: str) -> None:
    await person.sends("/twitch")
    await person.taps("Details")
    await person.taps("Note")
    await person.sends(note)


async def test_an_export_answers_at_once_and_then_sends_one_file(alice: Person) -> None:
    await alice.sends("/export")
    assert "I am putting your data together" in alice.screen
    methods = [call.method for call in alice.calls]
    assert methods == ["sendMessage", "sendDocument"]
    (sent,) = alice.chat.telegram.files[alice.id]
    assert sent.name == "tipbot-2026-03-02.zip"
    assert "README.txt" in sent.caption


async def test_the_file_holds_every_kind_and_says_what_each_is(alice: Person) -> None:
    await alice.sends("/export")
    file = opened(alice)
    assert file.testzip() is None
    tables = {f"{kind}.csv" for kind in archive.AS_TABLES}
    assert set(file.namelist()) == {"README.txt", *tables, *(f"{kind}.json" for kind in Holding)}
    readme = file.read("README.txt").decode("utf-8")
    assert all(name in readme for name in file.namelist() if name != "README.txt")
    assert "2 March 2026" in readme
    assert "Pacific/Auckland" in readme
    assert {info.date_time for info in file.infolist()} == {(2026, 3, 2, 22, 7, 0)}


async def test_the_file_holds_what_was_logged_in_local_time(alice: Person) -> None:
    await first_tip(alice)
    await alice.taps("Helpful")
    await logs_with_note(alice, "after lunch, “left” & ünïcode")
    await alice.sends("/export")
    (entry,) = in_json(alice, "check_ins")
    assert entry["at"] == "2026-03-02T22:07:00+13:00"
    assert entry["local_date"] == "2026-03-02"
    assert entry["note"] == "after lunch, “left” & ünïcode"
    assert in_csv(alice, "check_ins")[0]["note"] == entry["note"]
    (settings,) = in_json(alice, "settings")
    assert settings["telegram_user_id"] == alice.id
    assert settings["time_zone"] == "Pacific/Auckland"
    (delivery,) = in_json(alice, "deliveries")
    assert [each["reaction"] for each in delivery["reactions"]] == ["helpful"]
    assert "helpful" in in_csv(alice, "deliveries")[0]["reactions"]
    assert len(in_json(alice, "plans")) == len(in_csv(alice, "plans")) == len(Topic)


async def test_a_cell_that_looks_like_a_formula_is_harmless_and_json_is_verbatim(
    alice: Person,
) -> None:
    await logs_with_note(alice, EVIL)
    await alice.sends("/export")
    assert in_json(alice, "check_ins")[0]["note"] == EVIL
    assert in_csv(alice, "check_ins")[0]["note"] == f"'{EVIL}"


async def test_a_table_without_rows_has_its_heads_all_the_same(alice: Person) -> None:
    await alice.sends("/export")
    assert in_json(alice, "days") == []
    head = opened(alice).read("days.csv").decode("utf-8-sig")
    assert head == "local_date,sleep_hours,coffees,screen_hours,water,stress\r\n"


async def test_an_export_holds_nothing_of_anybody_else(alice: Person, bob: Person) -> None:
    await logs_with_note(bob, "a secret of Bob's")
    await alice.sends("/export")
    file = opened(alice)
    assert not [name for name in file.namelist() if b"secret" in file.read(name)]
    assert "Berlin" not in str([file.read(name) for name in file.namelist()])


async def test_a_second_export_within_ten_minutes_is_put_off_kindly(alice: Person) -> None:
    await alice.sends("/export")
    alice.waits(minutes=9)
    await alice.sends("/export")
    assert "You can ask for it again at 10:17" in alice.screen
    assert len(alice.chat.telegram.files[alice.id]) == 1
    alice.waits(minutes=1)
    await alice.sends("/export")
    assert len(alice.chat.telegram.files[alice.id]) == 2


async def test_the_limit_outlives_a_restart_and_is_each_persons_own(
    alice: Person, bob: Person
) -> None:
    await alice.sends("/export")
    again = await alice.chat.restart()
    await again.person(alice.id, "Alice").sends("/export")
    await again.person(bob.id, "Bob").sends("/export")
    assert len(again.telegram.files[alice.id]) == 1
    assert len(again.telegram.files[bob.id]) == 1


async def test_an_upload_that_fails_can_be_asked_for_again_at_once(alice: Person) -> None:
    alice.chat.faults_expected = True
    alice.chat.telegram.refusals.append(("sendDocument", None, "connection lost"))
    await alice.sends("/export")
    assert alice.id not in alice.chat.telegram.files
    await alice.sends("/export")
    assert len(alice.chat.telegram.files[alice.id]) == 1


async def test_whoever_has_not_finished_onboarding_gets_what_is_kept(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("/export")
    assert in_json(newcomer, "settings")[0]["onboarding"] == "zone"


async def test_a_stranger_is_told_that_nothing_is_kept(newcomer: Person) -> None:
    await newcomer.sends("/export")
    assert "I keep nothing about you" in newcomer.screen
    assert newcomer.id not in newcomer.chat.telegram.files


async def test_whoever_blocks_the_bot_meanwhile_breaks_nothing(alice: Person) -> None:
    alice.chat.telegram.refusals.append(("sendDocument", 403, "Forbidden: bot was blocked"))
    await alice.sends("/export")
    assert alice.id not in alice.chat.telegram.files


async def test_too_much_for_one_file_is_said(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(moment: datetime, *, sign: str) -> archive.Archive:
        return archive.Archive(moment, most=100, sign=sign)

    monkeypatch.setattr(export, "Archive", small)
    await alice.sends("/export")
    assert "more data than Telegram lets me send" in alice.screen
    await alice.sends("/export")
    assert "ask for it again" in alice.screen


async def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_long(alice: Person) -> None:
    await alice.sends("/export")
    alice.chat.clock.move(-timedelta(hours=5))
    await alice.sends("/export")
    assert len(alice.chat.telegram.files[alice.id]) == 2
    assert timedelta(minutes=10) == EXPORT_EVERY


async def test_a_second_command_while_the_first_is_served_brings_one_file(alice: Person) -> None:
    await asyncio.gather(alice.sends("/export"), alice.sends("/export"))
    assert len(alice.chat.telegram.files[alice.id]) == 1


async def test_a_store_that_goes_away_meanwhile_is_said(alice: Person) -> None:
    alice.chat.switch.away_for = "read_out"
    await alice.sends("/export")
    assert "could not read your data just now" in alice.screen
    alice.chat.switch.away_for = ""
    await alice.sends("/export")
    assert opened(alice).testzip() is None
