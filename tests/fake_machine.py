"""The machine that tests of the command line run on: a real store, a fake keyring and camera."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace

from fakes import FakeClip, FakeSecrets, made_up_profile

from facelock.cli import machine
from facelock.core.frames import Frame
from facelock.core.template import Profile
from facelock.vault.key_files import prepare_keys
from facelock.vault.keys import KDF_FLOOR
from facelock.vault.store import ProfileStore

PASSPHRASE = "seven quiet otters swim"


@dataclass
class EndlessClip(FakeClip):
    """A fake camera that begins again at its end, as real ones have none."""

    def read(self) -> Frame:
        if self._next >= len(self.frames):
            self._next = 0
        return super().read()


@dataclass
class FakeMachine:
    """The machine of a test: a keyring and a camera that tests fill."""

    secrets: FakeSecrets
    camera: FakeClip = field(default_factory=lambda: EndlessClip([], simulated=False))

    def shows(self, frames: list[Frame]) -> None:
        """Put these frames before the camera."""
        self.camera.frames = frames

    def store(self) -> ProfileStore:
        """Open the store that the commands use. Close it before running one."""
        return ProfileStore.open(machine.paths().store, self.secrets, demo=False)

    def enrol(self, person: int = 1, name: str = "Ada", passphrase: str = PASSPHRASE) -> None:
        """Put a person into the store, with the cheapest passphrase it accepts."""
        self.enrol_as(made_up_profile(person, name), passphrase)

    def enrol_as(self, profile: Profile, passphrase: str = PASSPHRASE) -> None:
        """Put this very profile into the store."""
        keys = prepare_keys(profile.profile_id, passphrase, kdf=KDF_FLOOR)
        with closing(self.store()) as store:
            store.enrol(profile, keys)
            store.arm_face(profile.profile_id, keys.vault_key)
            cameras = {**store.machine.cameras, profile.profile_id: ("",)}  # that of fake frames
            store.save_machine(replace(store.machine, cameras=cameras))
