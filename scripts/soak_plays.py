"""What happens in the hour of `soak.py`: one round for each way to leave and to come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from staged_home import PASSPHRASE

from facelock.core.leaving import Reason
from facelock.core.scene import Scene
from facelock.session.watch import Cause, SessionWatch
from facelock.ui.lock_page import LockPage
from facelock.ui.player import Play, Throughout, Until
from facelock.ui.ring_state import RingMood
from facelock.ui.visits import Visits

if TYPE_CHECKING:
    from facelock.services.staged_cast import StagedCast
    from facelock.ui.program import Program
    from facelock.ui.visits import Stage

Round = tuple[str, Callable[[], Play]]

_WORK, _PAUSE = 4.0, 2.0  # seconds
_REFUSED_WITHIN, _TYPED_WITHIN, _RECOVERED_WITHIN = 30.0, 15.0, 90.0  # seconds
_PLUGGED_WITHIN = 10.0  # seconds; a lost camera is tried again every two


class Day(Visits):
    """The rounds. Each begins and ends with the owner before an open window.

    `work`: seconds of it in each round.
    """

    def __init__(self, program: Program, stage: Stage, work: float = _WORK) -> None:
        super().__init__(program, stage)
        self._seconds = work

    def rounds(self) -> tuple[Round, ...]:
        """Return them in their order, the most common one several times."""
        walk = ("walked away", self.walk_away)
        return (
            walk,
            ("locked by hand", self.lock_by_hand),
            walk,
            ("passphrase", self.type_passphrase),
            walk,
            ("stranger", self.let_a_stranger_try),
            walk,
            ("over the shoulder", self.be_looked_on),
        )

    def with_camera_and_session(self, cast: StagedCast, session: SessionWatch) -> tuple[Round, ...]:
        """Return these rounds, and two more for what a camera and a session can do."""

        def unplug() -> Play:
            cast.is_plugged_in = False
            yield from self.work(self._seconds)  # a camera that is gone locks nobody out
            cast.is_plugged_in = True
            yield Until("the camera is back", lambda: cast.cameras_open == 1, _PLUGGED_WITHIN)
            yield from self.walk_away()

        def sleep() -> Play:
            yield from self.work(self._seconds)
            session.begin(Cause.SLEEP)
            yield from self.be_gone(_PAUSE)
            yield Throughout("no camera", lambda: cast.cameras_open == 0, _PAUSE)
            session.end(Cause.SLEEP)
            yield from self.come_back()

        return (*self.rounds(), ("unplugged", unplug), ("slept", sleep))

    def walk_away(self) -> Play:
        """Work, leave, come back."""
        yield from self.work(self._seconds)
        yield from self.leave()
        yield from self.be_gone(_PAUSE)
        yield from self.come_back()

    def lock_by_hand(self) -> Play:
        """Lock while sitting there: it must not open until the owner has left and come back."""
        yield from self.work(self._seconds)
        self.program.window.lock(Reason.MANUAL)
        yield from self.be_gone(2 * _PAUSE)
        self.stage.scene = Scene.EMPTY
        yield from self.be_gone(2 * _PAUSE)  # two seconds of nobody, in whole frames of the watch
        yield from self.come_back()

    def type_passphrase(self) -> Play:
        """Lock by hand and open by the passphrase."""
        yield from self.work(self._seconds)
        self.program.window.lock(Reason.MANUAL)
        yield from self.be_gone(_PAUSE)
        yield from self.open_by_passphrase()

    def open_by_passphrase(self) -> Play:
        """Type it on the lock page."""
        self._type(PASSPHRASE)
        yield Until("open by the passphrase", self.is_open, _TYPED_WITHIN)

    def let_a_stranger_try(self) -> Play:
        """Leave, let somebody else try, come back."""
        yield from self.leave()
        self.stage.scene = Scene.STRANGER
        yield Until("a stranger is refused", self._is_refused, _REFUSED_WITHIN)
        self.stage.scene = Scene.EMPTY
        yield from self.be_gone(2 * _PAUSE)
        yield from self.come_back()

    def be_looked_on(self) -> Play:
        """Somebody looks over the shoulder; it stays open."""
        yield from self.work(_PAUSE)
        self.stage.scene = Scene.BOTH
        yield Throughout("open while looked on", self.is_open, 2 * _PAUSE)
        self.stage.scene = Scene.OWNER
        yield from self.work(_PAUSE)

    def recover(self) -> Play:
        """After a failure: open again, whatever it takes."""
        self.stage.scene = Scene.OWNER
        if not self.is_open():
            self._type(PASSPHRASE)
        yield Until("open again", self.is_open, _RECOVERED_WITHIN)

    def _is_refused(self) -> bool:
        page = self.program.window.page
        return isinstance(page, LockPage) and page.ring.mood is RingMood.REFUSED

    def _type(self, passphrase: str) -> None:
        page = self.program.window.page
        if isinstance(page, LockPage):
            QTest.keyClicks(page.passphrase.edit, passphrase)
            QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
