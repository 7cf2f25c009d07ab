"""The whole examination, in the order in which one thing rests on another."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tipbot.clock import Clock, system_clock
from tipbot.core.counting import counted
from tipbot.doctor.database import clock_in_use, database
from tipbot.doctor.findings import Finding, fault, ok, warning
from tipbot.doctor.machine import permissions, zone_data
from tipbot.doctor.telegram import POLL_FOR, SECOND, telegram
from tipbot.library.check import check_folder
from tipbot.settings import Settings, SettingsError, load_settings, secret_files
from tipbot.store.connect import file_of
from tipbot.upkeep.files import side_files

_CONFLICTS = re.compile(r'^tipbot_poll_failures_total\{reason="conflict"\} (\S+)', re.MULTILINE)
_ORDINARY_RATE = 30
PATIENCE = 3.0
"""Seconds that a bot on this machine has for an answer."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What answers at the address that the bot would listen on."""

    alive: bool = False
    foreign: bool = False
    conflicts: int = 0
    """How often it met a second poller since it was started."""


async def examine(
    clock: Clock = system_clock, *, poll_for: int = POLL_FOR
) -> AsyncIterator[Finding]:
    """Look at everything; yield findings as they come. Nothing is changed, sent or confirmed.

    A second poller is looked for during ``poll_for`` seconds, if updates come by polling and no bot
    runs here.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        for line in str(error).splitlines():
            name, _, said = line.removeprefix("- ").partition(": ")
            yield fault("settings", name if said else line.removeprefix("- "), said or "see README")
        return
    for finding in _set(settings):
        yield finding
    yield zone_data()
    url = settings.database.get_secret_value()
    for finding in (*database(url), *permissions(_private(url)), _library(settings.tips)):
        yield finding
    beside = await neighbour(*settings.listen_address)
    yield _beside(beside, settings.listen)
    seconds = 0 if beside.alive else poll_for
    async for finding in telegram(settings, clock_in_use(url, clock), poll_for=seconds):
        yield finding
    if beside.conflicts:
        await asyncio.sleep(poll_for)
        later = await neighbour(*settings.listen_address)
        yield _conflicts(beside.conflicts, later.conflicts)


def _set(settings: Settings) -> Iterator[Finding]:
    if not settings.owners:
        said = "TIPBOT_OWNERS is not set: nobody can invite editors or see the figures"
        yield warning("settings", said, "set it to your Telegram user id, a number")
    if settings.rate > _ORDINARY_RATE:
        said = f"TIPBOT_RATE is {settings.rate:g}, and Telegram allows about {_ORDINARY_RATE}"
        yield warning("settings", said, "set it to 30, unless Telegram granted this bot more")
    yield ok("settings", "all can be read")


def _private(url: str) -> Iterator[Path]:
    """Yield the files that hold health data or a secret, as far as they are known from here."""
    try:
        file = file_of(url)
    except ValueError:
        file = None
    if file is not None:
        yield file
        yield from side_files(file)
        if file.parent.is_dir():
            yield from sorted(file.parent.glob("tipbot-*.db"))
    yield from secret_files()


def _library(folder: Path) -> Finding:
    faults = check_folder(folder)
    if faults:
        said = f"{counted(len(faults), 'fault')} in {folder}"
        return fault("library", said, "main.py tips check")
    return ok("library", f"no faults in {folder}")


async def neighbour(host: str, port: int) -> Neighbour:
    """Ask whoever listens at the bot's own address who they are."""
    root = f"http://{_reached(host)}:{port}"
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            async with session.get(f"{root}/healthz") as answer:
                alive = answer.status == 200 and (await answer.text()) == '{"status": "alive"}'
            if not alive:
                return Neighbour(foreign=True)
            return Neighbour(alive=True, conflicts=await _counted(session, root))
    except aiohttp.ClientConnectorError:
        return Neighbour()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Neighbour(foreign=True)


async def _counted(session: aiohttp.ClientSession, root: str) -> int:
    """Return how often the bot here met a second poller; 0 if its numbers do not come in time.

    While its database is away they wait for that.
    """
    try:
        async with session.get(f"{root}/metrics") as answer:
            shown = _CONFLICTS.search(await answer.text())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return 0
    return round(float(shown[1])) if shown else 0


def _reached(host: str) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - asked, not listened on
    return everywhere.get(host, f"[{host}]" if ":" in host else host)


def _beside(found: Neighbour, listen: str) -> Finding:
    if found.foreign:
        mend = "set TIPBOT_LISTEN to a free address"
        return fault("address", f"something that is not this bot listens on {listen}", mend)
    if found.alive:
        return ok("address", f"a bot runs here and answers at {listen}")
    return ok("address", f"{listen} is free")


def _conflicts(before: int, now: int) -> Finding:
    """Judge what the bot that runs here met: a second poller now, or one that may be gone."""
    if now > before:
        return fault("second poller", "another program fetches this bot's updates", SECOND)
    often = counted(now, "time")
    said = f"the bot that runs here met another one {often} since it was started, none just now"
    return warning("second poller", said, SECOND)
