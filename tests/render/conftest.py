import pytest
from matplotlib.figure import Figure

from tipbot.render import cycles, draw, figures


@pytest.fixture(name="figures")
def drawn_figures(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Return the pictures as they were before they became pixels."""
    seen: list[Figure] = []

    def keep(figure: Figure) -> bytes:
        seen.append(figure)
        return b""

    for module in (draw, cycles, figures):
        monkeypatch.setattr(module, "png", keep)
    return seen
