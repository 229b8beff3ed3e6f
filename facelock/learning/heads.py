"""The trainable end of the network, which starts by changing nothing.

A head trained freely on a few thousand faces forgets what the backbone learnt from millions. So
the head is a residual (after He et al. 2016): z = x + W x + b with W = 0 and b = 0 at the start,
and weight decay draws it back there.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional


class ResidualHead(nn.Module):
    """z = x + W x + b: unit features (N, D) to embeddings (N, D), not yet of unit length.

    Only `weight` (W) and `bias` (b) are trained: their decay towards zero is decay towards what
    the head started from.
    """

    base_weight: Tensor  # (D_out, D_in), a buffer: I unless the head stands on top of another
    base_bias: Tensor  # (D_out,), the same: 0

    def __init__(self, size: int) -> None:
        super().__init__()
        self._set(torch.eye(size), torch.zeros(size))

    @classmethod
    def on_top_of(cls, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> ResidualHead:
        """Return a head that starts as another one: z = (weight + W) x + bias + b.

        `weight`: (D_out, D_in) float32; `bias`: (D_out,) float32. Raises ValueError if they do not
        fit together.
        """
        if weight.ndim != 2 or bias.shape != weight.shape[:1]:
            raise ValueError("a head's weight is (D_out, D_in), its bias (D_out,)")
        head = cls(weight.shape[1])
        head._set(torch.tensor(weight), torch.tensor(bias))
        return head

    def forward(self, features: Tensor) -> Tensor:
        """Map (N, D_in) to (N, D_out); the very product that the exported head computes."""
        weight = self.base_weight + self.weight  # (D_out, D_in)
        return functional.linear(features, weight, self.base_bias + self.bias)

    @torch.no_grad()
    def to_head_arrays(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return weight (D_out, D_in) and bias (D_out,), float32, as `facelock.core.head` keeps.

        The weight is I + W, or base + W. The arrays are copies.
        """
        weight: NDArray[np.float32] = (self.base_weight + self.weight).numpy()
        bias: NDArray[np.float32] = (self.base_bias + self.bias).numpy()
        return weight, bias

    def _set(self, weight: Tensor, bias: Tensor) -> None:
        """Start as `weight` and `bias`, with nothing added yet."""
        self.register_buffer("base_weight", weight)
        self.register_buffer("base_bias", bias)
        self.weight = nn.Parameter(torch.zeros_like(weight))
        self.bias = nn.Parameter(torch.zeros_like(bias))
