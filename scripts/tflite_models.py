"""Read the three TFLite networks: two become ONNX graphs, one becomes torch weights.

Why not ship the TFLite files themselves: given bytes instead of a path, OpenCV 5.0 ignores the
choice of its engine, and its new engine drops all outputs of a TFLite network but the last.
Loading from a path would open a gap between checking a file and using it. ONNX has neither
trouble, and one format is one parser less. The weights keep their float16 bits.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import tflite
import torch
from numpy.typing import NDArray

from facelock.learning.network import ConvUnit, MobileFaceNet
from facelock.learning.onnx_file import Graph, Node

_DTYPES: Final = {
    tflite.TensorType.FLOAT32: "<f4",
    tflite.TensorType.FLOAT16: "<f2",
    tflite.TensorType.INT32: "<i4",
}
_OPERATORS: Final[dict[int, str]] = {
    code: name for name, code in vars(tflite.BuiltinOperator).items() if isinstance(code, int)
}


class Operation(NamedTuple):
    """One TFLite operator; tensors by their index."""

    operator: str
    inputs: list[int]
    output: int
    options: Any


class TFLiteFile:
    """The only subgraph of a TFLite file."""

    def __init__(self, data: bytes) -> None:
        self._model = tflite.Model.GetRootAs(data, 0)
        self._graph = self._model.Subgraphs(0)
        self.inputs = [int(index) for index in self._graph.InputsAsNumpy()]
        self.outputs = [int(index) for index in self._graph.OutputsAsNumpy()]

    def operations(self) -> Iterator[Operation]:
        """Yield the operators in the order in which they run."""
        for index in range(self._graph.OperatorsLength()):
            operator = self._graph.Operators(index)
            code = self._model.OperatorCodes(operator.OpcodeIndex())
            yield Operation(
                _OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())],
                [int(one) for one in operator.InputsAsNumpy()],
                int(operator.OutputsAsNumpy()[0]),
                operator.BuiltinOptions(),
            )

    def name(self, index: int) -> str:
        """Return the name of a tensor."""
        return str(self._graph.Tensors(index).Name().decode())

    def shape(self, index: int) -> tuple[int, ...]:
        """Return the shape of a tensor, (batch, height, width, channels) for images."""
        return tuple(int(size) for size in self._graph.Tensors(index).ShapeAsNumpy())

    def constant(self, index: int) -> NDArray[Any]:
        """Return a tensor's stored value."""
        tensor = self._graph.Tensors(index)
        raw = self._model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes()
        return np.frombuffer(raw, _DTYPES[tensor.Type()]).reshape(self.shape(index))


def to_graph(data: bytes, name: str) -> Graph:
    """Translate a TFLite file with image input (1, H, W, C) to an ONNX graph with (1, C, H, W).

    Outputs keep their names; those of four dimensions become (1, C, H, W) too.
    """
    return _Translation(TFLiteFile(data)).graph(name)


def mobilefacenet(data: bytes) -> MobileFaceNet:
    """Return the torch network with the weights of `MobileFaceNet.tflite`.

    PReLU is written there as `relu(x) + m (x - |x|)`, so the slope of the negatives is `2 m`.
    """
    file = TFLiteFile(data)
    network = MobileFaceNet()
    units = [module for module in network.modules() if isinstance(module, ConvUnit)]
    weights: list[NDArray[Any]] = []
    for operation in file.operations():
        match operation.operator:
            case "CONV_2D" | "DEPTHWISE_CONV_2D":
                weights += [_kernel(file, operation), file.constant(operation.inputs[2])]
            case "MUL":
                weights.append(2 * file.constant(operation.inputs[0]))
            case "RELU" | "ABS" | "SUB" | "ADD" | "RESHAPE":
                pass
            case unknown:
                raise ValueError(unknown)
    parameters = [parameter for unit in units for parameter in unit.parameters()]
    with torch.no_grad():
        for parameter, value in zip(parameters, weights, strict=True):
            if parameter.shape != value.shape:
                raise ValueError(value.shape)
            parameter.copy_(torch.tensor(value))
    return network.eval()


def _kernel(file: TFLiteFile, operation: Operation, source: int | None = None) -> NDArray[Any]:
    """Return a filter as (outputs, inputs / groups, height, width)."""
    kernel = file.constant(operation.inputs[1] if source is None else source)
    is_depthwise = operation.operator == "DEPTHWISE_CONV_2D"
    return kernel.transpose((3, 0, 1, 2) if is_depthwise else (0, 3, 1, 2))


class _Translation:
    """The state of one translation: nodes and constants so far."""

    def __init__(self, file: TFLiteFile) -> None:
        self._file = file
        self._nodes: list[Node] = []
        self._weights: dict[str, NDArray[Any]] = {}
        self._stored: dict[int, int] = {}  # dequantised tensor -> its float16 source

    def graph(self, name: str) -> Graph:
        file = self._file
        translate: dict[str, Callable[[Operation], None]] = {
            "DEQUANTIZE": self._dequantize,
            "CONV_2D": self._convolution,
            "DEPTHWISE_CONV_2D": self._convolution,
            "MAX_POOL_2D": self._max_pool,
            "RELU": lambda operation: self._plain("Relu", operation),
            "ADD": lambda operation: self._plain("Add", operation),
            "PRELU": self._prelu,
            "PAD": self._pad,
            "RESHAPE": self._reshape,
            "CONCATENATION": self._concatenation,
        }
        for operation in file.operations():
            translate[operation.operator](operation)
        return Graph(
            name=name,
            nodes=self._nodes,
            weights=self._weights,
            inputs={file.name(one): _channels_first(file.shape(one)) for one in file.inputs},
            outputs={file.name(one): _channels_first(file.shape(one)) for one in file.outputs},
        )

    def _dequantize(self, operation: Operation) -> None:
        self._stored[operation.output] = operation.inputs[0]

    def _convolution(self, operation: Operation) -> None:
        depthwise = operation.operator == "DEPTHWISE_CONV_2D"
        options = _options(
            operation, tflite.DepthwiseConv2DOptions() if depthwise else tflite.Conv2DOptions()
        )
        if options.DilationHFactor() != 1 or (depthwise and options.DepthMultiplier() != 1):
            raise ValueError(operation)
        image, weight, bias = operation.inputs
        kernel = _kernel(self._file, operation, self._stored[weight])
        constants = (
            self._constant(self._file.name(weight), kernel),
            self._constant(self._file.name(bias), self._file.constant(self._stored[bias])),
        )
        window = self._window(operation, kernel.shape[2:], options)
        groups = kernel.shape[0] if depthwise else 1
        self._append(
            "Conv", operation, (self._file.name(image), *constants), group=groups, **window
        )

    def _max_pool(self, operation: Operation) -> None:
        options = _options(operation, tflite.Pool2DOptions())
        size = (options.FilterHeight(), options.FilterWidth())
        self._append(
            "MaxPool",
            operation,
            [self._file.name(operation.inputs[0])],
            **self._window(operation, size, options),
        )

    def _plain(self, operator: str, operation: Operation) -> None:
        self._append(operator, operation, [self._file.name(one) for one in operation.inputs])

    def _prelu(self, operation: Operation) -> None:
        image, slope = operation.inputs
        value = self._file.constant(self._stored[slope]).reshape(-1, 1, 1)
        slopes = self._constant(self._file.name(slope), value)
        self._append("PRelu", operation, (self._file.name(image), slopes))

    def _pad(self, operation: Operation) -> None:
        image, padding = operation.inputs
        batch, height, width, channels = self._file.constant(padding)
        before, after = np.stack([batch, channels, height, width], axis=1)
        value = np.concatenate([before, after]).astype("<i8")
        pads = self._constant(self._file.name(padding), value)
        self._append("Pad", operation, (self._file.name(image), pads))

    def _reshape(self, operation: Operation) -> None:
        """Lay the channels last first, as TFLite has them, so that the order is the same."""
        output = self._file.name(operation.output)
        shape = np.array(self._file.shape(operation.output), "<i8")
        self._nodes.append(
            Node(
                operator="Transpose",
                inputs=[self._file.name(operation.inputs[0])],
                output=f"{output}/channels_last",
                attributes={"perm": (0, 2, 3, 1)},
            )
        )
        wanted = self._constant(f"{output}/shape", shape)
        self._append("Reshape", operation, (f"{output}/channels_last", wanted))

    def _concatenation(self, operation: Operation) -> None:
        axis = _options(operation, tflite.ConcatenationOptions()).Axis()
        if axis != 1 or len(self._file.shape(operation.output)) == 4:  # an image
            raise ValueError(operation)
        inputs = [self._file.name(one) for one in operation.inputs]
        self._append("Concat", operation, inputs, axis=axis)

    def _window(
        self,
        operation: Operation,
        kernel: Sequence[int],
        options: Any,  # noqa: ANN401 - flatbuffers has no types
    ) -> dict[str, tuple[int, ...]]:
        """Return the geometry of a sliding window, with TensorFlow's SAME padding spelt out."""
        strides = (options.StrideH(), options.StrideW())
        sources = self._file.shape(operation.inputs[0])[1:3]
        targets = self._file.shape(operation.output)[1:3]
        before, after = [], []
        for source, target, size, stride in zip(sources, targets, kernel, strides, strict=True):
            surplus = max((target - 1) * stride + size - source, 0)
            before.append(surplus // 2)
            after.append(surplus - surplus // 2)
        return {"kernel_shape": tuple(kernel), "pads": (*before, *after), "strides": strides}

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._weights[name] = value
        return name

    def _append(
        self,
        operator: str,
        operation: Operation,
        inputs: Sequence[str],
        **attributes: int | tuple[int, ...],
    ) -> None:
        output = self._file.name(operation.output)
        self._nodes.append(
            Node(operator=operator, inputs=inputs, output=output, attributes=attributes)
        )


def _options(operation: Operation, options: Any) -> Any:  # noqa: ANN401 - flatbuffers has no types
    """Return an operator's options as their own type, refusing a fused activation."""
    options.Init(operation.options.Bytes, operation.options.Pos)
    if options.FusedActivationFunction() != tflite.ActivationFunctionType.NONE:
        raise ValueError(operation)
    return options


def _channels_first(shape: tuple[int, ...]) -> tuple[int, ...]:
    match shape:
        case (batch, height, width, channels):
            return (batch, channels, height, width)
        case _:
            return shape
