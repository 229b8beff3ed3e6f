"""Records are decoded strictly: nothing impossible becomes a profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from sealed_people import a_profile

from facelock.core.errors import StoreDamaged
from facelock.vault.profile_record import PROFILE_VERSION, decode_profile, encode_profile
from facelock.vault.records import (
    MachineFile,
    MachineRecord,
    PassphraseGiven,
    decode_machine,
    encode_machine,
    without_people,
)

Change = Callable[[dict[str, Any]], object]


def _nan_vector() -> bytes:
    return np.full(192, np.nan, "<f4").tobytes()


def _appearance(name: str, **also: object) -> dict[str, object]:
    return {"name": name, "added_at": 0.0, "source": "enrolled", "expires_at": None, **also}


def _with_looks(record: dict[str, Any], count: int, *, expires_at: float | None) -> None:
    """Add remembered looks, each with a sample and a reference."""
    for number in range(count):
        name = f"remembered-{number}"
        look = _appearance(name, source="remembered", expires_at=expires_at)
        record["appearances"].append(look)
        record["samples"].append({**record["samples"][0], "appearance": name})
        record["references"].append({**record["references"][0], "appearance": name})


CHANGES: dict[str, Change] = {
    "an unknown field": lambda r: r.update(extra=1),
    "an unknown field in a threshold": lambda r: r["thresholds"]["strict"].update(extra=1),
    "a missing field": lambda r: r.pop("name"),
    "a wrong type": lambda r: r.update(demo="yes"),
    "an id that is a path": lambda r: r.update(profile_id="../../etc/passwd"),
    "no name": lambda r: r.update(name=""),
    "a blank end": lambda r: r.update(name="Ada "),
    "a long name": lambda r: r.update(name="x" * 61),
    "a control character": lambda r: r.update(name="a\x00b"),
    "a short hash": lambda r: r.update(model_sha256="ab"),
    "a short backbone's hash": lambda r: r.update(backbone_sha256="ab"),
    "a feature of nan": lambda r: r["samples"][0].update(feature=_nan_vector()),
    "unequal features": lambda r: r["samples"][0].update(feature=bytes(400)),
    "a missing feature": lambda r: r["samples"][0].pop("feature"),
    "a time that is none": lambda r: r.update(created_at=float("inf")),
    "no samples": lambda r: r.update(samples=[]),
    "no references": lambda r: r.update(references=[]),
    "two references of one appearance": lambda r: r.update(references=r["references"] * 3),
    "no appearances": lambda r: r.update(appearances=[]),
    "an appearance without samples": lambda r: r["appearances"].append(_appearance("glasses")),
    "a sample of no appearance": lambda r: r["samples"][0].update(appearance="glasses"),
    "a reference of no appearance": lambda r: r["references"][0].update(appearance="glasses"),
    "the same appearance twice": lambda r: r["appearances"].append(_appearance("usual")),
    "an enrolled appearance that expires": lambda r: r["appearances"][0].update(expires_at=9e9),
    "nothing but what was remembered": lambda r: r["appearances"][0].update(
        source="remembered", expires_at=r["appearances"][0]["added_at"] + 1.0
    ),
    "an unknown source": lambda r: r["appearances"][0].update(source="given"),
    "an appearance since no time": lambda r: r["appearances"][0].update(added_at=float("nan")),
    "an appearance that cannot be shown": lambda r: [
        one.update({key: "a\x00b"})
        for names, key in (("appearances", "name"), ("samples", "appearance"))
        for one in r[names]
    ],
    "an unknown field in an appearance": lambda r: r["appearances"][0].update(extra=1),
    "too many appearances": lambda r: _with_looks(r, 8, expires_at=1.0),
    "a remembered appearance for ever": lambda r: _with_looks(r, 1, expires_at=None),
    "a remembered appearance for a hundred years": lambda r: _with_looks(r, 1, expires_at=4e9),
    "an appearance that was over before": lambda r: _with_looks(r, 1, expires_at=-1.0),
    "a level missing": lambda r: r["thresholds"].pop("strict"),
    "an unknown level": lambda r: r["thresholds"].update(open=r["thresholds"]["strict"]),
    "a threshold that lets all in": lambda r: r["thresholds"]["strict"].update(value=4.1),
    "a negative threshold": lambda r: r["thresholds"]["strict"].update(value=-0.1),
    "a threshold of nan": lambda r: r["thresholds"]["strict"].update(value=float("nan")),
    "a term of infinity": lambda r: r["thresholds"]["strict"].update(fmr_term=float("inf")),
    "a pose of nan": lambda r: r["samples"][0].update(pose=[float("nan"), 0.0, 0.0]),
    "half a crop": lambda r: r["samples"][0].update(crop=b"x"),
    "an embedding of nan": lambda r: r["samples"][0].update(embedding=_nan_vector()),
    "a huge embedding": lambda r: r["references"][0].update(
        embedding=np.full(192, 3e38, "<f4").tobytes()
    ),
    "a zero embedding": lambda r: r["references"][0].update(embedding=bytes(768)),
    "unequal dimensions": lambda r: r["references"][0].update(embedding=bytes(400)),
    "a quarter of a number": lambda r: [
        one.update(embedding=bytes(7)) for one in (*r["samples"], *r["references"])
    ],
    "no dimensions": lambda r: [
        one.update(embedding=b"") for one in (*r["samples"], *r["references"])
    ],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_impossible_profile_is_refused(change: Change) -> None:
    raw = msgspec.msgpack.decode(encode_profile(a_profile()))
    change(raw)
    with pytest.raises(StoreDamaged):
        decode_profile(msgspec.msgpack.encode(raw), PROFILE_VERSION)


def test_seven_remembered_looks_for_a_year_are_possible() -> None:
    raw = msgspec.msgpack.decode(encode_profile(a_profile()))
    _with_looks(raw, 7, expires_at=366 * 86_400.0)
    read = decode_profile(msgspec.msgpack.encode(raw), PROFILE_VERSION)
    assert len(read.appearances) == len(read.references) == 8
    assert len(read.remembered) == 7


def test_a_version_that_never_was_is_refused() -> None:
    with pytest.raises(StoreDamaged, match="version 0"):
        decode_profile(encode_profile(a_profile()), 0)


def test_a_record_is_read_as_the_version_it_is_sealed_as() -> None:
    data = encode_profile(a_profile())
    for version in range(1, PROFILE_VERSION):
        with pytest.raises(StoreDamaged):
            decode_profile(data, version)


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x93", b"\x81\xa4name\xa1\xff", bytes(100)])
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(StoreDamaged):
        decode_profile(data, PROFILE_VERSION)
    with pytest.raises(StoreDamaged):
        decode_machine(data)


def test_a_decoded_embedding_cannot_be_changed() -> None:
    profile = decode_profile(encode_profile(a_profile()), PROFILE_VERSION)
    with pytest.raises(ValueError, match="read-only"):
        profile.samples[0].embedding[0] = 1.0


SOMEBODY, NAN = "0" * 32, float("nan")
IMPOSSIBLE_MACHINES = [
    MachineRecord(cooldown_until_monotonic=NAN),
    MachineRecord(written_wall=float("inf")),
    MachineRecord(boot_id="x" * 129),
    MachineRecord(passphrase_given={"ada": PassphraseGiven(0.0)}),
    MachineRecord(passphrase_given={SOMEBODY: PassphraseGiven(NAN)}),
    MachineRecord(passphrase_given={SOMEBODY: PassphraseGiven(0.0, NAN)}),
    MachineRecord(passphrase_given={SOMEBODY: PassphraseGiven(0.0, 0.0, "x" * 129)}),
    MachineRecord(wrong_passphrases={"../ada": 1}),
    MachineRecord(wrong_passphrases={SOMEBODY: 0}),
    MachineRecord(wrong_passphrases={SOMEBODY: -5}),
    MachineRecord(passphrase_next_wall={"ada": 1.0}),
    MachineRecord(passphrase_next_wall={SOMEBODY: NAN}),
    MachineRecord(passphrase_next_monotonic={SOMEBODY: NAN}),
    MachineRecord(snapshots_for=("ada",)),
    MachineRecord(activity_head="ab"),
    MachineRecord(activity_count=-1),
    MachineRecord(lock_when_idle_seconds=29.0),
    MachineRecord(lock_when_idle_seconds=3601.0),
    MachineRecord(lock_when_idle_seconds=NAN),
    MachineRecord(lock_when_away_seconds=2.9),
    MachineRecord(lock_when_away_seconds=601.0),
    MachineRecord(lock_when_away_seconds=NAN),
    MachineRecord(lock_when_away_seconds=-1.0),
]


@pytest.mark.parametrize(
    "file",
    [
        MachineFile(MachineRecord(cooldown_until_wall=float("nan"))),
        MachineFile(MachineRecord(camera_id="x" * 2000)),
        MachineFile(generations={"../x": 1}),
        MachineFile(generations={"0" * 32: 0}),
        MachineFile(unfinished=("..",)),
        *(MachineFile(one) for one in IMPOSSIBLE_MACHINES),
    ],
)
def test_an_impossible_machine_record_is_neither_written_nor_read(file: MachineFile) -> None:
    with pytest.raises(ValueError, match=r"times|camera|ids|generations|wrong|activity|idle|away"):
        encode_machine(file)
    with pytest.raises(StoreDamaged):
        decode_machine(msgspec.msgpack.encode(file))


def test_a_machine_record_with_unknown_fields_is_refused() -> None:
    for raw in ({"open": True}, {"machine": {"threshold": 4.0}}):
        with pytest.raises(StoreDamaged, match="unknown"):
            decode_machine(msgspec.msgpack.encode(raw))


def test_a_machine_record_of_an_earlier_version_has_the_defaults_for_what_it_lacks() -> None:
    assert decode_machine(msgspec.msgpack.encode({"machine": {"failures": 3}})) == MachineFile(
        MachineRecord(failures=3)
    )


def test_nothing_is_left_in_the_record_of_people_who_are_removed() -> None:
    ada, bob = "a" * 32, "b" * 32
    both = MachineRecord(
        passphrase_given={ada: PassphraseGiven(1.0), bob: PassphraseGiven(2.0)},
        wrong_passphrases={ada: 1, bob: 2},
        passphrase_next_wall={ada: 1.0, bob: 2.0},
        passphrase_next_monotonic={ada: 1.0, bob: 2.0},
        snapshots_for=(ada, bob),
    )
    left = without_people(both, frozenset({ada}))
    assert ada not in repr(left)
    assert left.wrong_passphrases == {bob: 2}
    assert left.snapshots_for == (bob,)
