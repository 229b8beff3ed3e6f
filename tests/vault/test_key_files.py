"""Key files are read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sealed_people import FAST, a_profile, keys_for

from facelock.core.errors import StoreDamaged, StoreTooNew
from facelock.vault.key_files import decode_slots, encode_slots, make_slots

ADA = a_profile()
SLOTS = make_slots(keys_for(ADA), b"d" * 32)
FILE = encode_slots(ADA.profile_id, SLOTS)


def read(data: bytes) -> object:
    return decode_slots(data, ADA.profile_id, kdf_floor=FAST)


def changed(**fields: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps({**json.loads(FILE), **fields}).encode()


def test_a_key_file_is_json_a_person_can_read() -> None:
    assert read(FILE) == SLOTS
    content = json.loads(FILE)
    assert content["slots"]["passphrase"]["kdf"] == {
        "memory_kib": 16,
        "iterations": 1,
        "lanes": 1,
    }


def test_a_key_file_that_is_not_as_written_is_refused() -> None:
    for data in (b"", b"[]", b"\xff", FILE[:-9], changed(version=0), changed(extra=1)):
        with pytest.raises(StoreDamaged):
            read(data)
    with pytest.raises(StoreDamaged, match="somebody else"):
        decode_slots(FILE, "0" * 32, kdf_floor=FAST)
    with pytest.raises(StoreTooNew):
        read(changed(version=3, extra=1))


def test_a_cost_that_would_exhaust_the_machine_is_refused_before_it_is_paid() -> None:
    slots = json.loads(FILE)["slots"]
    slots["passphrase"]["kdf"]["memory_kib"] = 2**40
    with pytest.raises(StoreDamaged):
        read(changed(slots=slots))


def test_a_cost_below_the_published_minimum_is_refused() -> None:
    with pytest.raises(StoreDamaged, match="stretched too little"):
        decode_slots(FILE, ADA.profile_id)
