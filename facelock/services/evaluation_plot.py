"""Draws an evaluation: the DET curve and the score histograms, as SVG, PNG or PDF.

matplotlib is imported here only, when a plot was asked for. It gets a temporary folder for its
cache, so that nothing is written to the user's home, and none of the user's own settings.
"""

from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.errors import EvaluationError
from facelock.core.score_curve import STEP, ScoreCurve
from facelock.services.evaluation_figures import Figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from facelock.services.evaluation import Evaluation

SUFFIXES = (".svg", ".png", ".pdf")
# Okabe and Ito (2008): told apart with any kind of colour vision; line styles differ as well.
_BLUE, _ORANGE, _GREY = "#0072B2", "#D55E00", "#4D4D4D"
_BIN = 0.025  # squared distance, of the histograms


def check_plot(path: Path) -> None:
    """Raise EvaluationError if no plot could be written there: before the work, not after it."""
    if path.suffix.lower() not in SUFFIXES:
        raise EvaluationError(f"a plot is written as {', '.join(SUFFIXES)}, and not to {path.name}")
    existed = path.exists()
    try:
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written") from error


def write_plot(report: Evaluation, path: Path) -> None:
    """Draw the report. Raises EvaluationError if the file cannot be written any more."""
    with _without_traces():
        picture = _draw(report, path.suffix.lower().removeprefix("."))
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written") from error


@contextmanager
def _without_traces() -> Iterator[None]:
    """Let matplotlib keep its cache in a folder that is gone afterwards."""
    # It tells of building its font cache, if that takes long: nothing a reader can act upon.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    before = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory(prefix="facelock-plot-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = before


def _draw(report: Evaluation, kind: str) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    picture = io.BytesIO()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "facelock"  # the same report, the same bytes
        mpl.rcParams["font.family"] = "DejaVu Sans"  # comes with matplotlib
        mpl.rcParams["hatch.color"] = _ORANGE
        mpl.rcParams["hatch.linewidth"] = 0.5
        figure = Figure(figsize=(11.5, 5.6), dpi=130, layout="constrained")
        figure.suptitle(_title(report), fontsize=11)
        left, right = figure.subplots(1, 2)
        _det(left, report)
        _histograms(right, report)
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
        figure.savefig(picture, format=kind, metadata=metadata)
    return picture.getvalue()


def _title(report: Evaluation) -> str:
    treatment = report.treatment
    degraded = f", degraded at severity {treatment.severity}" if treatment.severity else ""
    mirrored = ", with mirror image" if treatment.mirror else ""
    return (
        f"Facelock, {treatment.networks[0]} network{degraded}{mirrored}\n"
        f"{report.people:,} people, {report.images:,} pictures "
        f"({len(report.not_detected):,} without a detected face); {report.figures.mated:,} mated "
        f"and {report.figures.non_mated:,} non-mated comparisons"
    )


def _det(axes: Axes, report: Evaluation) -> None:
    """FNMR over FMR, both logarithmic, with the interval of the people."""
    named: list[tuple[str, Figures]] = [(report.treatment.networks[0], report.figures)]
    if report.bare is not None:
        named.append(("bare", report.bare))
    rates = np.concatenate([figures.curves.det_fnmr for _, figures in named])
    smallest = float(rates[rates > 0].min(initial=0.5))
    axes.set(
        xscale="log",
        yscale="log",
        xlim=(report.figures.curves.det_fmr[0], 0.5),
        ylim=(10 ** np.floor(np.log10(smallest) - 0.2), 1),
        xlabel="FMR: strangers who match",
        ylabel="FNMR: the same person, and no match",
        title="DET curve",
    )
    for (name, figures), colour, style in zip(named, (_BLUE, _ORANGE), ("-", "--"), strict=False):
        curves = figures.curves
        axes.plot(curves.det_fmr, curves.det_fnmr, style, color=colour, label=name)
        if curves.det_band is not None:
            low, high = curves.det_band
            axes.fill_between(
                curves.det_fmr, low, high, color=colour, alpha=0.18, label="95 %, over people"
            )
    _mark_rates(axes, report.figures)
    if np.any(rates > 0):
        span = axes.get_xlim()
        axes.plot(span, span, color=_GREY, linewidth=0.8, linestyle=":", label="equal error")
    else:
        unknown = "FNMR is 0 throughout" if np.any(rates == 0) else "nothing is known of FNMR"
        axes.text(0.5, 0.5, unknown, transform=axes.transAxes, ha="center", color=_GREY)
    axes.grid(visible=True, which="major", color="#D9D9D9", linewidth=0.7)
    axes.legend(loc="upper right", fontsize=8, framealpha=0.95)


def _mark_rates(axes: Axes, figures: Figures) -> None:
    """Mark the FMRs of the table on the curve, with the FNMR there."""
    for name, tmr in figures.tmr_at_fmr.items():
        if tmr is None or tmr >= 1:
            continue
        rate = float(name)
        axes.plot([rate], [1 - tmr], "o", color=_BLUE, markersize=5)
        axes.annotate(
            f"{1 - tmr:.2%} at {name}",
            (rate, 1 - tmr),
            xytext=(5, 6),
            textcoords="offset points",
            fontsize=8,
            color="black",
        )


def _histograms(axes: Axes, report: Evaluation) -> None:
    """Shares of comparisons by distance, logarithmic: what matters is in the tails."""
    figures = report.figures
    edges = np.arange(0, 4 + _BIN / 2, _BIN)
    kinds = (
        (figures.curves.mated, _BLUE, "", "mated: one person"),
        (figures.curves.non_mated, _ORANGE, "///", "non-mated: two people"),
    )
    shares = {name: _shares(curve, edges) for curve, *_, name in kinds if curve.total > 0}
    smallest = min(float(share[share > 0].min(initial=1.0)) for share in shares.values())
    axes.set(
        yscale="log",
        ylim=(smallest / 2, 10),
        xlim=(0, max(_upper_end(figures), 2.0)),
        xlabel="squared distance of the two embeddings",
        ylabel=f"share of comparisons per {_BIN:g}",
        title="Scores and thresholds",
    )
    for _, colour, hatch, name in kinds:
        if name in shares:
            axes.stairs(shares[name], edges, color=colour, fill=True, alpha=0.25, hatch=hatch)
            axes.stairs(shares[name], edges, color=colour, linewidth=1.3, label=name)
    _mark_thresholds(axes, report)
    axes.legend(loc="upper right", fontsize=8, framealpha=0.95)


def _shares(
    curve: ScoreCurve, edges: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    within = np.array([curve.within(round(edge / STEP)) for edge in edges])
    within[0] = 0.0  # equal faces belong to the first bin
    return np.diff(within) / curve.total


def _upper_end(figures: Figures) -> float:
    """Return the distance within which all but a few comparisons lie."""
    curve = figures.curves.non_mated if figures.non_mated else figures.curves.mated
    return float(curve.largest_keeping(np.array([0.9999]))[0] * STEP) + 0.1


def _mark_thresholds(axes: Axes, report: Evaluation) -> None:
    """Draw the thresholds: those of the levels, and those of the table's FMRs."""
    by_place: dict[float, list[str]] = {}
    for level, one in report.thresholds.items():
        by_place.setdefault(round(one.distance, 3), []).append(level.value)
    for place, names in by_place.items():
        axes.axvline(place, color="black", linewidth=1.4)
        _label(
            axes, place, ", ".join(names) if len(names) < 3 else "all levels", "black", at_top=False
        )
    for name, distance in report.figures.threshold_distance.items():
        if distance:
            axes.axvline(distance, color=_GREY, linewidth=0.9, linestyle="--")
            _label(axes, distance, f"FMR {name}", _GREY, at_top=True)


def _label(axes: Axes, place: float, text: str, colour: str, *, at_top: bool) -> None:
    axes.annotate(
        text,
        (place, 0.98 if at_top else 0.02),
        xycoords=("data", "axes fraction"),
        xytext=(-3, 0),
        textcoords="offset points",
        rotation=90,
        ha="right",
        va="top" if at_top else "bottom",
        fontsize=8,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
    )
