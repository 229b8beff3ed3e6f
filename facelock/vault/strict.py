"""Strictness msgspec lacks: it can forbid unknown fields in Structs, not in dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from facelock.core.errors import StoreDamaged

T = TypeVar("T")


def decode_strictly(data: bytes, kind: type[T]) -> T:
    """Return msgpack bytes as a `kind`, which they must be to the letter. Raises StoreDamaged."""
    try:
        record = msgspec.msgpack.decode(data, type=kind, strict=True)
        refuse_unknown(msgspec.msgpack.decode(data), record)
    except (msgspec.DecodeError, ValueError) as error:
        raise StoreDamaged(f"a record is not as it was written: {error}") from error
    return record


def refuse_unknown(raw: object, record: object) -> None:
    """Raise ValueError if `raw`, as it was decoded without types, says more than `record` took."""
    _compare(raw, msgspec.to_builtins(record, builtin_types=(bytes,)))


def _compare(raw: object, taken: object) -> None:
    if isinstance(raw, Mapping) and isinstance(taken, Mapping):
        if raw.keys() - taken.keys():
            raise ValueError("unknown fields")
        for name in raw:
            _compare(raw[name], taken[name])
    elif isinstance(raw, list) and isinstance(taken, list | tuple):
        for one, other in zip(raw, taken, strict=True):
            _compare(one, other)
