"""What a person reads about their data: the file that holds it, and its removal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.archive import AS_TABLES
from tipbot.bot.buttons.privacy import DeleteMe
from tipbot.bot.views import Button, View
from tipbot.core.holdings import DELETE_WITHIN, RECORDS_KEPT, Holding
from tipbot.core.instants import date_at
from tipbot.texts import Text


def readme(text: Text, zone: str, now: datetime) -> str:
    """Return what stands beside the files of an export: what each is, and how to read it."""
    head = text.plain(
        "export-readme",
        day=text.date(date_at(now, ZoneInfo(zone))),
        time=text.moment(now, zone),
        zone=zone,
        days=RECORDS_KEPT.days,
    )
    files = [_file(text, kind) for kind in Holding]
    foot = text.plain("export-readme-foot")
    return "\r\n".join([*head.splitlines(), "", *files, "", *foot.splitlines(), ""])


def _file(text: Text, kind: Holding) -> str:
    names = f"{kind}.json, {kind}.csv" if kind in AS_TABLES else f"{kind}.json"
    return f"{names}: {text.plain(f'holding-{kind}')}"


def delete_view(text: Text, zone: str, now: datetime, *, staff: bool = False) -> View:
    """Ask once; the button tells when it was made, so that it expires by itself.

    Someone who is or was of the ``staff`` is told what becomes of that.
    """
    html = text.html("delete-ask", time=text.moment(now + DELETE_WITHIN, zone))
    if staff:
        html = f"{html}\n\n{text.html('delete-staff')}"
    button = Button(text.plain("delete-button"), DeleteMe(int(now.timestamp())))
    return View(html=html, keyboard=((button,),))
