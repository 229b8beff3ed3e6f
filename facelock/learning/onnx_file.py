"""Just enough of the ONNX file format: write a graph, and read its weights back.

An ONNX file is a protobuf message. Writing the few fields by hand gives the same bytes with any
version of any library, which is what lets their hash be pinned; reading them by hand lets torch
take its weights from the very file that `cv2.dnn` runs, with no second copy and no further
dependency. Field numbers are those of `onnx.proto`. `make models` has the `onnx` package check
what is written here.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import ModelCorrupt

Weights: TypeAlias = dict[str, NDArray[np.float32]]
Attribute: TypeAlias = int | Sequence[int]
Shape: TypeAlias = Sequence[int | None]  # None stands for the batch

IR_VERSION: Final = 8
OPSET: Final = 17
_FLOAT32: Final = 1  # TensorProto.DataType
_DATA_TYPES: Final = {"<f4": _FLOAT32, "<i8": 7, "<f2": 10}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # protobuf wire types
_MAX_RANK: Final = 8


@dataclass(frozen=True, kw_only=True)
class Node:
    """One operator of the graph, named after its single output."""

    operator: str
    inputs: Sequence[str]
    output: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A network of float32 inputs and outputs; its constants are float32, float16 or int64."""

    name: str
    nodes: Sequence[Node]
    weights: Mapping[str, NDArray[Any]]
    inputs: Mapping[str, Shape]
    outputs: Mapping[str, Shape]


def write_model(graph: Graph) -> bytes:
    """Return the bytes of an ONNX file; the same graph always gives the same bytes."""
    body = b"".join(
        [
            *(_message(1, _node(node)) for node in graph.nodes),
            _text(2, graph.name),
            *(_message(5, _tensor(name, value)) for name, value in graph.weights.items()),
            *(_message(11, _value_info(*item)) for item in graph.inputs.items()),
            *(_message(12, _value_info(*item)) for item in graph.outputs.items()),
        ]
    )
    opset = _text(1, "") + _number(2, OPSET)
    return _number(1, IR_VERSION) + _text(2, "facelock") + _message(7, body) + _message(8, opset)


def read_weights(data: bytes) -> Weights:
    """Return the initialisers of an ONNX file by name, as float32 arrays.

    Strict: anything but uniquely named, raw, little-endian float32 tensors is `ModelCorrupt`.
    """
    weights: Weights = {}
    for graph in _fields(data, 7):
        for tensor in _fields(graph, 5):
            name, value = _read_tensor(tensor)
            if name in weights:
                raise ModelCorrupt(f"two tensors named {name!r}")
            weights[name] = value
    if not weights:
        raise ModelCorrupt("no weights in the ONNX file")
    return weights


def _node(node: Node) -> bytes:
    return b"".join(
        [
            *(_text(1, name) for name in node.inputs),
            _text(2, node.output),
            _text(3, node.output),
            _text(4, node.operator),
            *(_message(5, _attribute(*item)) for item in node.attributes.items()),
        ]
    )


def _attribute(name: str, value: Attribute) -> bytes:
    match value:
        case int():
            return _text(1, name) + _number(3, value) + _number(20, 2)
        case _:
            return _text(1, name) + b"".join(_number(8, item) for item in value) + _number(20, 7)


def _tensor(name: str, value: NDArray[Any]) -> bytes:
    dimensions = b"".join(_number(1, size) for size in value.shape)
    data_type = _DATA_TYPES[value.dtype.newbyteorder("<").str]
    raw = value.astype(value.dtype.newbyteorder("<")).tobytes(order="C")
    return dimensions + _number(2, data_type) + _text(8, name) + _message(9, raw)


def _value_info(name: str, shape: Shape) -> bytes:
    sizes = (_text(2, "batch") if size is None else _number(1, size) for size in shape)
    tensor_type = _number(1, _FLOAT32) + _message(2, b"".join(_message(1, one) for one in sizes))
    return _text(1, name) + _message(2, _message(1, tensor_type))


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | _VARINT) + _varint(value)


def _message(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(value)) + value


def _text(number: int, value: str) -> bytes:
    return _message(number, value.encode())


def _varint(value: int) -> bytes:
    if value < 0:
        raise ValueError("negative numbers are not needed here")
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    groups.append(value)
    return bytes(groups)


def _read_tensor(data: bytes) -> tuple[str, NDArray[np.float32]]:
    shape: list[int] = []
    name, raw, data_type = b"", b"", 0
    for number, value in _walk(data):
        match number, value:
            case 1, int() if len(shape) < _MAX_RANK:
                shape.append(value)
            case 2, int():
                data_type = value
            case 8, bytes():
                name = value
            case 9, bytes():
                raw = value
            case _:
                raise ModelCorrupt(f"unexpected field {number} in a tensor")
    if data_type != _FLOAT32 or len(raw) != 4 * math.prod(shape):
        raise ModelCorrupt("a tensor that is not float32 or whose size does not fit its shape")
    try:
        return name.decode(), np.frombuffer(raw, dtype="<f4").reshape(shape).astype(np.float32)
    except UnicodeDecodeError as error:
        raise ModelCorrupt("a tensor's name is not text") from error


def _fields(data: bytes, wanted: int) -> Iterator[bytes]:
    for number, value in _walk(data):
        if number == wanted and isinstance(value, bytes):
            yield value


def _walk(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a protobuf message; every length is checked before it is used."""
    position = 0
    while position < len(data):
        tag, position = _read_varint(data, position)
        if tag & 7 == _VARINT:
            value, position = _read_varint(data, position)
            yield tag >> 3, value
            continue
        if tag & 7 == _BYTES:
            length, position = _read_varint(data, position)
        elif tag & 7 in {_FIXED32, _FIXED64}:
            length = 4 if tag & 7 == _FIXED32 else 8
        else:
            raise ModelCorrupt("not a protobuf message")
        if length > len(data) - position:
            raise ModelCorrupt("the file ends in the middle of a field")
        yield tag >> 3, data[position : position + length]
        position += length


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 64, 7):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # the last byte has no continuation bit
            return value, position
    raise ModelCorrupt("the file ends in the middle of a number, or the number is too long")
