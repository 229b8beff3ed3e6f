"""MobileFaceNet with few channels: as deep as a test needs, and a thousandth of the work."""

from __future__ import annotations

import torch
from torch import nn

from facelock.learning.network import BlockConfig, MobileFaceNet, MobileFaceNetConfig

SMALL = MobileFaceNetConfig(
    stem=4,
    blocks=(
        BlockConfig(inputs=4, hidden=8, outputs=4, stride=2),
        BlockConfig(inputs=4, hidden=8, outputs=4),
        BlockConfig(inputs=4, hidden=8, outputs=8, stride=2),
    ),
    features=16,
    embedding=8,
)


def small_network(seed: int = 1) -> MobileFaceNet:
    """Return a fresh network, the same for a seed, that sees faces apart from each other.

    (He et al. 2015; torch's own first weights let what differs fade from layer to layer.)
    """
    random, network = torch.Generator().manual_seed(seed), MobileFaceNet(SMALL).eval()
    for part in network.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, a=0.25, generator=random)
        if isinstance(part, nn.Conv2d) and part.bias is not None:
            nn.init.zeros_(part.bias)
    return network
