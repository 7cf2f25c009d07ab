"""The command that says whether the rate can carry all that falls due, and what to change."""

from typing import TYPE_CHECKING, Annotated

import typer

from tipbot.console import err, fail, out, settings_or_exit, tell
from tipbot.core.counting import counted

if TYPE_CHECKING:
    from tipbot.core.capacity import Forecast, Load, Remedy

_FREE = 30
"""Messages a second that Telegram allows without payment (its FAQ for bots)."""
_TOGETHER = (
    "--tips-a-day, --spread and --zones go with --subscribers: without it, the database says"
)


def capacity(
    *,
    subscribers: Annotated[int | None, typer.Option(help="Instead of the database.")] = None,
    tips_a_day: Annotated[
        int | None, typer.Option(help="Messages a person gets each day; 4.")
    ] = None,
    spread: Annotated[
        int | None, typer.Option(help="Minutes people's times differ by; 30.")
    ] = None,
    zones: Annotated[
        int | None, typer.Option(help="Time zones, equally full; 1, the worst.")
    ] = None,
    rate: Annotated[float | None, typer.Option(help="Messages a second; the set one.")] = None,
) -> None:
    """Say whether the rate carries all that falls due, and what to change; change nothing."""
    from tipbot.core.capacity import (
        HIGHEST_RATE,
        LOWEST_RATE,
        MOST_TIPS,
        day_of,
        forecast,
        remedies,
    )

    _require_range("--subscribers", subscribers, 0, 1_000_000_000)
    _require_range("--tips-a-day", tips_a_day, 1, MOST_TIPS)
    _require_range("--spread", spread, 1, 720)
    _require_range("--zones", zones, 1, 24)
    _require_range("--rate", rate, LOWEST_RATE, HIGHEST_RATE)
    if subscribers is None and (tips_a_day or spread or zones):
        raise fail(_TOGETHER)
    settings = settings_or_exit()
    rate = settings.rate if rate is None else rate
    if subscribers is None:
        load = _measured(settings.database.get_secret_value())
    else:
        load = day_of(subscribers, tips_a_day or 4, spread=spread or 30, zones=zones or 1)
        tell(f"From numbers: {counted(subscribers, 'subscriber')}, everybody on the same schedule.")
    seen = forecast(load, rate)
    _show(seen, rate)
    found = remedies(load, rate)
    for remedy, number in found:
        tell(f"- {_said(remedy, number, rate)}")
    if found:
        tell("More machines do not help: all of them share one rate, which is Telegram's.")
        raise typer.Exit(code=1)
    tell("Everything can be sent in time.")


def _require_range(option: str, value: float | None, low: int, high: int) -> None:
    if value is not None and not low <= value <= high:
        message = f"{option} is {low:,} to {high:,}, not {value:,}; nothing was worked out"
        raise fail(message)


def _measured(url: str) -> "Load":
    """Return a day as the database has it."""
    from tipbot.clock import system_clock
    from tipbot.upkeep.demand import demand, working_day
    from tipbot.upkeep.held import UpkeepError

    try:
        with err.status("looking"):
            found = demand(url, working_day(system_clock()))
    except UpkeepError as fault:
        raise fail(str(fault)) from None
    drawn = (
        f", worked out from {found.looked_at:,} of them" if found.looked_at < found.people else ""
    )
    people = counted(found.people, "person", "people")
    tell(f"From the database: {people} who can be reached{drawn}.")
    tell(f"The day is {found.day:%A %d %B %Y}; its minutes are in UTC.")
    return found.load


def _show(seen: "Forecast", rate: float) -> None:
    from rich.table import Table

    from tipbot.core.capacity import places

    table = Table(show_header=False)
    hour, minute = divmod(seen.busiest_minute, 60)
    share = 100 * seen.sent / max(1, 1440 * places(rate))
    rows = {
        "messages a day": f"{seen.due:,}",
        "rate": f"{rate:g} a second, of which 97 % is used: {places(rate):,} a minute",
        "busiest minute": f"{counted(seen.busiest, 'falls', 'fall')} due at {hour:02}:{minute:02}",
        "to send those alone": _span(60 * seen.busiest / places(rate)),
        "longest wait": _span(60 * seen.longest_wait) if seen.longest_wait else "under a minute",
        "longest queue": counted(seen.longest_queue, "message"),
        "at the limit": f"{seen.busy_minutes:,} of 1,440 minutes",
        "of the rate in use": f"{share:.0f} %",
        "sent in time": f"{seen.sent:,}",
        "would expire": f"{seen.lost:,}",
        **{f"  {topic}": f"{count:,}" for topic, count in sorted(seen.expired.items())},
    }
    for name, value in rows.items():
        table.add_row(name, value)
    out.print(table)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"


def _said(remedy: "Remedy", number: int, rate: float) -> str:
    from tipbot.core.capacity import Remedy

    if remedy is Remedy.RATE:
        paid = (
            ""
            if number <= _FREE
            else (
                f": more than {_FREE} a second needs Telegram's paid broadcasts"
                " (@BotFather, up to 1000 a second)"
            )
        )
        return f"Raise the rate (TIPBOT_RATE) to {number} or more{paid}."
    if remedy is Remedy.NO_RATE:
        return f"No rate is enough: even {number} a second leaves some to expire."
    if remedy is Remedy.SPREAD:
        wider = f"{number} minutes more (SPREAD in tipbot/core/presets.py, for newcomers)"
        return f"Or let people's times differ by {wider}: {rate:g} a second is enough then."
    return f"Or send {number} % fewer at all times: fewer tips a day, or to fewer people."
