"""A store that is killed while heads come in force, and go back: everybody gets in all the same."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import closing
from pathlib import Path

from fakes import MODEL, made_up_calibration, made_up_profile, person_embedding
from made_up_heads import a_version
from sealed_people import PASSPHRASE, keys_for, open_store
from torment import FolderKeeper

from facelock.core.head import Head, NetworkId
from facelock.core.head_version import HeadVersion, calibration_of
from facelock.core.levels import Level
from facelock.core.renewal import renewed
from facelock.core.template import Profile, make_gallery
from facelock.vault.store import ProfileStore

ADA, BO = made_up_profile(1, "Ada"), made_up_profile(2, "Bo")
_IDS = (ADA.profile_id, BO.profile_id)
FIRST, SECOND = a_version(5, *_IDS), a_version(6, *_IDS)
_TURNS: tuple[HeadVersion | None, ...] = (None, FIRST, SECOND, FIRST)  # by step, round and round


def _under(version: HeadVersion | None) -> tuple[Profile, ...]:
    """Return everybody under a head, with thresholds of its own calibration."""
    measured = made_up_calibration()
    if version is None:
        network, head = NetworkId(MODEL, MODEL), Head.identity(measured.features.shape[1])
    else:
        network, head = version.network, version.head
        measured = calibration_of(version, measured.features, measured.person_index)
    return tuple(
        renewed(one, network, head, measured, lambda _: one.samples[0].feature)  # noqa: B023
        for one in (ADA, BO)
    )


class HeadScenario:
    """Heads are adopted, reverted, and given up for the bundled one."""

    name = "heads"
    longest = 0.25  # everybody is written anew

    def __init__(self, folder: Path) -> None:
        self._folder, self._keeper = folder / "store", FolderKeeper(folder / "keyring")
        self._people = [_under(version) for version in _TURNS]
        self._store: ProfileStore | None = None
        with closing(open_store(self._folder, self._keeper)) as store:
            for one in (ADA, BO):
                keys = keys_for(one)
                store.enrol(one, keys)
                store.arm_face(one.profile_id, keys.vault_key)

    def begin(self) -> None:
        """Open the store."""
        self._store = open_store(self._folder, self._keeper)

    def do(self, step: int) -> None:
        """Put the next head in force."""
        if self._store is None:
            raise RuntimeError("begin comes first")
        turn = step % len(_TURNS)
        staged = self._store.stage_head(_TURNS[turn], self._people[turn])
        if not self._store.adopt_head(staged):
            raise RuntimeError("nobody was changed")

    def state(self, step: int) -> Hashable:
        """Return (network in force, how many heads are kept)."""
        version = _TURNS[step % len(_TURNS)]
        return (version.network.model_sha256 if version else MODEL, min(step, 2))

    def observe(self) -> Hashable:
        """Open the store; everybody gets in by face and by passphrase, and nobody else does."""
        with closing(open_store(self._folder, self._keeper)) as store:
            assert not store.needs_passphrase
            assert store.damaged == ()
            version = store.head_in_force
            model = version.network.model_sha256 if version else MODEL
            assert {one.model_sha256 for one in store.profiles} == {model}
            for number, one in enumerate((ADA, BO, None), start=1):
                _check_face(store, version, number, one)
            for profile_id in _IDS:
                assert store.open_key_by_face(profile_id)
                assert store.open_key(profile_id, PASSPHRASE)
            kept = {f"{name}.sealed" for name in store.machine.heads}
            found = (model, len(store.heads))
        assert {one.name for one in (self._folder / "heads").glob("*")} == kept
        assert not list(self._folder.rglob("*.renewed"))
        return found


def _check_face(
    store: ProfileStore, version: HeadVersion | None, number: int, whose: Profile | None
) -> None:
    """Compare a made-up person, by number, as a probe under the head in force would be."""
    feature = person_embedding(number, 0.3, 77)
    probe = feature if version is None else version.head.apply(feature)
    model = store.profiles[0].model_sha256
    gallery = make_gallery(store.profiles, Level.BALANCED, demo=False, model_sha256=model)
    nearest = gallery.nearest(probe)
    assert nearest is not None
    assert nearest.is_match is (whose is not None)
    assert whose is None or nearest.profile_id == whose.profile_id
