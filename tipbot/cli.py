"""The commands: they read what was typed, call, and print."""

import asyncio
import gc
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tipbot import __version__
from tipbot.cli_capacity import capacity
from tipbot.cli_tips import tips_program
from tipbot.console import err, fail, settings_or_exit, tell
from tipbot.core.counting import counted
from tipbot.settings import PREFIX

if TYPE_CHECKING:
    from tipbot.upkeep.held import Tell
    from tipbot.upkeep.move import Migrated

program = typer.Typer(
    name="tipbot",
    help="A Telegram bot for people whose face twitches.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
program.add_typer(tips_program, name="tips")
program.command()(capacity)

NO_TOKEN = f"""\
{PREFIX}TOKEN is not set.
- To run the bot: talk to @BotFather on Telegram, send /newbot, and set {PREFIX}TOKEN (in the
  environment or in .env) to the token it gives you, or {PREFIX}TOKEN_FILE to a file that holds it.
- To try everything first, without a token: main.py demo"""


@program.callback(invoke_without_command=True)
def options(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Look after a Telegram bot for people whose face twitches."""
    if version:
        tell(__version__)
        raise typer.Exit


@program.command()
def run() -> None:
    """Run the bot: receive, deliver and serve health, in one process."""
    _run("run")


@program.command()
def receive() -> None:
    """Take what people send and answer it; any number by webhook, on one PostgreSQL."""
    _run("receive")


@program.command()
def deliver() -> None:
    """Send what falls due; any number, on one PostgreSQL."""
    _run("deliver")


def _run(half: str) -> None:
    settings = settings_or_exit()
    if settings.token is None:
        raise fail(NO_TOKEN)
    from tipbot.app import run_bot
    from tipbot.clock import system_clock
    from tipbot.logs import set_up_logs
    from tipbot.parts import refuse_half
    from tipbot.program.alone import alone_on
    from tipbot.program.half import Half
    from tipbot.program.starting import StartError
    from tipbot.upkeep.move import migrate_older

    url = settings.database.get_secret_value()
    try:
        refuse_half(settings, Half(half))
        with alone_on(url):
            with _upkeep() as told:
                _tell_migrated(migrate_older(url, system_clock(), told))
            set_up_logs(for_people=sys.stderr.isatty())
            asyncio.run(run_bot(settings, tell, Half(half)))
    except StartError as fault:
        raise fail(str(fault), passing=fault.passing) from None


@program.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the chat page.")] = 8765,
    *,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Try the whole bot in the browser: no token, no network, a database of its own."""
    from tipbot.demo import run_demo
    from tipbot.logs import set_up_logs
    from tipbot.program.starting import StartError

    set_up_logs(for_people=True)
    try:
        asyncio.run(run_demo(port, open_browser=open_browser, say=tell))
    except StartError as fault:
        raise fail(str(fault)) from None


@program.command()
def doctor(
    *,
    poll: Annotated[
        int, typer.Option(min=0, max=30, help="Seconds to look for a second poller; 0: do not.")
    ] = 6,
) -> None:
    """Look at the whole set-up and say what is wrong and the mend; change nothing."""
    from tipbot.doctor.examine import examine
    from tipbot.doctor.findings import Level
    from tipbot.logs import set_up_logs

    set_up_logs(for_people=True)

    async def look() -> Counter[Level]:
        found: Counter[Level] = Counter()
        with err.status("looking"):
            async for each in examine(poll_for=poll):
                found[each.level] += 1
                tell(f"{each.level:<8} {each.subject}: {each.said}")
                if each.mend:
                    tell(f"{'':<8} mend: {each.mend}")
        return found

    found = asyncio.run(look())
    faults, warnings = found[Level.FAULT], found[Level.WARNING]
    tell(f"{counted(faults, 'fault')}, {counted(warnings, 'warning')}")
    if found[Level.FAULT]:
        raise typer.Exit(code=1)


@program.command()
def backup(
    to: Annotated[Path, typer.Argument(help="A file, or a folder for a dated one.")] = Path(),
    *,
    keep: Annotated[
        int | None, typer.Option(min=1, help="In a folder: remove all but so many dated backups.")
    ] = None,
) -> None:
    """Back the database up while the bot runs; the backup is proven to be whole."""
    from tipbot.clock import system_clock
    from tipbot.upkeep.backup import back_up, remove_older

    settings = settings_or_exit()
    if keep and not to.is_dir():
        message = f"--keep goes with a folder, and {to} is none"
        raise fail(message)
    with _upkeep() as told:
        made = back_up(settings.database.get_secret_value(), to, system_clock(), told)
        removed = remove_older(to, keep) if keep else []
    tell(f"{made.file}: {_counts(made.rows)}, all compared")
    for each in removed:
        tell(f"removed {each}")
    for each in made.swept:
        tell(f"removed {each}, which a backup that was killed had left")


@program.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` wrote.")],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is there; a copy of it is kept.")
    ] = False,
) -> None:
    """Put a backup in place of the database; the bot must not run meanwhile."""
    from tipbot.clock import system_clock
    from tipbot.upkeep.restore import restore as put_back

    url = settings_or_exit().database.get_secret_value()
    with _upkeep() as told:
        done = put_back(file, url, force=force, now=system_clock(), tell=told)
    if done.safety:
        tell(f"What was there before is in {done.safety}.")
    tell(f"{file}: {_counts(done.rows)}, all compared")
    tell(
        "Whoever used /delete_me after the backup was made is in it again, and must ask once more:"
        " docs/operations.md says what to do."
    )


@program.command()
def migrate(
    *,
    to: Annotated[
        str | None, typer.Option(help="Copy everything to this empty database instead.")
    ] = None,
    to_file: Annotated[
        Path | None, typer.Option(help="As --to, with the address in a file.")
    ] = None,
) -> None:
    """Bring the database forward to the newest schema, or copy it to another kind of database."""
    from tipbot.clock import system_clock
    from tipbot.upkeep.move import migrate as bring_forward
    from tipbot.upkeep.move import move, target_of

    url = settings_or_exit().database.get_secret_value()
    with _upkeep() as told:
        target = target_of(to, to_file)
        if target is not None:
            rows = move(url, target, told)
            tell(f"{_counts(rows)} copied, all compared.")
            tell(f"Set {PREFIX}DATABASE to the new address before you start the bot again.")
            return
        done = bring_forward(url, system_clock(), told)
    _tell_migrated(done)
    if not done.steps:
        tell("the schema is up to date")


def _counts(rows: Mapping[str, int]) -> str:
    """Return how many rows there are in how many tables."""
    return f"{counted(sum(rows.values()), 'row')} in {counted(len(rows), 'table')}"


def _tell_migrated(done: "Migrated") -> None:
    if done.safety:
        tell(f"What was there before is in {done.safety}.")
    if done.steps:
        tell(f"steps taken: {', '.join(done.steps)}")


@contextmanager
def _upkeep() -> Iterator["Tell"]:
    """Show how far the work is; end with its one message if it cannot be done."""
    from tipbot.logs import set_up_logs
    from tipbot.upkeep.held import UpkeepError
    from tipbot.upkeep.progress import bars

    set_up_logs(for_people=True)
    try:
        with bars(err) as told:
            yield told
    except UpkeepError as fault:
        message = f"{fault}; nothing was changed."
        raise fail(message) from None


_SEARCH_AFTER = 50_000
"""Objects more than before at which Python searches for unused memory. Loading a command makes
300,000, which all stay: by Python's own 700 it would search them for a fifth of the time."""


def _heed_interrupts() -> None:
    """Let SIGINT raise KeyboardInterrupt again: from here on something may have to be finished."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_SEARCH_AFTER, *gc.get_threshold()[1:])
    from tipbot.logs import hush_crashes, set_up_logs

    set_up_logs(for_people=sys.stderr.isatty())
    crashed = hush_crashes()
    _heed_interrupts()
    try:
        program()
    except Exception as fault:  # noqa: BLE001 - Typer would print it with all its words
        crashed(fault)
        raise SystemExit(1) from None
