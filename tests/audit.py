"""Looks every pinned dependency up among the known faults: ``python -m tests.audit``.

pip-audit calls it clean when its database answered nothing at all; here that is told apart. Wants
``pip install "tipbot[audit]"`` and a network on which https://pypi.org can be reached.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PINS = Path(__file__).parents[1] / "constraints.txt"
UNREACHED = "skipped: the database of known faults cannot be reached from here"


def verdict(found: Mapping[str, Any]) -> tuple[int, str]:
    """Return the exit code and what to say of pip-audit's answer in JSON."""
    everything: Sequence[Mapping[str, Any]] = found["dependencies"]
    looked_up = [each for each in everything if "skip_reason" not in each]
    faults = list(_faults(looked_up))
    if faults:
        return 1, "\n".join(faults)
    if not looked_up:
        return 0, UNREACHED
    unknown = sorted(each["name"] for each in everything if "skip_reason" in each)
    left = f"; not looked up: {', '.join(unknown)}" if unknown else ""
    return 0, f"no known fault in {len(looked_up)} of {len(everything)} dependencies{left}"


def _faults(looked_up: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in looked_up:
        for fault in each["vulns"]:
            mend = ", ".join(fault["fix_versions"]) or "none yet"
            yield f"{each['name']} {each['version']}: {fault['id']} (mended in: {mend})"


def main() -> int:
    """Print what is known; return 1 for a fault."""
    asked = ["--requirement", str(PINS), "--no-deps", "--disable-pip", "--format", "json"]
    run = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "pip_audit", *asked], capture_output=True, text=True, check=False
    )
    # It ends with 1 both for a fault, which is in its answer, and for a network that is away.
    code, said = verdict(json.loads(run.stdout)) if run.stdout else (0, UNREACHED)
    if not run.stdout and "No module named" in run.stderr:
        code, said = 2, 'pip-audit is not installed: pip install "tipbot[audit]"'
    sys.stdout.write(f"{said}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
