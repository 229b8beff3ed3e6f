"""Damage done to files: by worn disks, by half copies, and by people who mean it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Damage = Callable[[bytearray, random.Random], bytearray]


def _flip_a_bit(data: bytearray, dice: random.Random) -> bytearray:
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return data


def _set_a_byte(data: bytearray, dice: random.Random) -> bytearray:
    data[dice.randrange(len(data))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    return data


def _cut(data: bytearray, dice: random.Random) -> bytearray:
    return data[: dice.randrange(len(data))]


def _cut_the_start(data: bytearray, dice: random.Random) -> bytearray:
    return data[dice.randrange(1, len(data) + 1) :]


def _add_to_the_end(data: bytearray, dice: random.Random) -> bytearray:
    return data + dice.randbytes(dice.randrange(1, 64))


def _blank_a_range(data: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(len(data))
    size = dice.randrange(1, min(512, len(data) - start) + 1)
    data[start : start + size] = bytes(size)
    return data


def _repeat_a_range(data: bytearray, dice: random.Random) -> bytearray:
    start = dice.randrange(len(data))
    piece = data[start : start + dice.randrange(1, 128)]
    return data[:start] + piece + data[start:]


def _raise_a_number(data: bytearray, dice: random.Random) -> bytearray:
    """Make four bytes, perhaps a length, as large as they can be."""
    start = dice.randrange(len(data))
    data[start : start + 4] = dice.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"9999"))
    return data


_DAMAGES: Sequence[Damage] = (
    *([_flip_a_bit] * 4),
    *([_set_a_byte] * 2),
    *([_cut] * 2),
    _cut_the_start,
    _add_to_the_end,
    _blank_a_range,
    _repeat_a_range,
    _raise_a_number,
)


def mangled(data: bytes, dice: random.Random) -> bytes:
    """Return `data` with one damage, rarely several; never what it was.

    Raises ValueError if there is nothing to damage.
    """
    if not data:
        raise ValueError("an empty file cannot be damaged")
    for _ in range(100):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            if changed:
                changed = dice.choice(_DAMAGES)(changed, dice)
        if changed != data:
            return bytes(changed)
    raise ValueError("the damage undid itself a hundred times")
