"""A stand-in for Telegram on this machine: a Bot API server, simulated people and a chat page.

It knows nothing of any bot: like Telegram, it speaks only the Bot API over HTTP.
"""

from tipbot.sandbox.driver import NothingCame, Person
from tipbot.sandbox.faults import Fault
from tipbot.sandbox.hooks import PanelAction, TimeControl
from tipbot.sandbox.people import ActionError
from tipbot.sandbox.sandbox import Sandbox
from tipbot.sandbox.world import DEFAULT_PEOPLE, Profile

__all__ = [
    "DEFAULT_PEOPLE",
    "ActionError",
    "Fault",
    "NothingCame",
    "PanelAction",
    "Person",
    "Profile",
    "Sandbox",
    "TimeControl",
]
