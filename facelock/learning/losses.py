"""What training makes small: the triplet loss and the contrastive loss, on squared distances.

Both read squared Euclidean distances, as everything in Facelock does: 0 to 4 between unit vectors.
All losses are means over their terms, and zero (with a gradient, which is zero too) if there are
none: a batch without a single valid triplet must not end a training in NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class BatchLoss:
    """What one batch costs: a scalar to follow back, and how many of its terms are still active.

    Where nobody counts, the batch is one active term.
    """

    loss: Tensor  # ()
    active: int = 1
    terms: int = 1

    @classmethod
    def of_triplets(
        cls,
        anchor_positive: Tensor,
        anchor_negative: Tensor,
        margin: float,
        *,
        active_only: bool = False,
    ) -> BatchLoss:
        """Return the triplet loss with its counts. Parameters and errors as for `triplet_loss`."""
        pair = anchor_positive, anchor_negative
        return cls(
            triplet_loss(*pair, margin, active_only=active_only),
            active_triplets(*pair, margin),
            anchor_positive.numel(),
        )


def squared_distances(a: Tensor, b: Tensor) -> Tensor:
    """Return ||a_i - b_j||^2 for all pairs: (M, D) and (N, D) to (M, N), of the same float dtype.

    By ||a||^2 + ||b||^2 - 2 a.b, one matrix product instead of M x N differences; what rounding
    leaves below zero is zero. On unit vectors in float32 the error is about 1e-6. The gradient is
    finite everywhere, equal vectors included. Raises ValueError unless both have D columns.
    """
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1]:
        raise ValueError(f"two matrices of D columns are wanted, not {a.shape} and {b.shape}")
    a_squared = (a * a).sum(dim=1, keepdim=True)  # (M, 1)
    b_squared = (b * b).sum(dim=1)  # (N,)
    return (a_squared + b_squared - 2 * (a @ b.T)).clamp_min(0)  # (M, N)


def triplet_loss(
    anchor_positive: Tensor, anchor_negative: Tensor, margin: float, *, active_only: bool = False
) -> Tensor:
    """Return the mean of max(0, d(A, P) - d(A, N) + margin), a scalar (Schroff et al. 2015).

    `anchor_positive`, `anchor_negative`: (T,) squared distances of T triplets. `active_only` takes
    the mean over the triplets that still violate the margin, which keeps the few from drowning
    among all valid ones (Hermans, Beyer & Leibe 2017). Zero, with a graph, if there are none.
    Raises ValueError if the shapes differ or the margin is negative.
    """
    violation = _violation(anchor_positive, anchor_negative, margin)  # (T,)
    terms = torch.count_nonzero(violation > 0) if active_only else violation.numel()
    return violation.clamp_min(0).sum() / max(int(terms), 1)


def active_triplets(anchor_positive: Tensor, anchor_negative: Tensor, margin: float) -> int:
    """Count the triplets with d(A, P) - d(A, N) + margin > 0, from which there is still to learn.

    Parameters and errors as for `triplet_loss`.
    """
    with torch.no_grad():
        violation = _violation(anchor_positive, anchor_negative, margin)
        return int(torch.count_nonzero(violation > 0))


def contrastive_loss(distance: Tensor, mated: Tensor, margin: float) -> Tensor:
    """Return the mean of (1 - y) d + y max(0, margin - sqrt(d))^2; y = 1 for non-mated pairs.

    The loss of Hadsell, Chopra & LeCun 2006 without its factors of one half. `distance`: (T,)
    squared distances; `mated`: (T,) bool. The margin is in units of the distance itself, not of
    its square. Where two non-mated vectors coincide, no direction leads apart and the gradient is
    zero (the square root's own would be infinite). Zero, with a graph, without pairs. Raises
    ValueError if the shapes differ or the margin is negative.
    """
    if distance.shape != mated.shape or distance.ndim != 1:
        raise ValueError(f"one label a pair is wanted, not {mated.shape} for {distance.shape}")
    _check(margin)
    apart = distance > 0
    length = torch.where(apart, distance, 1).sqrt()  # never the root of zero, even unselected
    length = torch.where(apart, length, 0)  # (T,)
    terms = torch.where(mated, distance, (margin - length).clamp_min(0).square())  # (T,)
    return terms.sum() / max(terms.numel(), 1)


def _violation(anchor_positive: Tensor, anchor_negative: Tensor, margin: float) -> Tensor:
    """Return d(A, P) - d(A, N) + margin, (T,)."""
    if anchor_positive.shape != anchor_negative.shape or anchor_positive.ndim != 1:
        raise ValueError(
            "two distances a triplet are wanted, not "
            f"{anchor_positive.shape} and {anchor_negative.shape}"
        )
    _check(margin)
    return anchor_positive - anchor_negative + margin


def _check(margin: float) -> None:
    if not margin >= 0:  # NaN too
        raise ValueError(f"a margin is not negative: {margin}")
