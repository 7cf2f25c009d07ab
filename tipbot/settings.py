"""The program's settings: read once, checked all together, frozen."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "TIPBOT_"
SECRETS = ("TIPBOT_TOKEN", "TIPBOT_DATABASE", "TIPBOT_WEBHOOK_SECRET")
"""Settings that may also come from a file named by NAME_FILE."""
_SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as the secret of a webhook (``setWebhook``, ``secret_token``)."""
TOKEN_FORM = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_LARGEST_SECRET = 64 * 1024
_USER_ID = re.compile(r"[0-9]{1,16}")
_ADDRESS = re.compile(r"(\[[^\s/\[\]]+\]|[^\s/\[\]]+):([0-9]{1,5})")
_NO_URL = re.compile(r"[^\x21-\x7e]|[{}]")
"""What no address holds as it is; the web server would take braces for a pattern."""
_URL_MEND = (
    "give a whole address such as https://bot.example.org:8443, without spaces, accents or braces"
)

OWN_PATHS = ("/healthz", "/readyz", "/metrics")
"""What the bot serves for whoever watches it; no update is taken there."""


class SettingsError(Exception):
    """One or more settings are wrong; the message lists every fault with its mend."""


class Settings(BaseSettings):
    """What an owner can set; names and defaults are those of the README's table."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    token: SecretStr | None = None
    database: SecretStr = SecretStr("sqlite:///tipbot.db")
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    api_url: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    rate: Annotated[float, Field(ge=1, le=1000)] = 30
    tips: Path = Path(__file__).resolve().parent.parent / "tips"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from the caller alone: ``load_settings`` has gathered them."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @field_validator("owners", mode="before")
    @classmethod
    def _split_owners(cls, value: Any) -> Any:
        """Read ``1, 2`` as user ids."""
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(_USER_ID.fullmatch(part) and 0 < int(part) < 2**52 for part in parts):
            message = "give Telegram user ids separated by commas, such as 1001,1002"
            raise ValueError(message)
        return frozenset(int(part) for part in parts)

    @field_validator("token")
    @classmethod
    def _check_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN_FORM.fullmatch(value.get_secret_value()):
            message = "this is no bot token; copy the one that @BotFather gave you, digits:letters"
            raise ValueError(message)
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _check_webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET_FORM.fullmatch(value.get_secret_value()):
            message = "give 1 to 256 of the letters A to Z and a to z, digits, _ and -"
            raise ValueError(message)
        return value

    @field_validator("database")
    @classmethod
    def _check_database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if not re.match(r"(sqlite:///.+|postgres(ql)?://.+)", url):
            message = "give sqlite:///path/to/file.db or postgresql://user@host/name"
            raise ValueError(message)
        return value

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _check_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _is_url(value):
            raise ValueError(_URL_MEND)
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook_path(cls, value: str | None) -> str | None:
        path = unquote(urlsplit(value or "").path).rstrip("/")
        if path in OWN_PATHS:
            other = "give another path, such as https://bot.example.org/updates"
            message = f"at {path} the bot answers whoever watches it; {other}"
            raise ValueError(message)
        return value

    @field_validator("api_url")
    @classmethod
    def _check_api_url(cls, value: str) -> str:
        if "?" in value or "#" in value:
            message = "give a whole address without ? and #: the names of methods are put behind it"
            raise ValueError(message)
        return value

    @field_validator("listen")
    @classmethod
    def _check_listen(cls, value: str) -> str:
        found = _ADDRESS.fullmatch(value)
        if not found or not _is_host(found[1]) or int(found[2]) > 65535:
            message = "give host:port, such as 127.0.0.1:8080"
            raise ValueError(message)
        return value

    @property
    def database_kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return "sqlite" if self.database.get_secret_value().startswith("sqlite") else "postgresql"

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port of ``listen``."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


def _is_url(value: str) -> bool:
    """Tell whether a text is the address of a web server."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for one that is none
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not _NO_URL.search(value)


def _is_host(name: str) -> bool:
    """Tell whether a name is one that can be looked up: empty or very long parts cannot."""
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True


def _from_file(name: str, path: str, faults: list[str]) -> str | None:
    """Read a secret from a file; note a fault without showing what is in it."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            return file.read(_LARGEST_SECRET).strip()
    except (OSError, UnicodeDecodeError) as fault:
        said = f"{path} cannot be read ({type(fault).__name__})"
        faults.append(f"{name}_FILE: {said}; see that it is there, and may be read by this user")
        return None


def _gathered(env: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    """Collect our settings by lower-case name; a secret's file stands in for it."""
    found = {name: value for name, value in env.items() if name.startswith(PREFIX) and value}
    for name in SECRETS:
        path = found.pop(f"{name}_FILE", None)
        if path is None:
            continue
        if name in found:
            faults.append(f"{name} and {name}_FILE are both set; keep one of them")
        elif (secret := _from_file(name, path, faults)) is not None:
            found[name] = secret
    known = set(Settings.model_fields)
    for name in sorted(found):
        if name.removeprefix(PREFIX).lower() not in known:
            names = ", ".join(sorted(PREFIX + k.upper() for k in known))
            faults.append(f"{name}: there is no such setting; there are {names}")
            del found[name]
    return {name.removeprefix(PREFIX).lower(): value for name, value in found.items()}


def _in_file(env_file: Path, faults: list[str]) -> dict[str, str]:
    """Read the names and values of ``.env``; note a fault without showing what is in it."""
    try:
        found = dotenv_values(env_file) if env_file.is_file() else {}
    except (OSError, UnicodeDecodeError) as fault:
        said = f"{env_file}: it cannot be read ({type(fault).__name__})"
        faults.append(f"{said}; see that it is a text in UTF-8, and may be read by this user")
        return {}
    return {name: value for name, value in found.items() if value}


def secret_files(env: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> list[Path]:
    """Return the files that hold a secret of the settings: ``.env`` if it does, and NAME_FILE."""
    in_file = _in_file(env_file, [])
    known = {**in_file, **(os.environ if env is None else env)}
    named = [Path(known[f"{name}_FILE"]) for name in SECRETS if known.get(f"{name}_FILE")]
    return [*([env_file] if in_file.keys() & set(SECRETS) else []), *named]


def load_settings(env: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Read the settings from the environment, then ``.env``.

    Raises ``SettingsError`` that names every fault at once and never repeats a secret.
    """
    faults: list[str] = []
    in_file = _in_file(env_file, faults)
    values = _gathered({**in_file, **(os.environ if env is None else env)}, faults)
    settings = None
    try:
        settings = Settings(**values)  # type: ignore[arg-type]  # pydantic reads each from text
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            name = PREFIX + str(fault["loc"][0]).upper()
            faults.append(f"{name}: {fault['msg'].removeprefix('Value error, ')}")
    if settings and bool(settings.webhook_url) != bool(settings.webhook_secret):
        faults.append("TIPBOT_WEBHOOK_URL and TIPBOT_WEBHOOK_SECRET go together: set both or none")
    if faults or settings is None:
        raise SettingsError("\n".join(f"- {fault}" for fault in faults))
    return settings
