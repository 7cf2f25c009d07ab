"""The process that draws, compares and sets reports, from standard input to output.

It takes one request at a time and ends when its input is closed. A request that fails is answered
with the kind of its fault.
"""

import os
import sys
from contextlib import suppress
from typing import BinaryIO

from tipbot.core.charts import Comparison
from tipbot.core.pages import Page
from tipbot.render.wire import Header, Request, pack_findings, pack_header, read_request

_YIELDING = 19
"""The most steps that a process can step back."""


def answer(request: Request) -> bytes:
    """Return the PNG of a chart, the findings of a comparison, or a report as PDF."""
    if isinstance(request, Comparison):
        from tipbot.render.compare import compare  # noqa: PLC0415 - SciPy only where it is needed

        return pack_findings(compare(request))
    if isinstance(request, Page):
        from tipbot.render.pdf import pdf  # noqa: PLC0415 - fpdf2 only where it is needed

        return pdf(request)
    from tipbot.render.draw import draw  # noqa: PLC0415 - matplotlib only where it is needed

    return draw(request)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer line by line until the input ends."""
    for line in iter(requests.readline, b""):
        try:
            body, header = answer(read_request(line)), None
        except Exception as fault:  # noqa: BLE001 - one request's fault is no other's
            body, header = b"", Header(0, type(fault).__name__)
        answers.write(pack_header(header or Header(len(body))) + body)
        answers.flush()


def step_back() -> None:
    """Let the bot have the processor whenever it wants it: a tap then waits for no chart.

    As nice as can be, and no class below that: on a machine that is never idle, charts still come.
    """
    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(_YIELDING)


def main() -> None:
    """Serve the pool that started this process."""
    step_back()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
