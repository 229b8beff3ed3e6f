"""A demo store whose owner is enrolled, for a real window before a stage."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from facelock import app
from facelock.core.levels import Level
from facelock.desktop.clock import SystemClock
from facelock.desktop.paths import Paths
from facelock.services.calibration import load_calibration
from facelock.services.demo_cast import DemoCast
from facelock.services.demo_store import enrol_demo_owner, open_demo_folder
from facelock.services.leaving_rules import fitted
from facelock.services.loading import load_pipeline

PASSPHRASE = "seven quiet otters swim"


def enrol_owner(paths: Paths, level: Level) -> None:
    """Enrol the demo's owner pose by pose, as the wizard does, at a level."""
    cast, clock = DemoCast(realtime=False), SystemClock()
    pipeline, calibration = load_pipeline(), load_calibration()
    enrol_demo_owner(paths.data, cast, pipeline, calibration, clock, passphrase=PASSPHRASE)
    with closing(open_demo_folder(paths.data)) as store:
        store.save_machine(fitted(replace(store.machine, liveness=False), level))


def open_home(paths: Paths) -> app.OpenStore:
    """Open the store for a window."""
    return app.OpenStore(open_demo_folder(paths.data), has_keyring=True)


def vault_key(paths: Paths) -> bytes:
    """Return the owner's vault key: for looking whether another process holds it."""
    with closing(open_demo_folder(paths.data)) as store:
        return bytes(store.open_key(store.people[0], PASSPHRASE))
