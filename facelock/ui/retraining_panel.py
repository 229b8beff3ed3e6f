"""The Retraining section of the settings: begin, watch, judge, adopt or not, and go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError, KeyringUnavailable
from facelock.ui.announce import announce
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.plot_style import load_plots
from facelock.ui.retraining_outcome import OutcomeCard
from facelock.ui.retraining_progress_card import RetrainingProgressCard
from facelock.ui.retraining_run import RetrainingRun, Trains
from facelock.ui.retraining_start import StartCard
from facelock.ui.retraining_switch import HeadSwitch, KeepsHeads
from facelock.ui.retraining_text import in_force_words, moment
from facelock.ui.retraining_versions import VersionsCard
from facelock.ui.settings_section import SectionBody
from facelock.ui.text_labels import Tone
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.core.head_version import HeadVersion
    from facelock.core.retraining import RetrainingOptions
    from facelock.services.access import Access
    from facelock.services.retraining import Outcome, Plan
    from facelock.ui.push_button import PushButton


class RetrainingPanel(SectionBody):
    """One of three cards is shown: to begin, to watch, to decide; below them the versions.

    It is deleted when Facelock locks, which ends whatever is under way and changes nothing.
    """

    changed = Signal()  # another head is in force

    def __init__(
        self,
        access: Access,
        training: Trains,
        heads: KeepsHeads,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._access, self._training, self._heads = access, training, heads
        self._plan: Plan | None = None
        self._options: RetrainingOptions | None = None
        self._run: RetrainingRun | None = None
        self._outcome: Outcome | None = None
        self._was_here = False  # the focus, when everything was disabled
        self._wanted: HeadVersion | None = None
        self._has_plots = False
        self._switch = HeadSwitch(heads, self)
        self._switch.switched.connect(self._on_switched)
        self._switch.lost.connect(self._on_lost)
        self._switch.failed.connect(self._on_failed)
        self.start = StartCard()
        self.start.person_chosen.connect(self._make_plan)
        self.start.begin_wanted.connect(self._on_begin)
        self.progress = RetrainingProgressCard()
        self.progress.cancel_wanted.connect(self._on_cancel)
        self.outcome: OutcomeCard | None = None
        self.versions = VersionsCard()
        self.versions.use_wanted.connect(self._on_use)
        self.column.addWidget(self.start)
        self.column.addWidget(self.progress)
        self.add_section(self.tr("Versions"), self.versions)
        self.progress.hide()

    @property
    def is_running(self) -> bool:
        """True while a retraining is under way."""
        return self._run is not None

    def may_be_made_anew(self) -> bool:
        """False while that would cut off a retraining, or lose what came of it."""
        return not self._is_busy and self.outcome is None

    @property
    def _is_busy(self) -> bool:
        return self.is_running or self._switch.is_busy

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        """Somebody may have been enrolled, renamed or removed since."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look again at who is enrolled and which versions there are."""
        inside = self._access.unlocked_for
        self.start.offer_people(self._access.people, inside.profile_id if inside else None)
        self._make_plan()
        self.versions.show_heads(self._heads, self._names())

    def _names(self) -> Mapping[str, str]:
        return {one.profile_id: one.name for one in self._access.people if one.name}

    @Slot()
    def _make_plan(self) -> None:
        self._plan = None
        try:
            self._plan = self._training.plan(self.start.profile_id)
        except FacelockError as error:
            self.start.show_trouble(error_text(error))
        else:
            self.start.show_plan(self._plan, self._names())

    @Slot()
    def _on_begin(self) -> None:
        self._options = self.start.advanced.options
        action = self.tr("A retraining begins. What is in force stays so until you decide.")
        self._confirmed(action, self.tr("Retrain"), self._begin)

    @Slot()
    def _begin(self) -> None:
        self._make_plan()  # the passphrase took a while
        if self._is_busy or self._plan is None or self._plan.obstacles or self._options is None:
            return
        self.message.clear()
        self.progress.begin()
        self._show_only(self.progress, self.progress.cancel)
        self.versions.set_busy(True)
        run = RetrainingRun(self._training, self)
        run.progressed.connect(self.progress.show_progress)
        run.done.connect(self._on_done)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        self._run = run
        run_task(self, load_plots, self._on_plots, self._on_no_plots)
        run.start(self._plan, self._options)

    @Slot()
    def _on_cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()
            self.progress.show_stopping()

    @Slot(object)
    def _on_plots(self, _loaded: object) -> None:
        self._has_plots = True
        if self._run is not None and self._options is not None:
            self.progress.add_plots(self._options.epochs)
        if self.outcome is not None:  # it was quicker
            self.outcome.add_plots()

    @Slot(object)
    def _on_no_plots(self, _error: Exception) -> None:
        """A mistake of ours, which the hook tells; the words say all that the plots would."""

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        self._end_run()
        self.outcome = OutcomeCard(
            outcome, self._names(), was_trained=self._heads.in_force is not None
        )
        if self._has_plots:
            self.outcome.add_plots()
        self.outcome.adopt_wanted.connect(self._on_adopt)
        self.outcome.leave_wanted.connect(self._on_leave)
        self._outcome = outcome
        self.column.insertWidget(self.column.indexOf(self.progress), self.outcome)
        self.outcome.follow(self.progress.cancel)
        self._show_only(self.outcome, self.outcome.leave)
        announce(self, self.outcome.words, urgent=True)

    @Slot()
    def _on_cancelled(self) -> None:
        self._end_run()
        self._back()
        self.tell(self.tr("Cancelled. Nothing was changed."), Tone.NEUTRAL)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Of a run, or of a switch: whatever came of a run can still be decided on."""
        self._end_run()
        self._set_busy(busy=False)
        if self.outcome is None:
            self._back()
        if isinstance(error, FacelockError):
            self.tell(error_text(error), Tone.DANGER)
        else:
            words = self.tr("Something went wrong. Nothing was changed. Details are in the log.")
            self.tell(words, Tone.DANGER)
        self._focus_again()

    @Slot()
    def _on_adopt(self) -> None:
        version = None if self._outcome is None else self._outcome.version
        if version is None:
            return
        self._wanted = version
        action = self.tr("The new version will be in force, for everybody on this computer.")
        self._confirmed(action, self.tr("Adopt"), self._put_in_force)

    @Slot(object)
    def _on_use(self, version: HeadVersion | None) -> None:
        self._wanted = version
        if version is None:
            action = self.tr("The version that Facelock came with will be in force again.")
        else:
            action = self.tr("The version of {moment} will be in force again.")
            action = action.format(moment=moment(version.created_at))
        self._confirmed(action, self.tr("Use it"), self._put_in_force)

    @Slot()
    def _put_in_force(self) -> None:
        if self._is_busy:
            return
        self._was_here = self._has_focus()  # what is disabled loses it
        self._set_busy(busy=True)
        self.tell(self.tr("Everybody is brought to it…"), Tone.NEUTRAL)
        self._switch.start(self._wanted)

    @Slot(object)
    def _on_switched(self, untold: KeyringUnavailable | None) -> None:
        self._set_busy(busy=False)
        self._back()
        self.tell(in_force_words(untold), Tone.GOOD if untold is None else Tone.WARNING)
        self.refresh()
        self._focus_again()
        self.changed.emit()

    @Slot()
    def _on_lost(self) -> None:
        self._set_busy(busy=False)
        words = self.tr(
            "People were enrolled or changed meanwhile. Nothing was changed; try again."
        )
        self.tell(words, Tone.WARNING)
        self._focus_again()

    @Slot()
    def _on_leave(self) -> None:
        self._back()
        self.message.clear()

    def _confirmed(self, action: str, button: str, then: Callable[[], object]) -> None:
        """Do it once the passphrase was given; at once if it was a moment ago."""
        if self._access.is_confirmed:
            then()
            return
        dialog = ConfirmPassphrase(self._access, action, button, self)
        dialog.confirmed.connect(then)
        dialog.open()

    def _end_run(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self.versions.set_busy(False)

    def _back(self) -> None:
        """Show the beginning again."""
        outcome, self.outcome, self._outcome = self.outcome, None, None
        self._show_only(self.start, self.start.begin, leaving=outcome)
        if outcome is not None:
            self.column.removeWidget(outcome)
            outcome.deleteLater()

    def _show_only(
        self, card: QWidget, button: PushButton, *, leaving: QWidget | None = None
    ) -> None:
        """Show one of the cards. Who was in this panel stays in it: on the card's button."""
        was_here = self._has_focus()
        for one in (self.start, self.progress, self.outcome, leaving):
            if one is not None and one is not card:
                one.hide()
        card.show()
        if was_here:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return self.isVisible() and any(one is focused for one in self.findChildren(QWidget))

    def _focus_again(self) -> None:
        """Give the focus back to who had it here when everything was disabled."""
        if self._was_here and not self._has_focus():
            self.start.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        self._was_here = False

    def _set_busy(self, *, busy: bool) -> None:
        self.start.begin.setEnabled(
            not busy and self._plan is not None and not self._plan.obstacles
        )
        self.versions.set_busy(busy)
        if self.outcome is not None:
            self.outcome.set_busy(busy)
