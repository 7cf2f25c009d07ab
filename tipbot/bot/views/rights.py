"""What a person reads about their data: the file that holds it, and its removal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.archive import AS_TABLES
from tipbot.bot.buttons import DeleteMe
from tipbot.bot.views import Button, View
from tipbot.core.holdings import DELETE_WITHIN, RECORDS_KEPT, Holding
from tipbot.core.instants import date_at
from tipbot.core.model import Subscriber
from tipbot.texts import Text


def readme(text: Text, person: Subscriber, now: datetime) -> str:
    """Return what stands beside the files of an export: what each is, and how to read it."""
    head = text.plain(
        "export-readme",
        day=text.date(date_at(now, ZoneInfo(person.zone))),
        time=text.moment(now, person.zone),
        zone=person.zone,
        days=RECORDS_KEPT.days,
    )
    files = [_file(text, kind) for kind in Holding]
    foot = text.plain("export-readme-foot")
    return "\r\n".join([*head.splitlines(), "", *files, "", *foot.splitlines(), ""])


def _file(text: Text, kind: Holding) -> str:
    names = f"{kind}.json, {kind}.csv" if kind in AS_TABLES else f"{kind}.json"
    return f"{names}: {text.plain(f'holding-{kind}')}"


def delete_view(text: Text, person: Subscriber, now: datetime) -> View:
    """Ask once; the button tells when it was made, so that it expires by itself."""
    until = text.moment(now + DELETE_WITHIN, person.zone)
    button = Button(text.plain("delete-button"), DeleteMe(int(now.timestamp())))
    return View(html=text.html("delete-ask", time=until), keyboard=((button,),))
