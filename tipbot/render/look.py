"""How charts look: one size for phones, a light and a dark theme, colours told apart by anyone.

The colours are those of Okabe and Ito (2008), made for people with colour blindness; whatever a
colour says, a shape, a hatch or a word says too.
"""

import io
from dataclasses import dataclass
from textwrap import fill

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

WIDTH, HEIGHT = 1080, 1080
"""Pixels: the width at which Telegram shows a photo sharply on most phones, and a square of it."""
_DPI = 150
SMALL, BASE, TITLE = 18.5, 20, 24
"""Points at 150 dpi: the smallest is 38 pixels high, 13 points on a phone 360 points wide."""
_TITLE_LINE, _LINE = 32, 42
"""Characters of a line of these sizes that fit beside each other, in any of the languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of a picture."""

    ground: str
    ink: str
    faint: str
    grid: str
    hatch: str
    one: str
    two: str
    three: str
    four: str
    levels: tuple[str, ...]
    """For strengths 0 to 4: from hardly there to strong, in one hue."""
    level_inks: tuple[str, ...]


LIGHT = Theme(
    ground="#ffffff",
    ink="#1b1f24",
    faint="#6b7480",
    grid="#dde2e8",
    hatch="#b4bdc7",
    one="#0072b2",
    two="#d55e00",
    three="#009e73",
    four="#8c939c",
    levels=("#ffffff", "#cfe5f5", "#8fc1e6", "#3d8fcb", "#004a78"),
    level_inks=("#1b1f24", "#1b1f24", "#1b1f24", "#ffffff", "#ffffff"),
)
DARK = Theme(
    ground="#17212b",
    ink="#f2f5f8",
    faint="#a3b0bd",
    grid="#33414f",
    hatch="#5d7085",
    one="#56b4e9",
    two="#e69f00",
    three="#3fcf9f",
    four="#8793a0",
    levels=("#17212b", "#1f4660", "#2a75a3", "#56b4e9", "#c4e6fa"),
    level_inks=("#f2f5f8", "#f2f5f8", "#ffffff", "#17212b", "#17212b"),
)
MISSING = "///"
"""The hatch of a day of which nothing is known."""
UNSAID = "...."
"""The hatch of a day that was logged, but not in this respect."""


def theme(*, dark: bool) -> Theme:
    """Return the theme that was asked for."""
    return DARK if dark else LIGHT


def new_figure(look: Theme, title: str) -> Figure:
    """Return an empty picture with its title."""
    layout = ConstrainedLayoutEngine(w_pad=0.16, h_pad=0.12)
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, layout=layout)
    FigureCanvasAgg(figure)
    figure.set_facecolor(look.ground)
    words = fill(_plain(title), _TITLE_LINE)
    figure.suptitle(words, fontsize=TITLE, color=look.ink, fontweight="bold")
    return figure


def dress(axes: Axes, look: Theme, label: str) -> None:
    """Give axes their colours, a heading in place of a turned label, and a light grid."""
    axes.set_facecolor(look.ground)
    words = fill(_plain(label), _LINE)
    axes.set_title(words, loc="left", x=0, fontsize=BASE, color=look.ink, pad=10)
    axes.tick_params(colors=look.ink, labelsize=SMALL, length=0, pad=6)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(look.faint)
    axes.set_axisbelow(True)


def count_axis(axes: Axes, look: Theme, most: float, *, across: bool = False) -> None:
    """Count from zero in whole numbers, with room above the greatest."""
    axis = axes.xaxis if across else axes.yaxis
    limits = (0, max(most, 1) * 1.15)
    (axes.set_xlim if across else axes.set_ylim)(*limits)
    axis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=1))
    axes.grid(visible=True, axis="x" if across else "y", color=look.grid, linewidth=1.2)


def legend(figure: Figure, handles: list[object], look: Theme, columns: int) -> None:
    """Explain the signs below the picture."""
    figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        labelcolor=look.ink,
        handlelength=1.4,
        handletextpad=0.4,
        columnspacing=1.0,
        labelspacing=0.35,
    )


def png(figure: Figure) -> bytes:
    """Return the picture as PNG, WIDTH by HEIGHT pixels, with nothing but the picture in it.

    The canvas draws it once; ``savefig`` goes through all of it twice.
    """
    out = io.BytesIO()
    with rc_context({"hatch.linewidth": 1.4}):
        canvas = FigureCanvasAgg(figure)
        canvas.print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call] # it has no types
    return out.getvalue()


def _plain(words: str) -> str:
    """Return words as they are: a dollar sign begins no formula."""
    return words.replace("$", r"\$").replace("\u202f", "\u00a0")


plain = _plain
