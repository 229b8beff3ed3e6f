"""The Siamese network: MobileFaceNet twice, with one set of weights.

The backbone is MobileFaceNet (Chen et al. 2018) with the batch normalisation already folded into
the convolutions. Its layers and paddings repeat the TensorFlow original exactly: the original's
weights fit (`scripts/build_models.py`) and give its outputs (`tests/learning/test_parity.py`).

Training happens here, in torch; unlocking runs the same graph from ONNX through `cv2.dnn`, without
importing torch.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

INPUT_MEAN = 127.5  # of 8-bit pixel values, the same for each channel
INPUT_SCALE = 1 / 128


@dataclass(frozen=True, kw_only=True)
class BlockConfig:
    """One inverted residual block: channels in, hidden, out, and how far it shrinks the image."""

    inputs: int
    hidden: int
    outputs: int
    stride: int = 1


def _stage(first: BlockConfig, inner: BlockConfig, *, repeats: int) -> tuple[BlockConfig, ...]:
    return (first, *(inner,) * repeats)


@dataclass(frozen=True, kw_only=True)
class MobileFaceNetConfig:
    """Every size of the network. The defaults are those of the bundled weights."""

    image_size: int = 112  # pixels, square
    stem: int = 64  # channels
    blocks: tuple[BlockConfig, ...] = (
        *_stage(
            BlockConfig(inputs=64, hidden=128, outputs=64, stride=2),
            BlockConfig(inputs=64, hidden=128, outputs=64),
            repeats=4,
        ),
        *_stage(
            BlockConfig(inputs=64, hidden=256, outputs=128, stride=2),
            BlockConfig(inputs=128, hidden=256, outputs=128),
            repeats=6,
        ),
        *_stage(
            BlockConfig(inputs=128, hidden=512, outputs=128, stride=2),
            BlockConfig(inputs=128, hidden=256, outputs=128),
            repeats=2,
        ),
    )
    features: int = 512  # channels before the global pooling
    embedding: int = 192  # dimension of the output

    @property
    def final_size(self) -> int:
        """Width and height of the last feature map, which one depthwise filter covers whole."""
        strides = [2, *(block.stride for block in self.blocks)]
        size = self.image_size
        for stride in strides:
            size = -(-size // stride)  # SAME padding rounds up
        return size


class ConvUnit(nn.Module):
    """Convolution, then PReLU unless it is a linear bottleneck.

    TensorFlow's SAME padding puts the odd pixel at the bottom and the right; torch's `padding`
    cannot, so a stride of two is padded by hand. (Height and width must divide by the stride.)
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        kernel: int = 1,
        stride: int = 1,
        groups: int = 1,
        same: bool = True,
        linear: bool = False,
    ) -> None:
        super().__init__()
        surplus = max(kernel - stride, 0) if same else 0
        before, after = surplus // 2, surplus - surplus // 2
        self.odd_padding = after - before  # 0 or 1 more pixel at the right and the bottom
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding=before, groups=groups)
        self.activation = None if linear else nn.PReLU(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, inputs, H, W) to (B, outputs, ceil(H / stride), ceil(W / stride))."""
        if self.odd_padding:
            x = functional.pad(x, (0, self.odd_padding, 0, self.odd_padding))
        x = self.conv(x)
        return x if self.activation is None else self.activation(x)


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow; add the input back where the shapes allow."""

    def __init__(self, config: BlockConfig) -> None:
        super().__init__()
        hidden = config.hidden
        self.expand = ConvUnit(config.inputs, hidden)
        self.filter = ConvUnit(hidden, hidden, kernel=3, stride=config.stride, groups=hidden)
        self.project = ConvUnit(hidden, config.outputs, linear=True)
        self.is_residual = config.stride == 1 and config.inputs == config.outputs

    def forward(self, x: Tensor) -> Tensor:
        """Map (B, inputs, H, W) to (B, outputs, ceil(H / stride), ceil(W / stride))."""
        y: Tensor = self.project(self.filter(self.expand(x)))
        return x + y if self.is_residual else y


class MobileFaceNet(nn.Module):
    """Face crop to features: 1.3 million parameters."""

    def __init__(self, config: MobileFaceNetConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or MobileFaceNetConfig()
        stem, features, last = config.stem, config.features, config.blocks[-1].outputs
        self.stem = nn.Sequential(
            ConvUnit(3, stem, kernel=3, stride=2),
            ConvUnit(stem, stem, kernel=3, groups=stem),
            ConvUnit(stem, stem, linear=True),
        )
        self.blocks = nn.Sequential(*(InvertedResidual(block) for block in config.blocks))
        pool = config.final_size
        self.head = nn.Sequential(
            ConvUnit(last, features),
            ConvUnit(features, features, kernel=pool, groups=features, same=False, linear=True),
            ConvUnit(features, features, linear=True),
            ConvUnit(features, config.embedding, linear=True),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Return the features of aligned face crops, not yet of unit length.

        `images`: (B, 3, 112, 112) float32, RGB, `(pixel - INPUT_MEAN) * INPUT_SCALE`, so about
        -1 to 1. Returns (B, 192) float32.
        """
        x: Tensor = self.stem(images)  # (B, 64, 56, 56)
        x = self.blocks(x)  # (B, 128, 7, 7)
        x = self.head(x)  # (B, 192, 1, 1)
        return x.flatten(1)  # (B, 192)


class SiameseNetwork(nn.Module):
    """Two faces in, their distance out; both pass through the same weights.

    `head` is the part that is retrained: it sees the unit features which the frozen ONNX graph
    also gives, so a head trained here is applied there unchanged. Without one, the embedding is
    the unit feature itself.
    """

    def __init__(self, backbone: MobileFaceNet, head: nn.Module | None = None) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = head

    def embed(self, images: Tensor) -> Tensor:
        """Return unit embeddings: (B, 3, 112, 112) as for `MobileFaceNet` to (B, D)."""
        unit = functional.normalize(self.backbone(images))  # (B, 192)
        return unit if self.head is None else functional.normalize(self.head(unit))

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        """Return the squared Euclidean distance of each pair, in [0, 4]; lower is more alike.

        `a`, `b`: (B, 3, 112, 112) as for `MobileFaceNet`. Returns (B,).
        """
        difference = self.embed(a) - self.embed(b)  # (B, D)
        return torch.sum(difference * difference, dim=1)  # (B,)
