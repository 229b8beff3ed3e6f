"""Strictness msgspec lacks: it can forbid unknown fields in Structs, not in dataclasses."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


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
