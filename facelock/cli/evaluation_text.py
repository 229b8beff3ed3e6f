"""An evaluation as JSON values and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from facelock.core.levels import Level
from facelock.services.evaluation import Difference, Evaluation
from facelock.services.evaluation_figures import Figures, Interval

_NAMED = 5  # files named one by one in the text; JSON has all


def as_values(report: Evaluation) -> dict[str, object]:
    """Return the JSON object. A figure that the comparisons cannot tell is null."""
    return {
        "people": report.people,
        "images": report.images,
        "duplicates": len(report.duplicates),
        "not_detected": len(report.not_detected),
        **figure_values(report.figures),
        "levels": {
            level.value: {
                "distance": _short(one.distance),
                "margin_term": _short(one.margin_term),
                "fmr_term": _short(one.fmr_term),
                "fmr_term_stands_for": _short(one.fmr_term_stands_for),
                "bound": one.bound,
                "level_supported": one.level_supported,
            }
            for level, one in report.thresholds.items()
        },
        "undetected_as_non_match": _optional(report.undetected_as_non_match),
        "bare": _optional(report.bare),
        "difference": None if report.difference is None else difference_values(report.difference),
        "protocol": report.protocol,
        "network": report.treatment.networks[0],
        "model_sha256": report.model_sha256,
        "degrade": report.treatment.severity,
        "mirror": report.treatment.mirror,
        "seed": report.seed,
        "unreadable": [_shown(name) for name in report.unreadable],
        "undetected": [_shown(name) for name in report.not_detected],
        "probable_label_errors": [[_shown(name) for name in pair] for pair in report.label_doubts],
        "notes": list(report.notes),
    }


def figure_values(figures: Figures) -> dict[str, object]:
    """Return the figures of one network."""
    intervals = figures.intervals
    return {
        "mated": figures.mated,
        "non_mated": figures.non_mated,
        "eer": _short(figures.eer),
        "tmr_at_fmr": _shorts(figures.tmr_at_fmr),
        "threshold_distance": _shorts(figures.threshold_distance),
        "fnmr_at_level": _by_level(figures.fnmr_at_level),
        "fmr_at_level": _by_level(figures.fmr_at_level),
        "accuracy_10fold": _short(figures.accuracy),
        "accuracy_10fold_standard_error": _short(figures.accuracy_error),
        "intervals": {
            "eer": _pair(intervals.eer),
            "tmr_at_fmr": {name: _pair(one) for name, one in intervals.tmr_at_fmr.items()},
            "fnmr_at_level": _pairs(intervals.fnmr_at_level),
            "fmr_at_level": _pairs(intervals.fmr_at_level),
            "fnmr_at_level_clopper_pearson": _pairs(intervals.fnmr_at_level_exact),
            "fmr_at_level_clopper_pearson": _pairs(intervals.fmr_at_level_exact),
            "accuracy_10fold": _pair(intervals.accuracy),
        },
    }


def as_lines(report: Evaluation) -> Iterator[str]:
    """Yield the report as text."""
    treatment = report.treatment
    yield (
        f"{report.people:,} people, {report.images:,} pictures; without a detected face "
        f"{len(report.not_detected):,}; exact duplicates {len(report.duplicates):,}"
    )
    how = "every picture against every other" if report.protocol != "pairs" else "the given pairs"
    degraded = f", degraded at severity {treatment.severity}" if treatment.severity else ""
    mirrored = ", mean of image and mirror image" if treatment.mirror else ""
    yield f"{treatment.networks[0]} network, {how}{degraded}{mirrored}"
    yield from figure_lines(report.figures)
    for level, one in report.thresholds.items():
        unsupported = "" if one.level_supported else "; the calibration cannot carry the level"
        yield (
            f"  {level.value}: distance {one.distance:.3f}, the smaller of margin term "
            f"{one.margin_term:.3f} and FMR term {one.fmr_term:.3f}{unsupported}"
        )
    if report.undetected_as_non_match is not None and report.not_detected:
        yield ""
        yield "With undetected faces as non-matches"
        yield from figure_lines(report.undetected_as_non_match)
    if report.bare is not None and report.difference is not None:
        yield ""
        yield "The bare backbone on the same faces"
        yield from figure_lines(report.bare)
        yield ""
        yield from difference_lines(report.difference)
    yield from _remarks(report)


def figure_lines(figures: Figures) -> Iterator[str]:
    """Yield the figures of one network as text."""
    intervals = figures.intervals
    yield f"{figures.mated:,} mated and {figures.non_mated:,} non-mated comparisons"
    yield ""
    yield f"{'':22}{'':>10}  {'95 % interval':19} at distance"
    yield f"{'EER':22}{_rate(figures.eer)}  {_span(intervals.eer)}"
    for name, value in figures.tmr_at_fmr.items():
        distance = figures.threshold_distance[name]
        at = "" if distance is None else f"{distance:.3f}"
        span = _span(intervals.tmr_at_fmr[name])
        yield f"{'TMR at FMR ' + name:22}{_rate(value)}  {span:19} {at}".rstrip()
    if figures.accuracy is not None:
        span = _span(intervals.accuracy)
        yield f"{'accuracy over folds':22}{_rate(figures.accuracy)}  {span:19}".rstrip()
    for kind, rates, spans, exacts in (
        ("FNMR", figures.fnmr_at_level, intervals.fnmr_at_level, intervals.fnmr_at_level_exact),
        ("FMR", figures.fmr_at_level, intervals.fmr_at_level, intervals.fmr_at_level_exact),
    ):
        for level, value in rates.items():
            label = f"{kind} at {level.value}"
            yield (
                f"{label:22}{_rate(value)}  {_span(spans[level]):19} "
                f"Clopper-Pearson {_span(exacts[level])}"
            )


def difference_lines(difference: Difference) -> Iterator[str]:
    """Yield ours minus bare as text."""
    yield f"{'Ours minus bare':22}{'':>10}  paired 95 % interval"
    rows = [("EER", difference.eer, difference.eer_interval)]
    rows += [
        (f"TMR at FMR {name}", value, difference.tmr_intervals[name])
        for name, value in difference.tmr_at_fmr.items()
    ]
    if difference.accuracy is not None:
        rows.append(("accuracy over folds", difference.accuracy, difference.accuracy_interval))
    for label, value, span in rows:
        shown = "unknown" if value is None else f"{value:+.4f}"
        between = "" if span is None else f"{span[0]:+.4f} to {span[1]:+.4f}"
        yield f"{label:22}{shown:>10}  {between}".rstrip()


def _remarks(report: Evaluation) -> Iterator[str]:
    remarks = [*report.notes]
    remarks += [
        f"Probably a wrong label: {_shown(one)} and {_shown(other)} are the same picture, of two "
        "people."
        for one, other in report.label_doubts[:_NAMED]
    ]
    if (more := len(report.label_doubts) - _NAMED) > 0:
        remarks.append(f"{more} more such labels: see --json.")
    remarks += _named("Could not be read", report.unreadable)
    remarks += _named("No face was found", report.not_detected)
    if remarks:
        yield ""
    yield from remarks


def _named(what: str, names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"{what} ({len(names)}): {', '.join(map(_shown, names[:_NAMED]))}{more}."]


def difference_values(difference: Difference) -> dict[str, object]:
    """Return ours minus bare for JSON."""
    return {
        "eer": _short(difference.eer),
        "tmr_at_fmr": _shorts(difference.tmr_at_fmr),
        "accuracy_10fold": _short(difference.accuracy),
        "intervals": {
            "eer": _pair(difference.eer_interval),
            "tmr_at_fmr": {name: _pair(one) for name, one in difference.tmr_intervals.items()},
            "accuracy_10fold": _pair(difference.accuracy_interval),
        },
    }


def _shown(name: str) -> str:
    """Return a file name that can be printed: it may hold anything, commands to a terminal too."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )


def _optional(figures: Figures | None) -> dict[str, object] | None:
    return None if figures is None else figure_values(figures)


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")


def _shorts(values: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: _short(value) for name, value in values.items()}


def _by_level(values: Mapping[Level, float | None]) -> dict[str, float | None]:
    return {level.value: _short(value) for level, value in values.items()}


def _pair(interval: Interval) -> list[float | None] | None:
    return None if interval is None else [_short(interval[0]), _short(interval[1])]


def _pairs(intervals: Mapping[Level, Interval]) -> dict[str, list[float | None] | None]:
    return {level.value: _pair(one) for level, one in intervals.items()}


def _rate(value: float | None) -> str:
    if value is None:
        return f"{'unknown':>10}"
    return f"{value:10.4f}" if value >= 1e-3 or value == 0 else f"{value:10.1e}"


def _span(interval: Interval) -> str:
    return "" if interval is None else " to ".join(_rate(end).strip() for end in interval)
