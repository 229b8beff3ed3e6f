"""The passive network: a small CNN that gives one logit, above zero more like an attack.

What ships looks at the surroundings of the face in the frame. One for the texture of the aligned
face is trained by scripts/judge_liveness.py only. Depthwise separable convolutions (Howard et al.
2017, MobileNet), batch normalisation while training, folded into the convolutions in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from facelock.learning.onnx_file import Graph, Node, Weights, read_weights, write_model

INPUT, OUTPUT = "images", "logits"

_BLOCKS = ((24, 2), (32, 1), (48, 2), (64, 1), (96, 2), (96, 1))  # channels, stride
_STEM = 16


class LivenessNetwork(nn.Module):
    """Images (B, 3, side, side) float32, (x - 127.5) / 128, RGB; gives logits (B, 1)."""

    def __init__(
        self, side: int, *, width: float = 1.0, dropout: float = 0.2, folded: bool = False
    ) -> None:
        """`side`: of the images, pixels. `width`: multiplies all numbers of channels.

        `folded`: without normalisation, as in the file; for a second stage of training.
        """
        super().__init__()
        self.side = side
        channels = round(_STEM * width)
        layers: list[nn.Module] = [*_unit(3, channels, stride=2, folded=folded)]
        for base, stride in _BLOCKS:
            wider = round(base * width)
            layers += _unit(channels, channels, stride=stride, groups=channels, folded=folded)
            layers += _unit(channels, wider, kernel=1, folded=folded)
            channels = wider
        self.layers = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.last = nn.Linear(channels, 1)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the logits."""
        features = self.layers(images).mean(dim=(2, 3))
        logits: torch.Tensor = self.last(self.dropout(features))
        return logits


def to_tensor(pictures: NDArray[np.uint8]) -> torch.Tensor:
    """Return BGR pictures (B, H, W, 3) as the network's input."""
    rgb = np.ascontiguousarray(pictures[..., ::-1].transpose(0, 3, 1, 2))
    return (torch.from_numpy(rgb).float() - 127.5) / 128


def scores(network: LivenessNetwork, pictures: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the logits of many pictures (N, H, W, 3), (N,)."""
    network.eval()
    with torch.no_grad():
        parts = [
            network(to_tensor(pictures[start : start + 256])).numpy().ravel()
            for start in range(0, len(pictures), 256)
        ]
    return np.concatenate([np.zeros(0), *parts])


def from_onnx(data: bytes, side: int, *, width: float = 1.0) -> LivenessNetwork:
    """Return the network of a file that `to_onnx` wrote, folded, to be trained further.

    `side` may be another: the network does not depend on it. Raises ModelCorrupt, KeyError.
    """
    stored = read_weights(data)
    network = LivenessNetwork(side, width=width, folded=True)
    with torch.no_grad():
        for number, (conv, _) in enumerate(_pairs(network)):
            conv.weight.copy_(torch.from_numpy(stored[f"{number}.weight"]))
            if conv.bias is not None:
                conv.bias.copy_(torch.from_numpy(stored[f"{number}.bias"]))
        network.last.weight.copy_(torch.from_numpy(stored["last.weight"]))
        network.last.bias.copy_(torch.from_numpy(stored["last.bias"]))
    return network


def to_onnx(network: LivenessNetwork, name: str) -> bytes:
    """Return the ONNX file: `images` (B, 3, side, side) to `logits` (B, 1), batch norm folded."""
    nodes: list[Node] = []
    weights: Weights = {}
    value = INPUT
    for number, (conv, norm) in enumerate(_pairs(network)):
        kernel, bias = _folded(conv, norm)
        weights |= {f"{number}.weight": kernel, f"{number}.bias": bias}
        pad = int(conv.padding[0])
        nodes.append(
            Node(
                operator="Conv",
                inputs=(value, f"{number}.weight", f"{number}.bias"),
                output=f"{number}.conv",
                attributes={
                    "group": conv.groups,
                    "kernel_shape": conv.kernel_size,
                    "pads": (pad, pad, pad, pad),
                    "strides": conv.stride,
                },
            )
        )
        value = f"{number}.relu"
        nodes.append(Node(operator="Relu", inputs=(f"{number}.conv",), output=value))
    weights |= {
        "last.weight": network.last.weight.detach().numpy().copy(),
        "last.bias": network.last.bias.detach().numpy().copy(),
    }
    nodes += [
        Node(operator="GlobalAveragePool", inputs=(value,), output="pooled"),
        Node(operator="Flatten", inputs=("pooled",), output="flat", attributes={"axis": 1}),
        Node(
            operator="Gemm",
            inputs=("flat", "last.weight", "last.bias"),
            output=OUTPUT,
            attributes={"transB": 1},
        ),
    ]
    size = network.side
    return write_model(
        Graph(
            name=name,
            nodes=nodes,
            weights=weights,
            inputs={INPUT: (None, 3, size, size)},
            outputs={OUTPUT: (None, 1)},
        )
    )


def _unit(
    inside: int,
    outside: int,
    *,
    kernel: int = 3,
    stride: int = 1,
    groups: int = 1,
    folded: bool,
) -> list[nn.Module]:
    conv = nn.Conv2d(
        inside, outside, kernel, stride, padding=kernel // 2, groups=groups, bias=folded
    )
    return [conv, nn.Identity() if folded else nn.BatchNorm2d(outside), nn.ReLU()]


def _pairs(network: LivenessNetwork) -> Iterator[tuple[nn.Conv2d, nn.Module]]:
    layers = list(network.layers)
    for conv, norm in zip(layers[0::3], layers[1::3], strict=True):
        if isinstance(conv, nn.Conv2d):
            yield conv, norm


def _folded(conv: nn.Conv2d, norm: nn.Module) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel and bias of convolution and normalisation in one."""
    if not isinstance(norm, nn.BatchNorm2d):
        if conv.bias is None:
            raise ValueError("neither bias nor normalisation")
        return conv.weight.detach().numpy().copy(), conv.bias.detach().numpy().copy()
    mean, variance = norm.running_mean, norm.running_var
    if mean is None or variance is None:
        raise ValueError("a network without running statistics cannot be exported")
    gain = (norm.weight / torch.sqrt(variance + norm.eps)).detach()
    kernel = (conv.weight * gain[:, None, None, None]).detach().numpy().copy()
    bias = (norm.bias - mean * gain).detach().numpy().copy()
    return kernel, bias
