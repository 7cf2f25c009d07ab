from pathlib import Path
from typing import Any

import pytest

from tipbot.clock import system_clock
from tipbot.settings import OWN_PATHS, SettingsError, load_settings
from tipbot.web.metrics import Metrics, metrics_route
from tipbot.web.server import health_routes

TOKEN = "123456:" + "a" * 35
NO_FILE = Path("no-such.env")


def test_defaults_are_those_of_the_documentation() -> None:
    settings = load_settings({}, NO_FILE)
    assert settings.token is None
    assert settings.database.get_secret_value() == "sqlite:///tipbot.db"
    assert settings.owners == frozenset()
    assert settings.listen_address == ("127.0.0.1", 8080)
    assert settings.rate == 30
    assert (settings.tips / "sources.yaml").is_file()


def test_owners_are_read_as_a_list_of_ids() -> None:
    assert load_settings({"TIPBOT_OWNERS": "1001, 1002"}, NO_FILE).owners == {1001, 1002}


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n")
    settings = load_settings({"TIPBOT_TOKEN_FILE": str(secret)}, NO_FILE)
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("TIPBOT_RATE=5\nTIPBOT_OWNERS=7\nOTHER=1\n")
    settings = load_settings({"TIPBOT_RATE": "9"}, env_file)
    assert settings.rate == 9
    assert settings.owners == {7}


def test_every_fault_is_named_at_once_and_no_secret_is_repeated() -> None:
    wrong = {
        "TIPBOT_TOKEN": "not-a-token-but-secret",
        "TIPBOT_DATABASE": "mysql://user:hunter2@host/x",
        "TIPBOT_OWNERS": "alice",
        "TIPBOT_API_URL": "telegram",
        "TIPBOT_RATE": "0",
        "TIPBOT_LISTEN": "8080",
        "TIPBOT_OWNER": "1",
        "TIPBOT_WEBHOOK_SECRET_FILE": "no-such-file",
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(wrong, NO_FILE)
    said = str(caught.value)
    for name in wrong:
        assert name in said
    assert "secret" not in said.replace("_SECRET", "")
    assert "hunter2" not in said


def test_a_secret_set_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="both set"):
        load_settings({"TIPBOT_TOKEN": TOKEN, "TIPBOT_TOKEN_FILE": str(tmp_path)}, NO_FILE)


def test_a_webhook_without_its_secret_is_refused() -> None:
    with pytest.raises(SettingsError, match="go together"):
        load_settings({"TIPBOT_WEBHOOK_URL": "https://bot.example"}, NO_FILE)


@pytest.mark.parametrize("secret", ["two words", "x" * 257, "café", "a\nb"])
def test_a_webhook_secret_that_telegram_would_refuse_is_refused(secret: str) -> None:
    own = {"TIPBOT_WEBHOOK_URL": "https://bot.example", "TIPBOT_WEBHOOK_SECRET": secret}
    with pytest.raises(SettingsError, match="TIPBOT_WEBHOOK_SECRET: give 1 to 256") as caught:
        load_settings(own, NO_FILE)
    assert secret not in str(caught.value)


def test_settings_never_show_a_secret() -> None:
    assert TOKEN not in repr(load_settings({"TIPBOT_TOKEN": TOKEN}, NO_FILE))


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("TIPBOT_TOKEN", "１２３４５６:" + "a" * 35, "copy the one"),  # noqa: RUF001 - not ASCII
        ("TIPBOT_OWNERS", "9" * 5000, "user ids"),
        ("TIPBOT_OWNERS", "9" * 30, "user ids"),
        ("TIPBOT_LISTEN", "127.0.0.1:²", "host:port"),
        ("TIPBOT_LISTEN", "127.0.0.1:" + "9" * 5000, "host:port"),
        ("TIPBOT_LISTEN", "127.0.0.1:99999", "host:port"),
        ("TIPBOT_LISTEN", "http://127.0.0.1:8080", "host:port"),
        ("TIPBOT_LISTEN", "a" * 64 + ":8080", "host:port"),
        ("TIPBOT_LISTEN", "bot..example:8080", "host:port"),
        ("TIPBOT_API_URL", "http://127.0.0.1:99999", "whole address"),
        ("TIPBOT_API_URL", "http://127.0.0.1:eighty", "whole address"),
        ("TIPBOT_API_URL", "http://[::1", "whole address"),
        ("TIPBOT_API_URL", "https://api.example?key=1", "whole address"),
        ("TIPBOT_WEBHOOK_URL", "https://bot.example:99999/u", "whole address"),
        ("TIPBOT_WEBHOOK_URL", "https://bot.example/{u", "whole address"),
        ("TIPBOT_WEBHOOK_URL", "https://bot.example/metrics", "give another path"),
        ("TIPBOT_WEBHOOK_URL", "https://bot.example/healthz/", "give another path"),
        ("TIPBOT_WEBHOOK_URL", "https://bot.example/read%79z?for=bot", "give another path"),
    ],
)
def test_what_could_only_fail_later_is_refused_with_its_mend(
    name: str, value: str, mend: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"TIPBOT_WEBHOOK_SECRET": "s", name: value}, NO_FILE)
    assert mend in next(line for line in str(caught.value).splitlines() if name in line)


@pytest.mark.parametrize("listen", ["0.0.0.0:8080", "[::1]:8080", "::1:8080", "localhost:0"])
def test_an_address_to_listen_on_may_be_a_name_or_of_either_version(listen: str) -> None:
    assert load_settings({"TIPBOT_LISTEN": listen}, NO_FILE).listen == listen


def test_no_path_that_the_bot_serves_by_itself_is_free_for_a_webhook() -> None:
    async def asked(*_: object) -> Any:
        raise NotImplementedError

    metrics = Metrics(version="1", database="sqlite")
    routes = [*health_routes(asked), metrics_route(metrics, asked, system_clock)]
    assert {each.path for each in routes} == set(OWN_PATHS)


def test_a_webhook_address_may_carry_a_port_and_a_query() -> None:
    url = "https://bot.example:8443/updates?for=tipbot"
    own = {"TIPBOT_WEBHOOK_URL": url, "TIPBOT_WEBHOOK_SECRET": "s"}
    assert load_settings(own, NO_FILE).webhook_url == url


def test_a_file_of_settings_that_cannot_be_read_is_a_fault_among_the_others(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"TIPBOT_OWNERS=\xff\n")
    with pytest.raises(SettingsError) as caught:
        load_settings({"TIPBOT_RATE": "0"}, env_file)
    assert f"{env_file}: it cannot be read (UnicodeDecodeError)" in str(caught.value)
    assert "TIPBOT_RATE" in str(caught.value)
