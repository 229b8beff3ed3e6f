"""MobileFaceNet and ONNX: the graph `cv2.dnn` runs, and its weights back into torch.

Every weight is stored in the file under its torch name, so one file serves both and goes there
and back without a changed bit.
"""

import numpy as np
import torch
from numpy.typing import NDArray

from facelock.core.errors import ModelCorrupt
from facelock.learning.network import ConvUnit, InvertedResidual, MobileFaceNet
from facelock.learning.onnx_file import Graph, Node, read_weights, write_model

INPUT, OUTPUT = "images", "embeddings"


def to_onnx(network: MobileFaceNet) -> bytes:
    """Return the ONNX file of `network` with unit embeddings as its output.

    Input `images` (B, 3, 112, 112) as for `MobileFaceNet`, output `embeddings` (B, 192) float32.
    """
    nodes: list[Node] = []
    names = {module: name for name, module in network.named_modules()}
    value = INPUT
    for layer in (*network.stem, *network.blocks, *network.head):
        if isinstance(layer, InvertedResidual):
            shortcut = value
            for unit in (layer.expand, layer.filter, layer.project):
                value = _append_unit(nodes, unit, names[unit], value)
            if layer.is_residual:
                name = f"{names[layer]}.sum"
                nodes.append(Node(operator="Add", inputs=(shortcut, value), output=name))
                value = name
        elif isinstance(layer, ConvUnit):
            value = _append_unit(nodes, layer, names[layer], value)
    size, embedding = network.config.image_size, network.config.embedding
    nodes += [
        Node(operator="Flatten", inputs=(value,), output="features", attributes={"axis": 1}),
        # Two operators for one L2 normalisation: OpenCV's classic engine has no LpNormalization.
        Node(
            operator="ReduceL2",
            inputs=("features",),
            output="length",
            attributes={"axes": (1,), "keepdims": 1},
        ),
        Node(operator="Div", inputs=("features", "length"), output=OUTPUT),
    ]
    return write_model(
        Graph(
            name="MobileFaceNet",
            nodes=nodes,
            weights={name: _stored(name, value) for name, value in network.state_dict().items()},
            inputs={INPUT: (None, 3, size, size)},
            outputs={OUTPUT: (None, embedding)},
        )
    )


def from_onnx(data: bytes) -> MobileFaceNet:
    """Return the network with the weights of a file that `to_onnx` wrote, ready for evaluation.

    Give it bytes whose hash was checked. Wrong names or shapes are `ModelCorrupt`.
    """
    network = MobileFaceNet()
    stored = read_weights(data)
    state = network.state_dict()
    if stored.keys() != state.keys():
        raise ModelCorrupt("the weights are not those of MobileFaceNet")
    for name, value in state.items():
        if stored[name].shape != _stored(name, value).shape:
            raise ModelCorrupt(f"{name} has the wrong shape")
        state[name] = torch.from_numpy(stored[name]).view_as(value)
    network.load_state_dict(state)
    return network.eval()


def _append_unit(nodes: list[Node], unit: ConvUnit, name: str, value: str) -> str:
    """Append the nodes of one `ConvUnit` and return the name of what it gives."""
    before = int(unit.conv.padding[0])
    after = before + unit.odd_padding
    nodes.append(
        Node(
            operator="Conv",
            inputs=(value, f"{name}.conv.weight", f"{name}.conv.bias"),
            output=f"{name}.conv",
            attributes={
                "group": unit.conv.groups,
                "kernel_shape": unit.conv.kernel_size,
                "pads": (before, before, after, after),  # top, left, bottom, right
                "strides": unit.conv.stride,
            },
        )
    )
    if unit.activation is None:
        return f"{name}.conv"
    slopes = f"{name}.activation.weight"
    nodes.append(Node(operator="PRelu", inputs=(f"{name}.conv", slopes), output=name))
    return name


def _stored(name: str, value: torch.Tensor) -> NDArray[np.float32]:
    """Return a weight as ONNX wants it: PReLU's slopes are (C, 1, 1) there and (C,) in torch."""
    array: NDArray[np.float32] = value.detach().cpu().numpy()
    return array.reshape(-1, 1, 1) if name.endswith("activation.weight") else array
