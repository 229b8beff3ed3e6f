"""Ways to a better network than the bare backbone, each with its numbers. One is what ships.

Every route starts from the bare backbone, sees the same faces the same number of times, and is
judged on the same people held out; the model card has them all, the losing ones too.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from facelock.core.threshold import MARGIN

STEM_AND_FIRST_STAGE: Final = 6
"""Parts kept as they are where only the later ones are trained: the stem and five blocks."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """What is trained, towards what, and how fast."""

    summary: str
    trains: Literal["network", "head"] = "network"
    triplet: float = 1.0  # weight of the triplet loss
    distillation: float = 1.0  # weight of the distance to the teacher's embedding
    bank: bool = True  # hard negatives from all training people, not from the batch alone
    frozen: int = STEM_AND_FIRST_STAGE
    margin: float = MARGIN
    learning_rate: float = 2e-4
    weight_decay: float = 0.0
    steps: int = 32  # batches between two looks at the people held out


ROUTES: Final = MappingProxyType(
    {
        "all-but-first-stage": Route(
            summary="the last ten blocks and the end, triplet loss with a bank, and distillation",
        ),
        "head": Route(
            summary="a residual head on the frozen backbone",
            trains="head",
            learning_rate=1e-3,
            weight_decay=1e-2,
            steps=200,
        ),
        "distillation": Route(
            summary="the same parts, distillation alone: no person is told from another",
            triplet=0.0,
        ),
        "triplet": Route(
            summary="the same parts, the triplet loss alone: nothing holds the geometry",
            distillation=0.0,
        ),
        "batch-negatives": Route(
            summary="the same parts and losses, negatives from the batch alone",
            bank=False,
        ),
        "last-blocks": Route(
            summary="the last four blocks and the end only",
            frozen=12,
        ),
    }
)

BUNDLED: Final = "all-but-first-stage"
"""The route of the network that ships."""
