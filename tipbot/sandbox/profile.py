"""What the bot says about itself: names, descriptions, commands and the menu button."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from tipbot.sandbox.errors import Json, refuse

MAX_COMMANDS = 100
"""Commands in one list (core.telegram.org/bots/api#setmycommands)."""
LENGTHS = {"name": 64, "description": 512, "short_description": 120}
"""Characters of each text (core.telegram.org/bots/api#setmydescription and neighbours)."""
_REFUSALS = {
    "name": "BOT_TITLE_INVALID",
    "description": "BOT_DESCRIPTION_TOO_LONG",
    "short_description": "BOT_SHORT_DESCRIPTION_TOO_LONG",
}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


@dataclass(slots=True)
class BotProfile:
    """The bot's public face, per language where Telegram keeps it so."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def set_text(self, name: str, language: str, text: str) -> None:
        """Keep a text; an empty one falls back to the default language's; raises 400 when long."""
        if len(text) > LENGTHS[name]:
            refuse(_REFUSALS[name])
        if name == "name" and not text.strip() and not language:
            refuse(_REFUSALS[name])
        if text:
            self.texts[name, language] = text
        else:
            self.texts.pop((name, language), None)

    def text(self, name: str, language: str) -> str:
        """Return the text for a language, or the default language's."""
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """Return the menu that a person sees in their private chat: the narrowest scope first."""
        scopes = [scope_key({"type": "chat", "chat_id": chat_id}), "all_private_chats", "default"]
        for scope in scopes:
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []


def check_language(code: str) -> str:
    """Return a language code as the bot's texts are kept by: two letters or none; raises 400."""
    if code and not _LANGUAGE.fullmatch(code):
        refuse("Invalid language code specified")
    return code


def scope_key(scope: object) -> str:
    """Return one text that stands for a BotCommandScope; raises 400 on a malformed one."""
    fault = "Can't parse BotCommandScope: "
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        refuse(fault + "BotCommandScope must be an Object")
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES | _CHAT_SCOPES:
        refuse(fault + "Unsupported type specified")
    if kind in _SCOPES:
        return kind
    chat_id = scope.get("chat_id")
    if chat_id is None:
        refuse(f'{fault}Can\'t find field "chat_id"')
    if not isinstance(chat_id, int | str):
        refuse(f'{fault}Field "chat_id" must be of type String')
    if chat_id == "":
        refuse(f"{fault}Empty chat_id specified")
    return json.dumps([kind, str(chat_id), scope.get("user_id", 0)])


def read_commands(items: object) -> list[Json]:
    """Read a list of BotCommand; raises 400 in Telegram's words."""
    if not isinstance(items, list):
        refuse("Expected an Array of BotCommand")
    if len(items) > MAX_COMMANDS:
        refuse("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in items]


def _command(item: object) -> Json:
    fault = "Can't parse BotCommand: "
    if not isinstance(item, dict):
        refuse(fault + "expected an Object")
    for name in ("command", "description"):
        if not isinstance(item.get(name), str):
            refuse(f'{fault}Can\'t find field "{name}"')
    command, description = item["command"].strip().removeprefix("/"), item["description"].strip()
    if not command:
        refuse("Command must be non-empty")
    if len(command) > 32:
        refuse("Command length must not exceed 32")
    if not _COMMAND.fullmatch(command):
        refuse("BOT_COMMAND_INVALID")
    if not description:
        refuse("Command description must be non-empty")
    if len(description) > 256:
        refuse("Command description length must not exceed 256")
    return {"command": command, "description": description}
