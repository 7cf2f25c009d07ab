"""The same program against the sandbox: a chat page in the browser, no token, no network."""

import asyncio
import contextlib
import secrets
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from tipbot.app import built_program, keep_what_is_loaded, stop_on_signals
from tipbot.clock import TravelClock, system_clock
from tipbot.core.audit import Act, Deed
from tipbot.core.model import DeliveryState, Stage, SubscriberId
from tipbot.core.roles import token_hash
from tipbot.program.program import Program
from tipbot.program.starting import Say, StartError
from tipbot.sandbox import DEFAULT_PEOPLE, PanelAction, Sandbox
from tipbot.settings import Settings
from tipbot.simulated import NOTE, Lived, live_a_month
from tipbot.store.base import Store

_RATE = 30.0
_FURTHEST = timedelta(days=3653)
_LIVED = timedelta(days=7)
_LONGEST_STOP = 4.0
_LOOK = 0.05
_ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING)
_OLGA = next(p for p in DEFAULT_PEOPLE if p.first_name == "Olga")
_ERIK = next(p for p in DEFAULT_PEOPLE if p.first_name == "Erik")
_OWNERS = frozenset({_OLGA.id})


@dataclass
class DemoTime:
    """The clock that the sandbox and the bot share, and the bot's next due moment."""

    clock: TravelClock
    store: Store | None = None
    hurry: Callable[[], None] = lambda: None
    """Has the bot look at once for what is due."""

    def now(self) -> datetime:
        """Return the present, moved or not."""
        return self.clock()

    async def move(self, *, by: timedelta | None = None, to: datetime | None = None) -> None:
        """Move the present forward, with a stop at each due moment in the last week of the way.

        Each lasts until the bot has done what was due. Raises ValueError for the past and for the
        far future.
        """
        target = to if to is not None else self.clock() + (by or timedelta(0))
        if target < self.clock():
            message = "Time travels forward only: choose a later moment."
            raise ValueError(message)
        if target - system_clock() > _FURTHEST:
            message = "Time travels ten years ahead at most: choose an earlier moment."
            raise ValueError(message)
        self._leap(target - _LIVED)
        while (due := await self.next_due()) is not None and due <= target:
            self._leap(due)
            if not await self._done():
                break
        self._leap(target)

    def _leap(self, moment: datetime) -> None:
        if moment > self.clock():
            self.clock.move_to(moment)
            self.hurry()

    async def _done(self) -> bool:
        """Wait until the bot has done what is due; return False where it takes too long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_STOP):
                while await self._at_work():  # noqa: ASYNC110 - a store does not tell
                    await asyncio.sleep(_LOOK)
                return True
        return False

    async def _at_work(self) -> bool:
        """Tell whether something is due and not sent, or on its way."""
        due = await self.next_due()
        if due is not None and due <= self.clock():
            return True
        counts = await self.store.counts() if self.store else {}
        return any(counts[state.value] for state in _ON_THE_WAY)

    async def next_due(self) -> datetime | None:
        """Return when the bot next has something to do."""
        return await self.store.next_due() if self.store else None


def month_button(time: DemoTime) -> PanelAction:
    """Return the button that fills the diary of the person in view."""

    async def run(person_id: int) -> str:
        person = await time.store.subscriber(SubscriberId(person_id)) if time.store else None
        if time.store is None or person is None or person.stage is not Stage.DONE:
            message = "Take this person through /start first, down to the first tip."
            raise ValueError(message)
        return told(await live_a_month(time.store, person, time.now()))

    return PanelAction(
        id="month",
        label="Live a month (simulated)",
        run=run,
        hint="Fills the diary of the person in view with thirty made-up days before today.",
    )


def told(lived: Lived) -> str:
    """Return in words what a simulated month added to a diary."""
    if not lived.days:
        return "Nothing was added: the diary has something on every day of the simulated month."
    days, first, last = len(lived.days), lived.days[0].day, lived.days[-1].day
    mark = f", and an injection on {_named(lived.injection)}" if lived.injection else ""
    return (
        f"Simulated month: {lived.twitches} twitches on {days} days from {_named(first)} to"
        f" {_named(last)}, with sleep, coffee and a rating of each day{mark}. All of it is made up:"
        f" every entry has the note “{NOTE}”. Days that had something in the diary stayed as they"
        " were."
    )


def _named(day: date) -> str:
    return f"{day.day} {day:%B}"


async def make_editor(store: Store, now: datetime) -> None:
    """Let Erik be the editor that his name in the list of people says, on Olga's invitation."""
    token = secrets.token_urlsafe(24)
    olga, erik = SubscriberId(_OLGA.id), SubscriberId(_ERIK.id)
    invited = Act(by=olga, name=_OLGA.first_name, deed=Deed.INVITED, at=now)
    await store.invite(token_hash(token), "demo", now + timedelta(hours=1), invited)
    joined = Act(by=erik, name=_ERIK.first_name, deed=Deed.JOINED, at=now)
    await store.join(token_hash(token), joined, {olga})


def demo_settings(folder: Path, token: str, api_url: str) -> Settings:
    """Return settings for a bot of its own: nothing is taken from the environment or ``.env``."""
    return Settings(
        token=SecretStr(token),
        database=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
        api_url=api_url,
        listen="127.0.0.1:0",
        owners=_OWNERS,
        rate=_RATE,
    )


def _new_token() -> str:
    return f"{1_000_000 + secrets.randbelow(9_000_000)}:{secrets.token_urlsafe(26)}"


async def run_demo(port: int, *, open_browser: bool, say: Say) -> None:
    """Serve the chat page on ``port`` (0: any free one) and run the bot until it is stopped.

    Raises ``StartError`` if it cannot start. The database is new and is removed at the end.
    """
    time, token = DemoTime(TravelClock()), _new_token()
    with tempfile.TemporaryDirectory(prefix="tipbot-demo-") as folder:
        async with _serving(port, token, time) as sandbox:
            settings = demo_settings(Path(folder), token, sandbox.url)
            async with built_program(settings, time.clock, say) as program:
                time.store = program.store
                time.hurry = partial(program.ticks.hurry, "plan")
                await make_editor(program.store, time.now())
                _welcome(program, sandbox.url, folder, say)
                if open_browser:
                    await asyncio.to_thread(_show, sandbox.url)
                keep_what_is_loaded()
                try:
                    await program.serve()
                finally:
                    time.store = None  # a journey that is under way ends with the bot


@contextlib.asynccontextmanager
async def _serving(port: int, token: str, time: DemoTime) -> AsyncIterator[Sandbox]:
    """Serve the page and the Bot API; raise ``StartError`` if the port is taken."""
    sandbox = Sandbox(
        token=token,
        clock=time.clock,
        port=port,
        time_control=time,
        panel_actions=(month_button(time),),
        bot_name="tipbot",
    )
    try:
        await sandbox.start()
    except OSError as fault:
        await sandbox.stop()
        message = f"The chat page cannot listen on port {port} ({fault.strerror}); try --port 0."
        raise StartError(message) from None
    try:
        yield sandbox
    finally:
        await sandbox.stop()


def _welcome(program: Program, url: str, folder: str, say: Say) -> None:
    stop_on_signals(program.stop)
    say(f"Open {url} in your browser: the bot is waiting there. Ctrl+C ends it.")
    say(f"This demo keeps its own database in {folder}; it is removed at the end.")


def _show(url: str) -> None:
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(url)
