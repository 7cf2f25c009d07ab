"""Throw updates at the bot as atheris finds them: ``python -m tests.fuzz [-max_total_time=600]``.

Bytes that led somewhere new are kept in the folder that is named, for the next run; the arguments
are those of libFuzzer. Wants ``pip install "tipbot[fuzz]"``.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["tipbot.bot", "tipbot.core", "telegram.ext.filters"]):
    from tests.fuzz.stage import ALICE, BOB, EVERYBODY, STRANGER, Stage, prepare

_CASTS = ((ALICE, STRANGER), (STRANGER,), (ALICE, BOB, STRANGER), EVERYBODY)
_LONGEST = 4096
"""Bytes that steer one run."""


def main() -> None:
    """Throw until told to stop; raise AssertionError for the first thing that is wrong."""
    with TemporaryDirectory() as folder:
        template = asyncio.run(prepare(Path(folder) / "template.db"))

        def once(content: bytes) -> None:
            cast = _CASTS[content[0] % len(_CASTS)] if content else EVERYBODY
            stage = Stage(template, Path(folder) / "run.db", cast)
            asyncio.run(stage.play(content[1:], lambda maker: maker.some(6)))
            if stage.wrongs:
                raise AssertionError("\n".join(stage.wrongs))

        atheris.Setup([*sys.argv, f"-max_len={_LONGEST}", "-len_control=0"], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
