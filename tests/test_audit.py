"""What pip-audit answers is read for what it is."""

import re

from tests.audit import PINS, UNREACHED, verdict

CLEAN = {"name": "yarl", "version": "1.0", "vulns": []}
SKIPPED = {"name": "zipp", "skip_reason": "Dependency not found"}
FAULTY = {
    "name": "aiohttp",
    "version": "3.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


def test_a_known_fault_is_named_with_its_mend() -> None:
    assert verdict({"dependencies": [CLEAN, FAULTY, SKIPPED]}) == (
        1,
        "aiohttp 3.0: PYSEC-1 (mended in: 3.1)\naiohttp 3.0: PYSEC-2 (mended in: none yet)",
    )


def test_a_database_that_answered_nothing_is_not_called_clean() -> None:
    assert verdict({"dependencies": [SKIPPED, SKIPPED]}) == (0, UNREACHED)


def test_what_was_not_looked_up_is_named() -> None:
    assert verdict({"dependencies": [CLEAN, SKIPPED]}) == (
        0,
        "no known fault in 1 of 2 dependencies; not looked up: zipp",
    )


def test_every_dependency_is_pinned_to_one_version() -> None:
    pins = [line for line in PINS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
