"""The heads that were trained on this machine: which one compares, and how another comes in force.

A head changes every distance, so everybody is brought to it in the same transaction: embeddings,
references and thresholds, the latter from the head's own calibration. The head in force is part of
the sealed index, and confirmed by passphrase as everything that could weaken the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from facelock.core.activity import Happening
from facelock.core.errors import NetworkMismatch, NotEnrolled, PeopleUnjudged
from facelock.core.renewal import renewed

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding
    from facelock.core.frames import FaceCrop
    from facelock.core.head import NetworkId
    from facelock.core.head_version import HeadVersion
    from facelock.core.threshold import Calibration
    from facelock.services.recognition import FacePipeline
    from facelock.vault.store import ProfileStore
    from facelock.vault.store_heads import StagedHead

Watcher = Callable[[], object]


class Heads:
    """The heads of a store. Owned by its thread.

    What only looks may be called from any: `versions`, `in_force`, what is named `load_...` or
    `slow_...`.
    """

    def __init__(
        self,
        store: ProfileStore,
        require_confirmation: Callable[[], None],
        note: Callable[[Happening], None],
    ) -> None:
        self._store = store
        self._require_confirmation = require_confirmation
        self._note = note
        self._watchers: list[Watcher] = []

    def add_watcher(self, watcher: Watcher) -> None:
        """Call this whenever another head may be in force: after an adoption, or once unsealed."""
        self._watchers.append(watcher)

    def tell(self) -> None:
        """Say that another head may be in force."""
        for watcher in self._watchers:
            watcher()

    @property
    def versions(self) -> tuple[HeadVersion, ...]:
        """Every head that can be put in force, the newest first; none while the store is sealed."""
        return tuple(one for one in self.kept if _fits(one))

    @property
    def kept(self) -> tuple[HeadVersion, ...]:
        """Every head that is kept, the newest first: those of an earlier backbone too."""
        return tuple(reversed(self._store.heads))

    @property
    def in_force(self) -> HeadVersion | None:
        """The head that is compared with; None: the one Facelock came with.

        So it is also while the store is sealed, and if the head does not open, or was trained on
        another backbone than the one in use.
        """
        version = self._store.head_in_force
        return version if version is not None and _fits(version) else None

    def network(self) -> NetworkId:
        """Return which network is compared with. Raises ModelMissing, ModelCorrupt."""
        from facelock.services.loading import network_in_use

        version = self.in_force
        return network_in_use() if version is None else version.network

    def load_pipeline(self, load: Callable[[], FacePipeline] | None = None) -> FacePipeline:
        """Load the networks with the head in force. Raises ModelError.

        `load` is how the bundled ones are loaded, if not by `services.loading`.
        """
        return _pipeline_of(self.in_force, load)

    def load_calibration(self, load: Callable[[], Calibration] | None = None) -> Calibration:
        """Load the calibration of the head in force. Raises ModelError.

        `load` is how the bundled one is loaded, if not by `services.calibration`.
        """
        return _calibration_of(self.in_force, load)

    def load_both(
        self,
        load_pipeline: Callable[[], FacePipeline] | None = None,
        load_calibration: Callable[[], Calibration] | None = None,
    ) -> tuple[FacePipeline, Calibration]:
        """Load networks and calibration of one head, also if another comes in force meanwhile.

        The arguments are as those of `load_pipeline` and `load_calibration`. Raises ModelError.
        """
        version = self.in_force
        return _pipeline_of(version, load_pipeline), _calibration_of(version, load_calibration)

    def slow_stage(self, version: HeadVersion | None) -> StagedHead:
        """Bring everybody to a head, on the disk and not in force yet; None: the bundled head.

        About 0.1 s a person. Whoever is of another backbone is left as they are. May run in a Task.
        Raises NetworkMismatch if it was trained on another backbone, NotEnrolled if somebody who
        had a part in it is gone; ModelError, StoreUnwritable, StoreDamaged.
        """
        from facelock.services import calibration, loading

        everybody = self._store.profiles
        if version is None:
            network, head = loading.network_in_use(), loading.bundled_head()
            measured = calibration.load_calibration()
        else:
            if not _fits(version):
                raise NetworkMismatch("the head was trained on another backbone")
            if not version.part_takers <= set(self._store.people):
                raise NotEnrolled("somebody who had a part in the head was removed")
            network, head = version.network, version.head
            measured = calibration.load_calibration(version)
        return self._store.stage_head(
            version,
            [
                renewed(one, network, head, measured, _no_pictures)
                for one in everybody
                if one.backbone_sha256 == network.backbone_sha256
            ],
            everybody=everybody,
        )

    def adopt(self, staged: StagedHead) -> bool:
        """Put a head in force with everybody under it: all of it or nothing. Quick.

        False, and nothing happens, if anybody was changed since: stage it again.
        Raises PassphraseConfirmationNeeded; PeopleUnjudged (what was staged is dropped) if the head
        is new and somebody who would come under it was not judged with it; StoreUnwritable (the old
        head is in force), KeyringUnavailable (the new one is).
        """
        self._require_confirmation()
        known = {one.network.model_sha256 for one in self._store.heads}
        version = staged.version
        is_new = version is not None and version.network.model_sha256 not in known
        if version is not None and is_new and self._leaves_out_anybody(version):
            self._store.drop_head(staged)
            raise PeopleUnjudged("somebody was enrolled since the head was judged")
        before = self._store.head_in_force
        try:
            return self._store.adopt_head(staged)
        finally:
            after = self._store.head_in_force
            if after is not before:
                self._note(Happening.HEAD_ADOPTED if is_new else Happening.HEAD_REVERTED)
                self.tell()

    def _leaves_out_anybody(self, version: HeadVersion) -> bool:
        """True if somebody would come under the head who had no part in it."""
        return any(
            one.profile_id not in version.part_takers
            for one in self._store.profiles
            if one.backbone_sha256 == version.network.backbone_sha256
        )

    def drop(self, staged: StagedHead) -> None:
        """Delete what was staged and is not wanted after all."""
        self._store.drop_head(staged)


def _pipeline_of(
    version: HeadVersion | None, load: Callable[[], FacePipeline] | None
) -> FacePipeline:
    from facelock.services import loading

    pipeline = (load or loading.load_pipeline)()
    return pipeline if version is None else pipeline.with_head(version.head)


def _calibration_of(
    version: HeadVersion | None, load: Callable[[], Calibration] | None
) -> Calibration:
    from facelock.services import calibration

    if version is None:
        return (load or calibration.load_calibration)()
    return calibration.load_calibration(version)


def _fits(version: HeadVersion) -> bool:
    """True if the head was trained on the features of the backbone in use."""
    from facelock.services.loading import bundled_backbone

    return version.network.backbone_sha256 == bundled_backbone()


def _no_pictures(_crop: FaceCrop) -> Embedding:
    raise AssertionError("features of the same backbone need no picture")
