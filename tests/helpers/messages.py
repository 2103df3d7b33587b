"""What is sent to the browser, read by a decoder that shares nothing with the encoder."""

import json
import struct

import numpy as np
import pytest

ARRAYS = {"float32": "<f4", "float64": "<f8", "int32": "<i4"}


def read(data: bytes) -> dict:
    """The message's header, arrays in place of their references."""
    magic, length = struct.unpack_from("<4sI", data)
    assert magic == b"GATE"
    header = json.loads(data[8 : 8 + length], parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
    return {name: filled(each, data, 8 + length) for name, each in header.items()}


def filled(node, data: bytes, start: int):
    if isinstance(node, list):
        return [filled(each, data, start) for each in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"dtype", "offset", "shape"}:
        assert (start + node["offset"]) % 8 == 0
        count = int(np.prod(node["shape"]))
        return np.frombuffer(data, ARRAYS[node["dtype"]], count, start + node["offset"]).reshape(node["shape"])
    return {name: filled(each, data, start) for name, each in node.items()}
