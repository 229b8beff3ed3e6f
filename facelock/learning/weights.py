"""Weights on disk: safetensors in and out, checked against their hash before they are parsed.

Safetensors holds names, shapes and numbers and nothing that can run; `torch.load` and pickle are
never used. Retrained weights are bytes to whoever keeps them (the sealed store), so everything
here works on bytes.
"""

import hashlib
import hmac
from collections.abc import Mapping

from safetensors import SafetensorError
from safetensors import torch as safetensors
from torch import Tensor

from facelock.core.errors import ModelCorrupt

MAX_BYTES = 32 * 1024 * 1024  # six times the whole network


def weights_to_bytes(state: Mapping[str, Tensor]) -> bytes:
    """Return a `state_dict` as a safetensors file; equal states give equal bytes."""
    tensors = {name: state[name].detach().cpu().contiguous() for name in sorted(state)}
    return bytes(safetensors.save(tensors))


def sha256_of(data: bytes) -> str:
    """Return the hash by which weights are known, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def weights_from_bytes(
    data: bytes, *, sha256: str, max_bytes: int = MAX_BYTES
) -> dict[str, Tensor]:
    """Return the `state_dict` in a safetensors file.

    Raises ModelCorrupt unless the bytes have that hash and are a sound file no larger than
    `max_bytes`. Nothing is parsed before the hash is checked.
    """
    if len(data) > max_bytes:
        raise ModelCorrupt(f"weights of {len(data)} bytes: more than {max_bytes}")
    if not hmac.compare_digest(sha256_of(data), sha256):
        raise ModelCorrupt("the weights are not those that were saved")
    try:
        return dict(safetensors.load(data))
    except SafetensorError as error:
        raise ModelCorrupt("the weights are not a safetensors file") from error
