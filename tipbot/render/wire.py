"""What goes over the pipe: a request as one line of JSON; a header line and bytes as the answer."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from tipbot.core.charts import Chart, Comparison, Findings
from tipbot.core.pages import Page

Request = Chart | Comparison | Page


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of an answer: how many bytes follow, and what failed if none do."""

    size: int
    fault: str = ""


_REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
_FINDINGS: TypeAdapter[Findings] = TypeAdapter(Findings)
_HEADER: TypeAdapter[Header] = TypeAdapter(Header)


def pack_request(request: Request) -> bytes:
    """Return a request as one line; equal requests are equal lines."""
    return _REQUEST.dump_json(request) + b"\n"


def read_request(line: bytes) -> Request:
    """Return the request of a line; ValueError if it is none."""
    return _REQUEST.validate_json(line)


def pack_header(header: Header) -> bytes:
    """Return a header as one line."""
    return _HEADER.dump_json(header) + b"\n"


def read_header(line: bytes) -> Header:
    """Return the header of a line; ValueError if it is none."""
    return _HEADER.validate_json(line)


def pack_findings(findings: Findings) -> bytes:
    """Return findings as bytes."""
    return _FINDINGS.dump_json(findings)


def read_findings(body: bytes) -> Findings:
    """Return the findings of such bytes; ValueError if they are none."""
    return _FINDINGS.validate_json(body)
