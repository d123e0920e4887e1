"""Have an ONNX model give out one of its inner tensors, without the package `onnx`.

Protobuf merges a field that is appended to a message with the one that is there, so some bytes
after the file's own add to its graph. They live in memory; the file stays as it is.
"""

import re


def with_output(model: bytes, tensor: str, name: str = "") -> bytes:
    """The model with one more output, called `name`, or as the tensor is.

    Appends ModelProto.graph (7), which holds an Identity node (GraphProto.node 1: input 1,
    output 2, op_type 4) where there is a new name, and an output (12) that has only a name (1).
    """
    node = b""
    if name:
        parts = ((1, tensor), (2, name), (4, "Identity"))
        node = _field(1, b"".join(_field(number, text.encode()) for number, text in parts))
    output = _field(12, _field(1, (name or tensor).encode()))
    return model + _field(7, node + output)


def of_any_size(model: bytes, name: str) -> bytes:
    """The model with its input `name`, declared as of one number, open to any count of them.

    TensorShapeProto.Dimension says 1 as dim_value (1), `08 01`; an empty dim_param (2), `12 00`,
    says nothing of the size and is as long.

    Raises:
        ValueError: the model has no such input, or it is not of one number.
    """
    head = _field(1, name.encode()) + b"\x12\x0a\x0a\x08\x08\x01\x12\x04\x0a\x02"
    if model.count(head + b"\x08\x01") != 1:
        raise ValueError(f"The model has no input {name!r} of one number.")
    return model.replace(head + b"\x08\x01", head + b"\x12\x00")


def clipped_tensor(model: bytes) -> str:
    """The one tensor that a Clip node makes, as the exporter of PyTorch names it; empty for none.

    In models of the StyleTTS 2 family, it is each token's length, at least 1.
    """
    found = set(re.findall(rb"(?:/\w+)*/Clip(?:_\d+)?_output_0", model))
    return found.pop().decode() if len(found) == 1 else ""


def _field(number: int, body: bytes) -> bytes:
    """A length-delimited field; its length is a varint."""
    size, length = len(body), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + body
