"""Who the bot is, and what it says about itself."""

from __future__ import annotations

from tipbot.sandbox.api import Api, Method
from tipbot.sandbox.errors import Json, bad_request, refuse
from tipbot.sandbox.forms import Form
from tipbot.sandbox.profile import check_language, read_commands, scope_key


async def get_me(api: Api, form: Form) -> Json:  # noqa: ARG001  every method has this form
    """Return the bot."""
    return api.world.bot


async def confirm(api: Api, form: Form) -> bool:  # noqa: ARG001  every method has this form
    """Answer logOut and close: the sandbox has no other server to leave."""
    return True


def _key(form: Form) -> tuple[str, str]:
    scope = scope_key(form.parsed("scope", "Can't parse BotCommandScope JSON object"))
    return scope, check_language(form.text("language_code"))


async def set_my_commands(api: Api, form: Form) -> bool:
    """Set the command menu of a scope and language."""
    given = form.parsed("commands", "Can't parse commands JSON object")
    commands = read_commands([] if given is None else given)
    api.profile.commands[_key(form)] = commands
    api.hub.tell("commands")
    return True


async def get_my_commands(api: Api, form: Form) -> list[Json]:
    """Return the command menu of a scope and language."""
    return api.profile.commands.get(_key(form), [])


async def delete_my_commands(api: Api, form: Form) -> bool:
    """Forget the command menu of a scope and language."""
    api.profile.commands.pop(_key(form), None)
    api.hub.tell("commands")
    return True


def _setter(name: str) -> Method:
    async def set_text(api: Api, form: Form) -> bool:
        language = check_language(form.text("language_code"))
        api.profile.set_text(name, language, form.text(name))
        api.hub.tell("profile")
        return True

    return set_text


def _getter(name: str) -> Method:
    async def get_text(api: Api, form: Form) -> Json:
        text = api.profile.text(name, check_language(form.text("language_code")))
        return {name: text or (api.world.bot["first_name"] if name == "name" else "")}

    return get_text


async def set_chat_menu_button(api: Api, form: Form) -> bool:
    """Set the menu button of one private chat, or of all."""
    value = form.parsed("menu_button", "Can't parse menu button JSON object")
    button = _menu_button(value or {"type": "default"})
    if form.has("chat_id"):
        api.chat(form).menu_button = button
    else:
        api.profile.menu_button = {"type": "commands"} if button["type"] == "default" else button
    api.hub.tell("commands")
    return True


def _menu_button(value: object) -> Json:
    if not isinstance(value, dict):
        refuse("MenuButton must be an Object")
    if value.get("type") in {"default", "commands"}:
        return {"type": value["type"]}
    if value.get("type") == "web_app" and isinstance(value.get("web_app"), dict):
        return {"type": "web_app", "text": value.get("text", ""), "web_app": value["web_app"]}
    fault = "MenuButton has unsupported type"
    raise bad_request(fault)


async def get_chat_menu_button(api: Api, form: Form) -> Json:
    """Return the menu button of one private chat, or of all."""
    if form.has("chat_id"):
        return api.chat(form).menu_button or {"type": "default"}
    return api.profile.menu_button


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "logOut": confirm,
    "close": confirm,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
