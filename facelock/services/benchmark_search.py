"""What 1:N costs, and how often it is wrong: the search part of `facelock bench`.

Times and memory are measured on made-up templates, random directions: a search costs the same
whoever is in it. How often a stranger is taken for somebody cannot be measured on made-up people;
it is measured on the bundled impostors (`core.identification`), as many as there are.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Gallery
from facelock.core.identification import Identification, neighbours
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.levels import RULES, Level
from facelock.desktop.memory import available_memory

if TYPE_CHECKING:
    from facelock.core.threshold import Calibration

TEMPLATES = (100_000, 1_000_000)
PEOPLE = (1, 10, 100, 1000)
"""Sizes of the galleries whose FPIR is measured, as far as there are people."""

EXTRAPOLATED = 100_000
"""As many real people are not at hand."""

_SEARCHES = {100_000: 200, 1_000_000: 30}
_DIMENSION = 192
_BLOCK = 20_000  # templates made at a time
_NEEDED = 2.0  # times the size of the matrix: beside it stand names, thresholds and everything else


@dataclass(frozen=True)
class SearchTime:
    """One search among so many templates. None where it was left out, and `left_out` says why."""

    templates: int
    p50_ms: float | None
    p95_ms: float | None
    memory_mb: float | None  # of the gallery: templates, thresholds and whose each is
    left_out: str = ""


@dataclass(frozen=True)
class LevelIdentification:
    """How often one look of a stranger is taken for one of N enrolled people, at a level."""

    level: Level
    distance: float
    fmr: float  # of one comparison, on the same people and templates
    fmr_bound: float  # what the calibration holds it to
    rows: tuple[Identification, ...]
    extrapolated: float  # N x FMR's bound for N = EXTRAPOLATED, at most 1: nobody measured it


@dataclass(frozen=True)
class SearchBenchmark:
    """Everything about 1:N."""

    times: tuple[SearchTime, ...]
    impostors: int  # people
    probes: int  # pictures of theirs
    levels: tuple[LevelIdentification, ...]


def run_search_benchmark(
    calibration: Calibration,
    tell: Callable[[str], object],
    *,
    templates: Sequence[int] = TEMPLATES,
) -> SearchBenchmark:
    """Measure everything; `tell` hears what is being measured. About half a minute."""
    times = []
    for count in templates:
        tell(f"search among {count:,} templates")
        times.append(search_time(count))
    tell("strangers taken for enrolled people")
    whose = calibration.person_index.astype(np.int64)
    return SearchBenchmark(
        times=tuple(times),
        impostors=len(np.unique(whose)),
        probes=len(whose),
        levels=identification(calibration),
    )


def search_time(templates: int, *, free: int | None = None) -> SearchTime:
    """Time searches among made-up templates. `free`: bytes of memory; asked for if None."""
    size = templates * _DIMENSION * 4
    free = available_memory() if free is None else free
    if free is None or free < size * _NEEDED:
        there = "unknown" if free is None else f"{free / 2**20:,.0f} MB"
        words = f"left out: needs {size * _NEEDED / 2**20:,.0f} MB of free memory, {there} there"
        return SearchTime(templates, None, None, None, words)
    gallery = made_up_gallery(templates)
    probes = np.random.default_rng(1).standard_normal((16, _DIMENSION), np.float32)
    probes /= np.linalg.norm(probes, axis=1, keepdims=True)
    times = []
    for number in range(_SEARCHES.get(templates, 50) + 3):
        probe = probes[number % len(probes)]
        began = time.perf_counter()
        gallery.nearest(probe)
        times.append((time.perf_counter() - began) * 1000)
    p50, p95 = np.percentile(times[3:], [50, 95])  # the first touch memory for the first time
    return SearchTime(templates, round(float(p50), 2), round(float(p95), 2), _megabytes(gallery))


def made_up_gallery(templates: int) -> Gallery:
    """Return random unit templates of as many people, made block by block."""
    rng = np.random.default_rng(0)
    references = np.empty((templates, _DIMENSION), np.float32, order="F")
    for start in range(0, templates, _BLOCK):
        rows = min(_BLOCK, templates - start)
        block = rng.standard_normal((rows, _DIMENSION), np.float32)
        references[start : start + rows] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return Gallery(
        references=references,
        owners=tuple(f"{number:032x}" for number in range(templates)),
        thresholds=np.full(templates, 0.7),
        demo=True,
        model_sha256="0" * 64,
    )


def _megabytes(gallery: Gallery) -> float:
    names = sys.getsizeof(gallery.owners) + len(gallery.owners) * sys.getsizeof(gallery.owners[0])
    arrays = gallery.references.nbytes + gallery.thresholds.nbytes + 4 * len(gallery.owners)
    return round((arrays + names) / 2**20, 1)


def identification(calibration: Calibration) -> tuple[LevelIdentification, ...]:
    """Measure the FPIR of one look, with one template a person, at each level's distance.

    Probes are the calibration's impostors; the gallery is made of the others among them. The
    distance is the one that holds each of an attempt's looks against one template to the level.
    """
    people = np.unique(calibration.person_index, return_inverse=True)[1]
    faces = LabelledFaces(calibration.features, people.astype(np.int64))
    at = [calibration.distance_at(RULES[level].attempt_fmr / len(LOOKS)) for level in Level]
    found = neighbours(faces, [distance for distance, _ in at])
    levels = []
    for level, (distance, bound), near in zip(Level, at, found, strict=True):
        sizes = [size for size in PEOPLE if size < near.people]
        rows = tuple(near.identification(size) for size in sizes)
        most = min(EXTRAPOLATED * bound, 1.0)
        levels.append(LevelIdentification(level, distance, near.fmr, bound, rows, most))
    return tuple(levels)
