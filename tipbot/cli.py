"""The commands: they read what was typed, call, and print."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tipbot import __version__
from tipbot.settings import PREFIX, Settings, SettingsError, load_settings

program = typer.Typer(
    name="tipbot",
    help="A Telegram bot for people whose face twitches.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
tips_program = typer.Typer(help="Look after the tip library's files.", no_args_is_help=True)
program.add_typer(tips_program, name="tips")
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)

NO_TOKEN = f"""\
{PREFIX}TOKEN is not set.
- To run the bot: talk to @BotFather on Telegram, send /newbot, and set {PREFIX}TOKEN (in the
  environment or in .env) to the token it gives you, or {PREFIX}TOKEN_FILE to a file that holds it.
- To try everything first, without a token: main.py demo"""


def tell(message: str) -> None:
    """Print a message to standard output at once, as it is."""
    out.print(message, markup=False, highlight=False)


def fail(message: str) -> typer.Exit:
    """Print one message to standard error and return the exit to raise."""
    err.print(message, markup=False, highlight=False)
    return typer.Exit(code=2)


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as fault:
        message = f"The settings are wrong; nothing was started.\n{fault}"
        raise fail(message) from None


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
    settings = _settings()
    if settings.token is None:
        raise fail(NO_TOKEN)
    from tipbot.app import run_bot
    from tipbot.logs import set_up_logs
    from tipbot.program import StartError

    set_up_logs(for_people=sys.stderr.isatty())
    try:
        asyncio.run(run_bot(settings, tell))
    except StartError as fault:
        raise fail(str(fault)) from None


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
    from tipbot.program import StartError

    set_up_logs(for_people=True)
    try:
        asyncio.run(run_demo(port, open_browser=open_browser, say=tell))
    except StartError as fault:
        raise fail(str(fault)) from None


@tips_program.command("check")
def tips_check(
    folder: Annotated[
        Path | None, typer.Argument(help="The library; the set one if left out.")
    ] = None,
) -> None:
    """Check the form of every tip and card: ids, sources, lengths, markup, reading grade."""
    from tipbot.library.check import check_folder

    where = folder or _settings().tips
    faults = check_folder(where)
    for fault in faults:
        err.print(str(fault), markup=False, highlight=False)
    if faults:
        err.print(f"{where}: {len(faults)} fault(s)", markup=False, highlight=False)
        raise typer.Exit(code=1)
    tell(f"{where}: no faults")


def main() -> None:
    """Run the command line."""
    program()
