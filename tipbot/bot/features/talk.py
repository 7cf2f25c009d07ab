"""/help, and an answer to whatever the bot does not understand."""

from tipbot.bot.feature import Feature
from tipbot.bot.features import zone
from tipbot.bot.guards import role_of
from tipbot.bot.steps import ask_again
from tipbot.bot.views import View
from tipbot.bot.views.checkin import LogButton, log_rows
from tipbot.bot.visit import Visit
from tipbot.core.model import Stage
from tipbot.core.roles import Role

_LONGEST_COMMAND = 33
"""Characters of an unknown command that are said back: a slash and Telegram's longest name."""


async def show_help(visit: Visit) -> None:
    """List what the bot can do."""
    await visit.say(View(html=visit.text.html("help")))


async def unknown_command(visit: Visit, *, asked: bool = False) -> None:
    """Say that there is no such command; a question that is open stays so.

    ``asked``: typed words are waited for, so these may be meant as an answer.
    """
    said = (visit.message.text if visit.message else None) or ""
    command = said.split(maxsplit=1)[0][:_LONGEST_COMMAND] if said.strip() else ""
    key = "slash-words" if asked else "unknown-command"
    await visit.say(View(html=visit.text.html(key, command=command)))


async def not_an_answer(visit: Visit, *, file: bool) -> None:
    """Ask for typed words, or a ``file``, where a question is open and something else came."""
    await visit.say(View(html=visit.text.html("send-file" if file else "type-it")))


async def unasked(visit: Visit) -> None:
    """Answer words, pictures or sounds that no question waits for.

    Before onboarding is through a question is always open: typed words may be its answer. Owners
    and editors who are no subscribers never asked for onboarding.
    """
    said = visit.message.text if visit.message else None
    if visit.person is not None and visit.person.stage is Stage.DONE:
        key = "unknown-words" if said else "unknown-kind"
        log = log_rows(visit.text, LogButton())
        await visit.say(View(html=visit.text.html(key), keyboard=log))
    elif visit.person is not None and visit.person.stage is Stage.ZONE and said:
        await zone.typed(visit, said)
    elif visit.person is None and await role_of(visit) is not Role.ANYONE:
        await visit.say(View(html=visit.text.html("staff-unasked")))
    else:
        await ask_again(visit)


FEATURE = Feature(commands={"help": show_help})
