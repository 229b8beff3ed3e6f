"""Brings enrolled people to the network in use, before anybody is compared with them.

A new head or backbone comes with an update (or with a retraining); what people were enrolled with
does not fit it any more. Whoever can be brought to it is, all of them in one transaction; the
others keep their record and their passphrase, and are told that they have to enrol again
(`core.renewal`). Counters and rules are not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.core.renewal import check_calibration, left_behind, renewable, renewed

if TYPE_CHECKING:
    from collections.abc import Callable

    from facelock.core.head import NetworkId
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration
    from facelock.services.recognition import FacePipeline
    from facelock.vault.staging import StagedProfiles
    from facelock.vault.store import ProfileStore


class Renewal:
    """What the people of a store need under the network in use.

    Owned by the store's thread; `slow_stage` alone may run in a Task.
    """

    def __init__(self, store: ProfileStore) -> None:
        self._store = store
        self._network: NetworkId | None = None

    def use(self, network: NetworkId) -> None:
        """Say which network is in use. Until then nobody is due and nobody is left behind."""
        self._network = network

    @property
    def is_due(self) -> bool:
        """True if somebody has to be renewed, and can be."""
        return bool(self._due())

    @property
    def left_behind(self) -> tuple[Profile, ...]:
        """Everybody whose face opens nothing before they enrol again."""
        if self._network is None:
            return ()
        return left_behind(self._store.profiles, self._network)

    def _due(self) -> tuple[Profile, ...]:
        if self._network is None:
            return ()
        return renewable(self._store.profiles, self._network)

    def slow_stage(
        self, load_pipeline: Callable[[], FacePipeline], load_calibration: Callable[[], Calibration]
    ) -> StagedProfiles:
        """Make and seal the new records; well under a second a person. Nothing is in force yet.

        The pipeline is one of its own: one serves one thread. Raises ModelError (NetworkMismatch
        if the calibration is another network's), StoreUnwritable, StoreDamaged.
        """
        return self._stage(load_pipeline(), load_calibration())

    def adopt(self, staged: StagedProfiles) -> bool:
        """Put them in force, all or none. Quick. False if somebody was changed since: stage again.

        Raises StoreUnwritable (the old are in force), KeyringUnavailable (the new ones are).
        """
        return self._store.adopt(staged)

    def run(self, pipeline: FacePipeline, load_calibration: Callable[[], Calibration]) -> None:
        """Do all of it now, if it is due: for commands. Raises as `slow_stage` and `adopt`."""
        self.use(pipeline.network)
        if self.is_due:
            self.adopt(self._stage(pipeline, load_calibration()))

    def _stage(self, pipeline: FacePipeline, calibration: Calibration) -> StagedProfiles:
        check_calibration(calibration, pipeline.model_sha256)
        network, head = pipeline.network, pipeline.head
        due = renewable(self._store.profiles, network)
        made = [renewed(one, network, head, calibration, pipeline.feature_of) for one in due]
        return self._store.stage(made, made_from=due)
