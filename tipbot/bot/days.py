"""Which day a diary ends on."""

from datetime import date
from zoneinfo import ZoneInfo

from tipbot.bot.visit import Visit
from tipbot.core.instants import ONE_DAY, date_at
from tipbot.core.model import Subscriber


async def last_day(visit: Visit, person: Subscriber) -> date:
    """Return today's local date, or the next where it has an entry already.

    Whoever travelled west may have logged a day that has not begun where they are now.
    """
    today = date_at(visit.now, ZoneInfo(person.zone))
    ahead = today + ONE_DAY
    return ahead if await visit.store.count_check_ins(visit.who, ahead, ahead) else today
