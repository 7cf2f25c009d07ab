"""The plot of the documentation: how fast messages go out, and what each costs."""

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from tests.benchmarks.tables import Spread, Table

# Okabe and Ito's colours, apart for every kind of sight; the order of light and dark helps print.
_COLOURS = ("#999999", "#E69F00", "#56B4E9", "#0072B2", "#000000", "#009E73")
_HATCHES = ("", "//", "..", "", "", "\\\\")
_PANELS = (
    ("messages/s", "Messages a second (tipbot is set to 1,000)"),
    ("CPU µs each", "Processor time for each, µs"),
)


def draw(table: Table, path: Path) -> None:
    """Draw the table of speeds as bars, one group for each round trip."""
    mpl.rcParams |= {"svg.hashsalt": "tipbot", "font.size": 11, "svg.fonttype": "none"}
    trips = [*dict.fromkeys(str(row[0]) for row in table.rows)]
    names = [*dict.fromkeys(str(row[1]) for row in table.rows)]
    figure, panels = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
    for axes, (column, title) in zip(panels, _PANELS, strict=True):
        _bars(axes, table, table.columns.index(column), (trips, names))
        axes.set_title(title, loc="left")
        axes.set_xticks(range(len(trips)), [f"{trip} away" for trip in trips])
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", alpha=0.3)
        axes.set_axisbelow(True)
    figure.legend(
        *panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False
    )
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _bars(axes: Axes, table: Table, column: int, labels: tuple[list[str], list[str]]) -> None:
    trips, names = labels
    width = 0.82 / len(names)
    for number, name in enumerate(names):
        found = [row[column] for trip in trips for row in table.rows if row[:2] == (trip, name)]
        spreads = [each for each in found if isinstance(each, Spread)]
        heights = [each.middle for each in spreads]
        places = [at - 0.41 + width * (number + 0.5) for at in range(len(trips))]
        ends = (
            [each.middle - each.lowest for each in spreads],
            [each.highest - each.middle for each in spreads],
        )
        axes.bar(
            places,
            heights,
            width * 0.92,
            yerr=ends,
            label=name,
            color=_COLOURS[number % len(_COLOURS)],
            hatch=_HATCHES[number % len(_HATCHES)],
            edgecolor="white",
            error_kw={"elinewidth": 1, "ecolor": "#444444"},
        )
        for place, height, high in zip(places, heights, spreads, strict=True):
            axes.annotate(
                f"{height:,.0f}",
                (place, high.highest),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=7.5,
            )
