"""What a recipe of training is: what it needs, what it does with a run, what comes of it.

Light on purpose: the registry is read for `facelock train --help`, so neither numpy nor torch is
loaded here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from facelock.services.training_run import Run


@dataclass(frozen=True)
class Outcome:
    """What came of a recipe: values for programs, lines for people."""

    values: Mapping[str, object]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """A way to train and measure networks, known by its name."""

    name: str
    summary: str  # one line
    needs: str  # what --data must hold
    epochs: int  # at most, unless --epochs says otherwise
    run: Callable[[Run], Outcome] = field(repr=False)
