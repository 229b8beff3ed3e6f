"""A head as bytes: a safetensors file of two tensors, and nothing else in it.

Whoever loads one checks first that the bytes are the right ones (`models.load_verified` for the
bundled head; sealed records for heads retrained here).
"""

from __future__ import annotations

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as parse_safetensors
from safetensors.numpy import save as write_safetensors

from facelock.core.errors import ModelCorrupt
from facelock.core.head import Head

MAX_HEAD_BYTES = 2 * 1024 * 1024
"""Thirteen times a head of 192 by 192; checked before anything is parsed."""


def head_to_bytes(head: Head) -> bytes:
    """Return the head as a safetensors file: `weight` (D_out, D_in), `bias` (D_out,), float32."""
    tensors = {"bias": head.bias, "weight": head.weight}
    # safetensors stores a strided array as if it were contiguous.
    return write_safetensors({name: np.ascontiguousarray(one) for name, one in tensors.items()})


def head_from_bytes(data: bytes) -> Head:
    """Return the head in a safetensors file. Raises ModelCorrupt if it does not hold just one."""
    if len(data) > MAX_HEAD_BYTES:
        raise ModelCorrupt(f"a head of {len(data)} bytes: more than {MAX_HEAD_BYTES}")
    try:
        tensors = parse_safetensors(data)
        if tensors.keys() != {"weight", "bias"}:
            raise ModelCorrupt("a head is a weight and a bias")
        return Head(**tensors)
    except (SafetensorError, KeyError, ValueError) as error:
        raise ModelCorrupt("this file does not hold a head") from error
