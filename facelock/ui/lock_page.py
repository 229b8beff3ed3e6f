"""The lock page: passphrase and face side by side. The passphrase works from the first paint."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.app_mark import AppMark
from facelock.ui.card import Card
from facelock.ui.coming_back import ComingBack
from facelock.ui.demo_badge import DemoBadge
from facelock.ui.error_text import error_text
from facelock.ui.identifying import Identifying
from facelock.ui.lamp import Lamp
from facelock.ui.liveness_text import liveness_sentence
from facelock.ui.lock_form import lock_form
from facelock.ui.lock_scan import LockScan
from facelock.ui.lock_sight import LockSight
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.passphrase_try import PassphraseTry
from facelock.ui.push_button import PushButton
from facelock.ui.ring_state import RingMood
from facelock.ui.scan_view import ScanView
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE, reduced_motion
from facelock.ui.who_choice import WhoChoice
from facelock.vault.keys import wipe

if TYPE_CHECKING:
    from facelock.core.leaving import Arming
    from facelock.services.access import Access
    from facelock.ui.renewing import Renewing
    from facelock.vault.store import OpenedKey
    from facelock.workers.eyes import Eyes, OpenSource

_WIDE = 640  # logical pixels: narrower than this, the ring goes above the form
_PASSPHRASE_ALONE = frozenset({RingMood.FACE_GONE, RingMood.COOLING, RingMood.NO_CAMERA})
_SUCCESS_MILLISECONDS = 420  # the ring closes before the page goes


class LockPage(QScrollArea):
    """Shows the lock and lets a person in. Begins when shown, ends when hidden."""

    opening = Signal()  # it is open, the camera is not released yet, and this is about to go
    unlocked = Signal(str)  # profile id
    recovery_wanted = Signal(str)  # profile id of whom was chosen, empty if nobody was

    def __init__(
        self,
        access: Access,
        eyes: Eyes,
        open_camera: OpenSource,
        renewing: Renewing,
        parent: QWidget | None = None,
        *,
        identifying: Identifying | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._eyes = eyes
        identifying = identifying or Identifying(access, parent=self)
        self.scan = LockScan(access, eyes, open_camera, renewing, identifying, self, now=now)
        self.back = ComingBack(access, eyes, open_camera, self.scan, now=now)
        self.lamp = Lamp(self, now)
        self.sight = LockSight(eyes)
        self.ring, self.sentence = self.sight.ring, self.sight.sentence
        self.who = WhoChoice(identifying)
        self.passphrase = PassphraseField(self.tr("Passphrase"))
        self.button = PushButton(self.tr("&Unlock"))
        self.forgot = PushButton(self.tr("&Forgot your passphrase?"))
        self.forgot.setFlat(True)
        self.how = TextLabel("", Rank.MUTED)
        self.message = MessageBar()
        self._try = PassphraseTry(access, self.passphrase, self.button, self.message, self)
        self.liveness_note = IconLine(
            "info",
            liveness_sentence(is_active=False),
            Tone.NEUTRAL,
            Rank.NOTE,
        )
        self._success = QTimer(self)
        self._success.setSingleShot(True)
        self._success.setInterval(0 if reduced_motion() else _SUCCESS_MILLISECONDS)
        self._success.timeout.connect(self._leave)
        self._build()
        self._connect()

    def begin_as(self, arming: Arming) -> None:
        """Begin like this when it is shown first: what it locked for says how."""
        self.back.begin_as(arming)

    def returned(self) -> None:
        """The login session came back: whoever opened it may be let in at once."""
        self.back.returned()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.who.fill(self._access.people)
        self.passphrase.clear()
        self.message.clear()
        self.passphrase.setFocus()
        self.ring.watch(self._eyes.preview)
        self.back.appear()
        self.liveness_note.setVisible(not self._access.layers)
        self._try.watch(self.who.chosen)

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        self.back.vanish()
        self.lamp.put_out()
        self.passphrase.clear()
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back_to_face()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= _WIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self.sight.fit(wide=wide)
        self._mark.setVisible(wide)
        margin = (4 if wide else 2) * SPACE
        self._card.column.setContentsMargins(margin, margin, margin, margin)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Facelock is locked"))
        self.button.setDefault(True)
        card = self._card = Card()
        card.setMaximumWidth(880)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(4 * SPACE)
        self._body.addWidget(self.sight, 1)
        self._mark = AppMark(56)
        words = (TextLabel(self.tr("Facelock is locked"), Rank.TITLE), self.how)
        below = (self.message, self.button, self.forgot)
        note = self.liveness_note
        form = lock_form(self._mark, words, self.who, self.passphrase, below, note)
        self._body.addLayout(form, 1)
        card.column.addLayout(self._body)

        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(DemoBadge(shown=self._access.demo), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addStretch(1)
        row.addWidget(card, 1000)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(inside)
        QWidget.setTabOrder(self.who.combo, self.passphrase.tab_widgets()[0])
        QWidget.setTabOrder(*self.passphrase.tab_widgets())
        QWidget.setTabOrder(self.passphrase.tab_widgets()[1], self.button)
        QWidget.setTabOrder(self.button, self.forgot)

    def _connect(self) -> None:
        self.button.clicked.connect(self._submit)
        self.passphrase.submitted.connect(self._submit)
        self.forgot.clicked.connect(self._on_forgot)
        self._try.opened.connect(self._on_opened)
        self._try.refused.connect(self._on_refused)
        self._try.readied.connect(self._show_readiness)
        self.who.combo.currentIndexChanged.connect(self._on_chosen)
        self.passphrase.edited.connect(self._on_edited)
        self.ring.clicked.connect(self._back_to_face)
        self.who.picked.connect(self.back.ask)
        self.back.changed.connect(self._show_scan)
        self.scan.changed.connect(self._show_scan)
        self.scan.observed.connect(self.lamp.note)
        self.scan.accepted.connect(self._on_accepted)

    @Slot(object)
    def _show_scan(self, view: ScanView) -> None:
        self.sight.tell(view)
        self.lamp.follow(view)
        self.how.setText(
            self.tr("Type your passphrase.")
            if view.mood in _PASSPHRASE_ALONE
            else self.tr("Use your face, or type your passphrase.")
        )

    @Slot()
    def _back_to_face(self) -> None:
        if self._try.is_busy or self._success.isActive():
            return
        self.passphrase.clear()
        self.message.clear()
        if not self.scan.is_active:
            self.back.ask()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if text and not self._try.is_waiting:
            self.message.clear()

    @Slot()
    def _submit(self) -> None:
        profile_id = self.who.chosen
        if self._try.is_busy or not self.passphrase.text():
            self.passphrase.setFocus()
            return
        if profile_id is None:
            self.message.say(self.tr("Whose passphrase is it? Choose a name first."), Tone.WARNING)
            self.who.combo.setFocus()
            return
        self._try.submit(profile_id)

    @Slot()
    def _show_readiness(self) -> None:
        self.button.setText(self.tr("Checking…") if self._try.is_busy else self.tr("&Unlock"))

    @Slot()
    def _on_chosen(self) -> None:
        self._try.watch(self.who.chosen)

    @Slot()
    def _on_forgot(self) -> None:
        self.recovery_wanted.emit(self.who.chosen or "")

    @Slot(object)
    def _on_opened(self, opened: OpenedKey) -> None:
        self.passphrase.clear()
        if self._access.unlocked_for is not None:
            wipe(opened.vault_key)  # the face was faster
            return
        try:
            self._access.accept(opened)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
            if self._access.unlocked_for is None:
                return
        self.scan.cameras.bind(opened.profile_id)
        self.opening.emit()
        self.back.rest()
        self._celebrate(self.tr("Unlocked. Welcome back."))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.passphrase.clear()
        self.message.say(error_text(error), Tone.DANGER)
        self.passphrase.setFocus()

    @Slot(str)
    def _on_accepted(self, _profile_id: str) -> None:
        self.opening.emit()
        self.passphrase.clear()
        self._celebrate(self.sentence.text())

    def _celebrate(self, sentence: str) -> None:
        self._show_scan(ScanView(RingMood.SUCCESS, sentence))
        self.message.clear()
        self._success.start()

    @Slot()
    def _leave(self) -> None:
        if (inside := self._access.unlocked_for) is not None:
            self.unlocked.emit(inside.profile_id)
