"""Docs, unit, dashboard and alerts speak of what is there: commands, settings, metrics, events."""

import configparser
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from tipbot.cli import program
from tipbot.core.model import DeliveryState
from tipbot.settings import PREFIX, SECRETS, Settings
from tipbot.web.metrics import Metrics

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "docs/deploy"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DEPLOYED = [DEPLOY / name for name in ("tipbot.service", "tipbot-backup.service", "Containerfile")]
TYPED = re.compile(r"(?:main\.py|bin/tipbot) ([a-z].*?)(?=&&|;|\||#|$)", re.MULTILINE)
"""A command and what follows it, as typed."""
READ_BY_TESTS = re.compile(rf'os\.environ\.get\("({PREFIX}[A-Z_]+)"')
TESTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py"))]
SUFFIXES = ("_total", "_bucket", "_sum", "_count")
OF_ANYBODY = {"job", "instance", "le"}


def code(page: Path) -> Iterator[str]:
    """Yield the code of a page: blocks with their continued lines joined, and spans."""
    text = page.read_text(encoding="utf-8")
    if page.suffix != ".md":
        yield text
        return
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    yield from (block.replace("\\\n", " ") for block in blocks)
    yield from re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )


def typed(page: Path) -> Iterator[list[str]]:
    for part in code(page):
        yield from (found.split() for found in TYPED.findall(part))


def wrong(words: list[str]) -> str:
    """Return what is wrong with a command as typed, or nothing."""
    command: Any = get_command(program)
    rest = words
    while rest and hasattr(command, "commands"):
        if rest[0] not in command.commands:
            return f"there is no command {' '.join(words)}"
        command, rest = command.commands[rest[0]], rest[1:]
    if hasattr(command, "commands"):
        return f"{' '.join(words)} is a group of commands"
    known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    odd = [word for word in rest if word.startswith("--") and word not in known]
    return f"{' '.join(words)}: there is no {odd[0]}" if odd else ""


@pytest.mark.parametrize("page", [*PAGES, *DEPLOYED], ids=lambda page: page.name)
def test_every_command_that_is_typed_exists(page: Path) -> None:
    assert [fault for words in typed(page) if (fault := wrong(words))] == []


def test_commands_are_found_and_wrong_ones_are_seen() -> None:
    found = {words[0] for page in (*PAGES, *DEPLOYED) for words in typed(page)}
    assert found >= {"run", "receive", "deliver", "demo", "doctor", "backup", "restore", "migrate"}
    assert wrong(["fly"])
    assert wrong(["tips", "fly"])
    assert wrong(["tips"])
    assert wrong(["backup", "--loud"])
    assert not wrong(["backup", "folder", "--keep", "3"])


@pytest.mark.parametrize(
    "page", [*PAGES, *DEPLOYED, *sorted(DEPLOY.glob("*.timer"))], ids=lambda page: page.name
)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    known |= {f"{name}_FILE" for name in SECRETS}
    known |= {name for test in TESTS for name in READ_BY_TESTS.findall(test)}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", page.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_place_that_is_linked_exists(page: Path) -> None:
    for link in re.findall(r"\]\(((?!https?:)[^)]+)\)", page.read_text(encoding="utf-8")):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        if anchor:
            heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in heads}


def metrics() -> dict[str, tuple[str, set[str]]]:
    """Return every family by its name as shown, with its kind and its labels."""
    found = {}
    for family in Metrics(version="1", database="sqlite").registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        collector_labels = {label for sample in family.samples for label in sample.labels}
        found[name] = (family.type, collector_labels)
    return found


def base(name: str) -> str:
    """Return the family of a name in a query."""
    known = metrics()
    if name in known:
        return name
    cut = next((name.removesuffix(end) for end in SUFFIXES if name.endswith(end)), name)
    return cut if known.get(cut, ("", set()))[0] == "histogram" else name


def queries() -> list[str]:
    """Return every query of the dashboard and the alerts."""
    board = json.loads((DEPLOY / "grafana.json").read_text())
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())
    return [
        *(target["expr"] for panel in board["panels"] for target in panel["targets"]),
        *(rule["expr"] for group in rules["groups"] for rule in group["rules"]),
    ]


def named(text: str) -> set[str]:
    return {base(name) for name in re.findall(r"\b(?:tipbot|process)_[a-z_]+\b", text)}


def test_docs_and_dashboard_name_every_metric_and_no_other() -> None:
    ours = {name for name in metrics() if name.startswith("tipbot_")}
    table = (ROOT / "docs/operations.md").read_text().partition("| metric |")[2]
    rows = re.findall(r"^\| `(tipbot_\w+)` \|", table, re.MULTILINE)
    board = named((DEPLOY / "grafana.json").read_text())
    assert len(ours) > 15
    assert set(rows) == ours
    assert board & {name for name in board if name.startswith("tipbot_")} == ours
    for text in [page.read_text() for page in PAGES] + queries():
        assert named(text) <= metrics().keys() | {"tipbot_backup"}, text


def test_the_documented_kinds_and_labels_hold() -> None:
    rows = re.findall(
        r"^\| `(tipbot_\w+)` \| (\w+)[^|]*?(?:by `(\w+)`)? \|",
        (ROOT / "docs/operations.md").read_text(),
        re.MULTILINE,
    )
    known = metrics()
    for name, kind, label in rows:
        assert known[name][0] == kind, name
        shown = known[name][1] - {"le"}
        if label and shown:
            assert shown == {label}, name


def test_queries_ask_for_labels_and_values_that_there_are() -> None:
    families = {
        f"{family.name}_total" if family.type == "counter" else family.name: family
        for family in Metrics(version="1", database="sqlite").registry.collect()
    }
    states = {"waiting", "sending", "unknown", *(state.value for state in DeliveryState)}
    asked = 0
    for query in queries():
        for name, inside in re.findall(r"\b((?:tipbot|process)_\w+)\{([^}]*)\}", query):
            for label, value in re.findall(r'(\w+)=~?"([^"]*)"', inside):
                asked += 1
                there = {
                    sample.labels[label]
                    for sample in families[base(name)].samples
                    if label in sample.labels
                }
                if label == "state":
                    there = states
                assert label in OF_ANYBODY or value in there, (name, label, value)
    assert asked > 20


def test_every_alert_says_its_mend() -> None:
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())
    for rule in (rule for group in rules["groups"] for rule in group["rules"]):
        assert {"summary", "mend"} <= rule["annotations"].keys()
        assert rule["labels"]["severity"] in {"warning", "critical"}
    for expr in queries():
        assert expr.count("(") == expr.count(")")
        assert expr.count("{") == expr.count("}")


def test_every_event_that_is_explained_is_logged() -> None:
    shown = (ROOT / "docs/operations.md").read_text().partition("| what you see |")[2]
    rows = re.findall(r"^\| (`.+?) \|", shown.partition("\n\n")[0], re.MULTILINE)
    events = {name for row in rows for name in re.findall(r"`([a-z]+_[a-z_]+|crashed)`", row)}
    source = "".join(path.read_text() for path in (ROOT / "tipbot").rglob("*.py"))
    assert len(events) > 6
    assert {event for event in events if f'"{event}"' not in source} == set()


def test_the_unit_starts_the_bot_as_its_own_user_with_the_token_in_a_file() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    unit.read(DEPLOY / "tipbot.service")
    service = unit["Service"]
    assert (service["User"], service["UMask"], service["NoNewPrivileges"]) == (
        "tipbot",
        "0077",
        "yes",
    )
    text = (DEPLOY / "tipbot.service").read_text()
    assert f"{PREFIX}TOKEN_FILE=%d/token" in text
    assert f"{PREFIX}TOKEN=" not in text
    assert int(service["TimeoutStopSec"]) > 40, "what is in flight has time to finish"
    assert service["RestartPreventExitStatus"] == "2"


def test_nothing_gets_into_the_image_that_was_not_named() -> None:
    copied = re.findall(
        r"^COPY (?!--from)(.+)$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE
    )
    names = [name for line in copied for name in line.split()[:-1]]
    assert names
    for name in names:
        assert (ROOT / name).exists(), name
    assert not {".", "./", "*"} & set(names)
