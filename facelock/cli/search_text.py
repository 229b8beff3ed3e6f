"""The 1:N part of `facelock bench`, as a table and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.services.benchmark_search import SearchBenchmark


def search_values(result: SearchBenchmark) -> dict[str, object]:
    """Return the figures as JSON takes them."""
    from facelock.services.benchmark_search import EXTRAPOLATED

    return {
        "times": [asdict(one) for one in result.times],
        "fpir": {
            "impostors": result.impostors,
            "probes": result.probes,
            "levels": [
                {
                    "level": one.level.value,
                    "distance": one.distance,
                    "fmr": one.fmr,
                    "fmr_bound": one.fmr_bound,
                    "galleries": [asdict(row) for row in one.rows],
                    "extrapolated": {
                        "people": EXTRAPOLATED,
                        "at_most": one.extrapolated,
                    },
                }
                for one in result.levels
            ],
        },
    }


def search_lines(result: SearchBenchmark) -> Iterator[str]:
    """Yield the table, and what its figures are worth."""
    from facelock.services.benchmark_search import EXTRAPOLATED

    yield ""
    yield "1:N search, exact, made-up templates    median      95 %    memory"
    for one in result.times:
        name = f"  {one.templates:,} templates"
        if one.p50_ms is None:
            yield f"{name:34} {one.left_out}"
        else:
            yield f"{name:34} {one.p50_ms:8.2f} ms {one.p95_ms:6.2f} ms {one.memory_mb:6.0f} MB"
    yield ""
    yield "A stranger taken for one of N people (FPIR of one look, ISO/IEC 19795-1)"
    yield f"  measured on {result.impostors:,} real impostors, {result.probes:,} pictures, each"
    yield "  against the templates of the others, all at the distance of the level"
    for level in result.levels:
        yield (
            f"  {level.level.value}: distance {level.distance:.3f}, FMR measured {level.fmr:.1e}, "
            f"held to {level.fmr_bound:.1e}"
        )
        for row in level.rows:
            yield (
                f"    N = {row.people:5,}   {row.fpir:8.2e}  [{row.low:.1e}, {row.high:.1e}]   "
                f"N x FMR {row.predicted:.2e}"
            )
        yield f"    N = {EXTRAPOLATED:,} at most {level.extrapolated:.2g}, extrapolated"
    yield f"  {EXTRAPOLATED:,} real people are not at hand. What is said of them is N times the"
    yield "  rate that the calibration holds one comparison to: a bound if strangers are as alike"
    yield "  there as here; nothing of it was measured. A person's own threshold is often tighter"
    yield "  than the level's distance; an attempt makes three looks."
