"""How the bot stands with Telegram: the token, the time, the webhook, and who else polls."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from telegram import Bot, WebhookInfo
from telegram.error import Conflict, InvalidToken, TelegramError

from tipbot.bot.request import ApiRequest
from tipbot.bot.timeouts import Timeouts
from tipbot.clock import Clock
from tipbot.doctor.findings import Finding, fault, ok, warning
from tipbot.settings import Settings

POLL_FOR = 6
"""Seconds: another poller that we cut off comes back sooner, and cuts us off in turn."""
NEAR, FAR = timedelta(seconds=5), timedelta(minutes=1)
"""How wrong a clock may be before there is a warning, and a fault."""
_MANY_UPDATES = 1000
_RECENT = timedelta(hours=1)
_JUMP = 0.5
_WATCHED = 0.3

NO_TOKEN = "talk to @BotFather on Telegram, send /newbot, and set TIPBOT_TOKEN_FILE"  # noqa: S105 - what to do
WRONG_TOKEN = "copy it again from @BotFather (its command /token shows it)"  # noqa: S105 - as above
SECOND = "stop it, or give this one a bot of its own; if nobody knows it, /revoke the token"


async def telegram(settings: Settings, clock: Clock, *, poll_for: int) -> AsyncIterator[Finding]:
    """Look at all that Telegram can tell; nothing that waits there is taken or confirmed."""
    async with aiohttp.ClientSession() as session:
        yield await _clock(session, settings.api_url, clock)
    yield await steady(clock)
    if settings.token is None:
        yield fault("token", "TIPBOT_TOKEN is not set", NO_TOKEN)
        return
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        request=ApiRequest(4, Timeouts(read=10.0)),
        get_updates_request=ApiRequest(1, Timeouts(read=10.0)),
    )
    try:
        async for finding in _bot(bot, settings, clock, poll_for=poll_for):
            yield finding
    except InvalidToken:
        yield fault("token", "Telegram does not accept it", WRONG_TOKEN)
    except TelegramError as error:
        said = f"{host(settings.api_url)} does not answer ({type(error).__name__})"
        yield fault(
            "token", said, "see that this machine reaches it: network, proxy, TIPBOT_API_URL"
        )
    finally:
        await bot.shutdown()


async def _bot(
    bot: Bot, settings: Settings, clock: Clock, *, poll_for: int
) -> AsyncIterator[Finding]:
    await bot.initialize()
    yield ok("token", f"Telegram knows it as @{bot.username}")
    info = await bot.get_webhook_info()
    for finding in webhook(info, settings.webhook_url, clock()):
        yield finding
    if settings.webhook_url is None and not info.url and poll_for:
        yield await second_poller(bot, poll_for)


async def _clock(session: aiohttp.ClientSession, url: str, clock: Clock) -> Finding:
    """Compare our clock with the server's ``Date``, which is exact to a second."""
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with session.get(url, allow_redirects=False, timeout=timeout) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        mend = f"see that this machine reaches {host(url)}"
        return warning("clock", "there is nobody to compare it with", mend)
    return compared(clock(), theirs)


def compared(ours: datetime, theirs: datetime) -> Finding:
    """Say how far our clock is from a server's."""
    off = ours - theirs
    mend = "let the machine with the database keep the time (timedatectl set-ntp true)"
    said = f"{abs(off.total_seconds()):.0f} s {'ahead of' if off > timedelta(0) else 'behind'}"
    if abs(off) > FAR:
        return fault("clock", f"{said} the server's: every tip comes at a wrong time", mend)
    if abs(off) > NEAR:
        return warning("clock", f"{said} the server's", mend)
    return ok("clock", "as the server's")


async def steady(clock: Clock, elapsed: Callable[[], float] = monotonic) -> Finding:
    """See that the clock runs as fast as time passes."""
    before, began = clock(), elapsed()
    await asyncio.sleep(_WATCHED)
    passed, by_the_clock = elapsed() - began, (clock() - before).total_seconds()
    if passed <= 0 or abs(by_the_clock - passed) > _JUMP:
        said = f"it moved {by_the_clock:.1f} s in {passed:.1f} s"
        return warning("clock", said, "run one time service only, and none that jumps")
    return ok("clock", "it runs steadily")


def webhook(info: WebhookInfo, configured: str | None, now: datetime) -> list[Finding]:
    """Compare the webhook that Telegram has with the one that is set; only hosts are named."""
    found = []
    if configured is None and info.url:
        said = f"one is set to {host(info.url)}, while this set-up polls: run removes it"
        mend = "set TIPBOT_WEBHOOK_URL if that is yours; else somebody else uses this bot"
        found.append(warning("webhook", said, mend))
    elif configured is not None and info.url != configured:
        said = f"Telegram has {host(info.url) if info.url else 'none'}: run names ours at its start"
        found.append(
            warning("webhook", said, "start the bot; if it runs, somebody else set another")
        )
    else:
        found.append(ok("webhook", host(info.url) if info.url else "none, as this set-up polls"))
    if info.last_error_date is not None and now - info.last_error_date < _RECENT:
        said = f"Telegram could not hand over an update: {info.last_error_message}"
        mend = (
            "see that the address is reached from outside, with a certificate, and reaches the bot"
        )
        found.append(warning("webhook", said, mend))
    if info.pending_update_count > _MANY_UPDATES:
        said = f"{info.pending_update_count} updates wait"
        found.append(warning("updates", said, "start the bot; Telegram keeps them for a day"))
    return found


async def second_poller(bot: Bot, seconds: int) -> Finding:
    """Poll for a while without confirming anything, to see whether somebody else does."""
    until = monotonic() + seconds
    while (left := round(until - monotonic())) > 0:
        try:
            waiting = await _poll(bot, left)
        except Conflict:
            return fault("second poller", "another program fetches this bot's updates", SECOND)
        if waiting:
            await asyncio.sleep(1)
    return ok("second poller", f"none in {seconds} s")


async def _poll(bot: Bot, seconds: int) -> Any:
    # The public method logs what it cannot read, and confirms what it has read.
    asked = {"timeout": seconds, "limit": 1}
    return await bot._post("getUpdates", asked, read_timeout=seconds + 10)  # noqa: SLF001 - as above


def host(url: str) -> str:
    """Return the host of an address alone: the rest may be a secret."""
    return urlsplit(url).hostname or "an address"
