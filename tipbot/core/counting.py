"""How many there are of something, for the English of the command line."""


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun: ``one`` for one of it, else ``more``, by itself with an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
