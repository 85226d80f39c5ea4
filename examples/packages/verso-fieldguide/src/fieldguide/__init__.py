"""Species facts, plot styling and number formatting for a report on brush-tailed penguins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

__version__ = "1.2.0"
__all__ = ["INK", "MUTED", "PALETTE", "SPECIES", "Species", "number", "plus_minus", "summary_table", "use_style"]

#: Text and rules on a plot: near-black, and a grey that still reads well on white.
INK = "#20282c"
MUTED = "#566268"

_MINUS = "\N{MINUS SIGN}"
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Species:
    """One species, and how a plot shows it."""

    name: str
    latin: str
    colour: str
    marker: str
    note: str


#: The three species. Colours are from the Okabe-Ito set, the orange and green darkened for white paper;
#: every species also has a marker of its own, so that no plot depends on colour alone.
SPECIES: Mapping[str, Species] = {
    species.name: species
    for species in (
        Species("Adelie", "Pygoscelis adeliae", "#c75b12", "o", "the smallest, on every island of the survey"),
        Species("Chinstrap", "Pygoscelis antarcticus", "#8a4fa3", "^", "named for the dark line under its chin"),
        Species("Gentoo", "Pygoscelis papua", "#0b7285", "s", "the heaviest, with a long and shallow bill"),
    )
}

#: Species name to colour, in the form plotting libraries take.
PALETTE: Mapping[str, str] = {name: species.colour for name, species in SPECIES.items()}


def number(value: float, digits: int = 0, unit: Optional[str] = None) -> str:
    """A number for a sentence: grouped thousands, a true minus sign, the unit kept on the same line."""
    text = f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    text = text.replace("-", _MINUS)
    return f"{text}{_NBSP}{unit}" if unit else text


def plus_minus(mean: float, deviation: float, digits: int = 0) -> str:
    """A mean and its standard deviation, kept on one line."""
    return f"{number(mean, digits)}{_NBSP}±{_NBSP}{number(deviation, digits)}"


def summary_table(frame: Any, by: str, columns: Mapping[str, str], digits: int = 1) -> Any:
    """One row per group of a pandas data frame: its size, and mean ± standard deviation of each column.

    ``columns`` maps a column of ``frame`` to its heading. Columns whose means reach a thousand are
    shown without decimals.
    """
    groups = frame.groupby(by)
    table = groups.size().to_frame("Birds")
    for column, heading in columns.items():
        means, deviations = groups[column].mean(), groups[column].std()
        places = 0 if means.abs().max() >= 1000 else digits
        table[heading] = [plus_minus(mean, deviation, places) for mean, deviation in zip(means, deviations)]
    return table.rename_axis(index=None)


def use_style() -> None:
    """Give the plots that follow a quiet look; sizes and resolution are left as they are."""
    from matplotlib import rcParams

    rcParams.update(
        {
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "font.size": 10,
            "text.color": INK,
            "axes.edgecolor": MUTED,
            "axes.labelcolor": INK,
            "axes.axisbelow": True,
            "axes.grid": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 10.5,
            "axes.titleweight": "bold",
            "axes.titlepad": 10,
            "grid.color": "#e3e8e9",
            "grid.linewidth": 0.8,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
            "lines.linewidth": 2,
        }
    )
