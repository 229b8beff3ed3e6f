"""The Retraining section of the settings: begun, watched, decided on, and taken back."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from fakes_pages import Bench as WholeProgram
from fakes_retraining import FakeHeads, FakeRetraining, head_version
from fakes_ui import PASSPHRASE, FakeAccess, profile
from page_walk import SIZE, check, in_all_types, settle
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.errors import (
    KeyringUnavailable,
    ModelMissing,
    NotEnrolled,
    PassphraseConfirmationNeeded,
    StoreUnwritable,
)
from facelock.core.policy import Unlocked
from facelock.core.retraining import EPOCHS, MARGINS, Loss, Reason, Refusal, RetrainingOptions
from facelock.core.template import Profile
from facelock.services.retraining_progress import Progress, Stage
from facelock.ui import plot_style, retraining_panel
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.density_plot import DensityPlot
from facelock.ui.page import Page
from facelock.ui.retraining_panel import RetrainingPanel
from facelock.ui.retraining_text import (
    duration,
    loss_note,
    refusal_advice,
    refusal_sentence,
    stage_words,
)
from facelock.ui.settings_page import SettingsPage

MIRA, ANA = profile("Mira", 1), profile("Ana", 2)
IDS = (MIRA.profile_id, ANA.profile_id)
FOR_EVERYBODY = "for everybody on this computer"


class Bench:
    """The panel on a page, before somebody who is inside."""

    def __init__(self, qtbot: QtBot, people: Sequence[Profile], heads: FakeHeads) -> None:
        self.qtbot = qtbot
        self.access = FakeAccess(profiles=tuple(people), state=Unlocked(people[0].profile_id))
        self.training = FakeRetraining(people)
        self.heads = heads
        self.panel = RetrainingPanel(self.access.as_access(), self.training, heads)
        self.page = Page("Retraining", "")
        self.page.column.addWidget(self.panel)
        self.page.column.addStretch(1)
        self.page.resize(*SIZE)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=3000)

    @property
    def words(self) -> str:
        """Everything that is shown."""
        settle(self.page)
        labels = [one for one in self.panel.findChildren(QLabel) if one.isVisibleTo(self.panel)]
        return " ".join(label.text() for label in labels)

    def run(self) -> None:
        """Retrain, and wait for what comes of it."""
        self.panel.start.begin.click()
        self.qtbot.waitUntil(lambda: self.panel.outcome is not None, timeout=10_000)

    def click(self, name: str) -> None:
        """Press a button of the outcome."""
        assert self.panel.outcome is not None
        getattr(self.panel.outcome, name).click()

    def says(self, words: str) -> None:
        """Wait until the message has these words."""
        self.qtbot.waitUntil(lambda: words in self.panel.message.text, timeout=5000)

    def close(self) -> None:
        self.training.may_go_on.set()
        self.heads.may_stage.set()
        self.page.hide()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


Make = Callable[..., Bench]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[Bench] = []

    def build(*people: Profile, heads: FakeHeads | None = None) -> Bench:
        made.append(Bench(qtbot, people or (MIRA,), heads or FakeHeads()))
        return made[-1]

    yield build
    for bench in made:
        bench.close()


def test_before_it_begins_it_says_what_is_used_and_for_how_long(make: Make) -> None:
    bench = make(MIRA, ANA)
    for words in (
        "never needed",
        "Mira: 24 samples, 20 of them",
        "Also enrolled: Ana",
        "2,000 pictures",
        "600 more",
        "about half a minute",
        "leaves this computer",
    ):
        assert words in bench.words


def test_who_is_inside_is_retrained_for_unless_everybody_is_wanted(make: Make) -> None:
    bench = make(ANA, MIRA)
    who = bench.panel.start.who
    assert who.isVisible()
    assert bench.panel.start.profile_id == ANA.profile_id
    who.setCurrentIndex(0)
    who.activated.emit(0)
    assert bench.panel.start.profile_id is None
    assert "Also enrolled" not in bench.words
    bench.panel.refresh()
    assert bench.panel.start.profile_id is None  # who chose is not chosen for again


def test_somebody_alone_is_not_asked_for_whom(make: Make) -> None:
    assert not make(MIRA).panel.start.who.isVisible()


def test_what_stands_against_it_is_said_with_what_to_do(make: Make) -> None:
    bench = make(MIRA)
    bench.training.obstacles = (Refusal(Reason.NO_PICTURES, IDS[:1]),)
    bench.panel.refresh()
    assert "No pictures of Mira were kept" in bench.words
    assert "allow that the pictures are kept" in bench.words
    assert not bench.panel.start.begin.isEnabled()


def test_somebody_who_is_gone_is_not_retrained_for(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make(MIRA)

    def gone(_profile_id: str | None = None) -> object:
        raise NotEnrolled("x")

    monkeypatch.setattr(bench.training, "plan", gone)
    bench.panel.refresh()
    assert "Nobody of that name" in bench.words
    assert not bench.panel.start.begin.isEnabled()


def test_it_begins_only_once_the_passphrase_was_given(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.access.is_confirmed = False
    bench.panel.start.begin.click()
    assert not bench.panel.is_running
    (dialog,) = bench.panel.findChildren(ConfirmPassphrase)
    QTest.keyClicks(dialog.field.edit, PASSPHRASE)
    QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.panel.outcome is not None, timeout=10_000)


def test_nothing_heavy_is_done_where_the_window_is_drawn(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded_in: list[str] = []

    def load_plots() -> None:
        loaded_in.append(threading.current_thread().name)
        plot_style.load_plots()

    monkeypatch.setattr(retraining_panel, "load_plots", load_plots)
    bench = make(MIRA)
    bench.run()
    bench.click("adopt")
    bench.says(FOR_EVERYBODY)
    threads = (*bench.training.threads, *bench.heads.staged_in, *loaded_in)
    assert len(threads) == 3
    assert threading.main_thread().name not in threads


def test_a_thousand_steps_are_not_a_thousand_pictures(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.training.steps, bench.training.pause = 1000, 0.0005
    seen: list[object] = []

    class Ear(QObject):
        def hear(self, news: object) -> None:
            seen.append(news)

    ear = Ear(bench.panel)
    bench.panel.start.begin.click()
    run = bench.panel._run
    assert run is not None
    run.progressed.connect(ear.hear)
    qtbot.waitUntil(lambda: bench.panel.outcome is not None, timeout=20_000)
    assert bench.training.told == 1000
    assert 0 < len(seen) < 200


def test_while_it_runs_it_tells_how_far_it_is_and_draws(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.training.pause = 0.02
    progress = bench.panel.progress

    def draws() -> bool:
        return progress._densities is not None and bool(progress.accessibleDescription())

    bench.training.steps = 400
    bench.panel.start.begin.click()
    qtbot.waitUntil(draws, timeout=15_000)
    bench.training.may_go_on.clear()
    assert " %" in progress.line.text()
    assert "to go" in progress.line.text()
    assert 0 < progress.bar.share < 1
    assert "the loss is" in progress.accessibleDescription()
    assert progress._densities is not None
    assert "same person lie around" in progress._densities.accessibleDescription()
    assert progress.accessibleName()
    assert not bench.panel.may_be_made_anew()
    assert progress.cancel.hasFocus()
    progress.cancel.click()
    bench.says("Cancelled")


def test_screen_readers_are_not_told_every_step(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.panel.progress.begin()
    said = bench.panel.progress.accessibleName()
    bench.panel.progress.show_progress(bench.training.at(4, 20))
    assert bench.panel.progress.line.text() != said
    assert bench.panel.progress.accessibleName() == said


def test_curves_are_not_drawn_for_every_step_but_at_each_new_stage(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, drawn = make(MIRA).panel.progress, list[Progress]()
    monkeypatch.setattr(card, "_draw", drawn.append)
    card.begin()
    steps = [
        Progress(stage, 0.1 * step, None, losses=(0.1,) * step)
        for step, stage in enumerate(
            [Stage.TRAINING, Stage.TRAINING, Stage.TRAINING, Stage.JUDGING]
        )
    ]
    for step in steps:
        card.show_progress(step)
    assert drawn == [steps[0], steps[-1]]


def test_cancelling_changes_nothing_and_leads_back(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.training.may_go_on.clear()
    bench.panel.start.begin.click()
    assert not bench.panel.start.isVisible()
    bench.panel.progress.cancel.click()
    assert "Stopping" in bench.panel.progress.line.text()
    bench.says("Nothing was changed")
    assert bench.panel.start.isVisible()
    assert bench.panel.start.begin.hasFocus()
    assert bench.heads.staged_in == []
    assert bench.panel.may_be_made_anew()


def test_locking_ends_it(make: Make) -> None:
    bench = make(MIRA)
    bench.training.may_go_on.clear()
    bench.panel.start.begin.click()
    bench.page.hide()
    bench.page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert bench.training.ended.wait(5.0)
    assert bench.training.told == 0
    bench.page = Page("", "")  # for the end of the test


def test_what_became_better_can_be_adopted(make: Make, qtbot: QtBot) -> None:
    bench = make(MIRA)
    bench.run()
    outcome = bench.panel.outcome
    assert outcome is not None
    assert "Of 40 held-back pictures" in bench.words
    assert "3 were not recognised before, 1 after." in bench.words
    assert outcome.leave.hasFocus()  # Enter changes nothing
    assert bench.heads.in_force is None
    with qtbot.waitSignal(bench.panel.changed, timeout=5000):
        outcome.adopt.click()
    assert FOR_EVERYBODY in bench.panel.message.text
    assert bench.heads.in_force is not None
    assert len(bench.panel.versions.rows) == 2
    assert not bench.panel.versions.rows[0].use.isVisible()
    assert bench.panel.start.isVisible()


def test_before_and_after_are_a_table_that_can_be_read_cell_by_cell(make: Make) -> None:
    bench = make(MIRA, ANA)
    bench.run()
    assert bench.panel.outcome is not None
    table = bench.panel.outcome.table
    rows = [
        [item.text() for column in range(4) if (item := table.item(row, column)) is not None]
        for row in range(table.rowCount())
    ]
    assert ["Everybody", "Own pictures not recognised", "6 of 80", "2 of 80"] in rows
    assert ["Mira", "Own pictures not recognised", "3 of 40", "1 of 40"] in rows
    assert ["Ana", "Strangers that match", "0 of 2,400", "0 of 2,400"] in rows
    assert ["Ana", "Gap between own pictures and strangers", "3.10", "3.60"] in rows
    assert "Mira, Own pictures not recognised: 3 of 40 before" in table.accessibleDescription()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()


def test_keeping_the_present_one_changes_nothing(make: Make) -> None:
    bench = make(MIRA)
    bench.run()
    assert not bench.panel.may_be_made_anew()
    bench.click("leave")
    assert bench.panel.outcome is None
    assert bench.panel.start.isVisible()
    assert bench.heads.staged_in == []


@pytest.mark.parametrize("early", [False, True])
def test_what_was_refused_says_why_and_cannot_be_adopted(make: Make, *, early: bool) -> None:
    bench = make(MIRA, ANA)
    bench.training.early = early
    bench.training.refusals = (
        Refusal(Reason.FNMR_RISES, IDS[1:]),
        Refusal(Reason.NOT_BETTER),
    )
    bench.run()
    outcome = bench.panel.outcome
    assert outcome is not None
    assert "Nothing was changed." in bench.words
    assert "fail to recognise Ana more often" in bench.words
    assert "More varied pictures help" in bench.words
    assert "nothing to do" not in bench.words  # there is something
    assert not outcome.adopt.isVisible()
    assert outcome.table.isVisible() is not early
    assert "fail to recognise Ana" in outcome.accessibleName()
    bench.click("leave")
    assert bench.panel.start.isVisible()


@pytest.mark.parametrize("trained", [False, True])
def test_a_refusal_says_that_the_one_in_force_knew_the_pictures(
    make: Make, *, trained: bool
) -> None:
    heads = FakeHeads([head_version(IDS, 2)])
    heads.in_force = heads.versions[0] if trained else None
    bench = make(MIRA, ANA, heads=heads)
    bench.training.refusals = (Refusal(Reason.FNMR_RISES, IDS[1:]),)
    bench.run()
    assert ("looks better than it is" in bench.words) is trained


def test_adopting_asks_for_the_passphrase_if_it_was_long_ago(make: Make) -> None:
    bench = make(MIRA)
    bench.run()
    bench.access.is_confirmed = False
    bench.click("adopt")
    (dialog,) = bench.panel.findChildren(ConfirmPassphrase)
    dialog.reject()
    assert bench.heads.staged_in == []
    assert bench.panel.outcome is not None


@pytest.mark.parametrize("where", ["staging", "adopting"])
def test_an_adoption_that_fails_loses_nothing(make: Make, where: str) -> None:
    bench = make(MIRA)
    bench.run()
    if where == "staging":
        bench.heads.trouble = StoreUnwritable("full")
    else:
        bench.heads.adopt_trouble = StoreUnwritable("full")
    bench.click("adopt")
    bench.says("the disk is full")
    assert bench.heads.in_force is None
    assert bench.panel.outcome is not None
    assert bench.panel.outcome.adopt.isEnabled()
    bench.heads.trouble = bench.heads.adopt_trouble = None
    bench.click("adopt")
    bench.says(FOR_EVERYBODY)


def test_an_adoption_that_the_keyring_was_not_told_of_is_one(make: Make) -> None:
    bench = make(MIRA)
    changes: list[None] = []
    bench.panel.changed.connect(lambda: changes.append(None))
    bench.run()
    bench.heads.adopt_trouble = KeyringUnavailable("locked")
    bench.click("adopt")
    bench.says("keyring did not answer")
    assert FOR_EVERYBODY in bench.panel.message.text
    assert bench.heads.in_force is not None
    assert bench.panel.outcome is None
    assert bench.panel.start.isVisible()
    assert len(bench.panel.versions.rows) == 2
    assert changes == [None]


def test_what_ran_out_meanwhile_leaves_nothing_on_the_disk(make: Make) -> None:
    bench = make(MIRA)
    bench.run()
    bench.heads.adopt_trouble = PassphraseConfirmationNeeded("x")
    bench.click("adopt")
    bench.says("passphrase once more")
    assert bench.heads.dropped == 1


def test_if_people_change_meanwhile_it_is_staged_again_a_few_times(make: Make) -> None:
    bench = make(MIRA)
    bench.run()
    bench.heads.lost = 2
    bench.click("adopt")
    bench.says(FOR_EVERYBODY)
    assert len(bench.heads.staged_in) == 3
    bench.heads.lost = 3
    bench.panel.versions.rows[-1].use.click()
    bench.says("try again")
    assert bench.heads.in_force is not None


def test_while_one_is_put_in_force_nothing_else_can_be_chosen(make: Make) -> None:
    bench = make(MIRA, heads=FakeHeads([head_version(IDS[:1])]))
    bench.heads.may_stage.clear()
    bench.panel.versions.rows[0].use.click()
    assert not any(row.use.isEnabled() for row in bench.panel.versions.rows)
    assert not bench.panel.start.begin.isEnabled()
    bench.panel._begin()
    assert not bench.panel.is_running
    bench.heads.may_stage.set()
    bench.says(FOR_EVERYBODY)
    assert bench.panel.start.begin.isEnabled()


@pytest.mark.parametrize("kind", [ModelMissing, RuntimeError])
def test_a_run_that_fails_says_so_and_leads_back(
    make: Make, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    hooked: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *told: hooked.append(told))
    bench = make(MIRA)
    bench.training.trouble = kind("x")
    bench.panel.start.begin.click()
    bench.says("missing" if kind is ModelMissing else "Nothing was changed")
    assert bench.panel.start.isVisible()
    assert bool(hooked) is (kind is RuntimeError)


def test_every_version_says_when_for_whom_and_what_it_is_worth(make: Make) -> None:
    heads = FakeHeads([head_version(IDS, 2, loss=Loss.CONTRASTIVE), head_version(IDS[:1], 1)])
    heads.in_force = heads.versions[1]
    bench = make(MIRA, ANA, heads=heads)
    new, old, shipped = bench.panel.versions.rows
    assert "Contrastive loss" in bench.words
    assert "Trained for Mira and Ana on 48 samples" in bench.words
    assert "Of 80 held-back pictures, as they are" in bench.words
    assert [one.use.isVisible() for one in (new, old, shipped)] == [True, False, True]
    assert "2025" in new.use.accessibleName()
    assert "As shipped" in shipped.use.accessibleName()


def test_going_back_asks_for_the_passphrase(make: Make) -> None:
    heads = FakeHeads([head_version(IDS[:1])])
    heads.in_force = heads.versions[0]
    bench = make(MIRA, heads=heads)
    bench.access.is_confirmed = False
    bench.panel.versions.rows[-1].use.click()
    assert heads.staged_in == []
    (dialog,) = bench.panel.findChildren(ConfirmPassphrase)
    QTest.keyClicks(dialog.field.edit, PASSPHRASE)
    QTest.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    bench.says(FOR_EVERYBODY)
    assert heads.in_force is None
    assert not bench.panel.versions.rows[-1].use.isVisible()


def test_who_goes_back_by_keyboard_stays_in_the_panel(make: Make) -> None:
    heads = FakeHeads([head_version(IDS, 2)])
    heads.in_force = heads.versions[0]
    bench = make(MIRA, ANA, heads=heads)
    beside = QPushButton("what takes the focus otherwise", bench.panel.window())
    beside.show()
    use = bench.panel.versions.rows[-1].use
    QWidget.setTabOrder(use, beside)
    use.setFocus()
    use.click()
    bench.says(FOR_EVERYBODY)
    assert bench.panel.start.begin.hasFocus()


def test_a_head_that_cannot_be_used_any_more_says_why(make: Make) -> None:
    heads = FakeHeads([head_version(IDS[:1], backbone="b" * 64), head_version(["9" * 32], 2)])
    bench = make(MIRA, heads=heads)
    assert "earlier network" in bench.words
    assert "no longer enrolled" in bench.words
    assert [row.use.isVisible() for row in bench.panel.versions.rows] == [False, False, False]


def test_the_defaults_are_the_defaults(make: Make) -> None:
    advanced = make(MIRA).panel.start.advanced
    default = RetrainingOptions()
    assert not advanced.fields.isVisible()
    assert advanced.options.used_margin == default.used_margin
    advanced.fold.click()
    assert advanced.fields.isVisible()
    advanced.losses[Loss.CONTRASTIVE].click()
    advanced.margin.setValue(9.0)
    advanced.epochs.setValue(999)
    assert advanced.options == RetrainingOptions(
        loss=Loss.CONTRASTIVE, margin=MARGINS[Loss.CONTRASTIVE].high, epochs=int(EPOCHS.high)
    )
    advanced.reset.click()
    assert advanced.loss is default.loss
    assert advanced.options.used_margin == default.used_margin
    assert advanced.options.epochs == default.epochs


def test_what_is_set_is_what_is_trained_with(make: Make) -> None:
    bench = make(MIRA)
    bench.panel.start.advanced.losses[Loss.CONTRASTIVE].click()
    bench.panel.start.advanced.epochs.setValue(7)
    bench.run()
    (options,) = bench.training.options
    assert (options.loss, options.epochs) == (Loss.CONTRASTIVE, 7)


@in_all_types
@pytest.mark.parametrize("state", ["idle", "running", "allowed", "refused", "versions"])
def test_every_control_has_a_name_and_no_text_is_cut_off(
    type_used: None, make: Make, qtbot: QtBot, state: str
) -> None:
    heads = FakeHeads([head_version(IDS, 2), head_version(IDS[:1], backbone="b" * 64)])
    bench = make(MIRA, ANA, heads=heads if state == "versions" else None)
    if state == "idle":
        bench.panel.start.advanced.fold.click()
        bench.training.obstacles = (Refusal(Reason.SWAPPED_PEOPLE, IDS),)
        bench.panel.refresh()
    if state == "running":
        bench.training.steps, bench.training.pause = 400, 0.02
        bench.panel.start.begin.click()
        qtbot.waitUntil(lambda: bench.panel.progress._loss is not None, timeout=10_000)
        bench.training.may_go_on.clear()
    if state == "refused":
        bench.training.refusals = (Refusal(Reason.LEVEL_NOT_KEPT),)
    if state in {"allowed", "refused"}:
        bench.run()
    check(bench.page)


def test_every_reason_has_words_and_something_to_do() -> None:
    names = {MIRA.profile_id: "Mira"}
    said = {refusal_sentence(Refusal(one, IDS[:1]), names) for one in Reason}
    assert len(said) == len(Reason)
    assert all(one.endswith(".") and "{" not in one for one in said)
    assert all(refusal_advice(one).endswith(".") for one in Reason)
    assert "somebody" in refusal_sentence(Refusal(Reason.TOO_DARK, ("9" * 32,)), names)
    many = tuple(f"{index:032x}" for index in range(20))
    assert "20 people" in refusal_sentence(Refusal(Reason.TOO_DARK, many), names)


def test_every_stage_and_loss_has_words_of_its_own() -> None:
    assert len({stage_words(one) for one in Stage}) == len(Stage)
    assert len({loss_note(one) for one in Loss}) == len(Loss)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2, "a few seconds"),
        (11, "about 10 seconds"),
        (30, "about half a minute"),
        (62, "about a minute"),
        (170, "about 3 minutes"),
    ],
)
def test_times_are_round(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def stops(bench: Bench, count: int) -> list[str]:
    """Return the names of what Tab stops at, from the top of the panel."""
    names = []
    bench.panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bench.panel.setFocus()
    for _ in range(count):
        QTest.keyClick(bench.page.focusWidget(), Qt.Key.Key_Tab)
        focused = bench.page.focusWidget()
        interface = QAccessible.queryAccessibleInterface(focused)
        names.append(interface.text(QAccessible.Text.Name))
    return names


def test_tab_goes_from_top_to_bottom(make: Make) -> None:
    bench = make(MIRA, ANA, heads=FakeHeads([head_version(IDS)]))
    bench.panel.start.advanced.fold.click()
    settle(bench.page)
    assert stops(bench, 8) == [
        "Mira",  # a list says what is chosen; its label is before it
        "Advanced",
        "Triplet",
        "Margin",
        "Epochs",
        "Use the defaults",
        "Retrain…",
        bench.panel.versions.rows[0].use.accessibleName(),
    ]
    bench.run()
    settle(bench.page)
    assert stops(bench, 3) == ["Adopt the new one", "Keep the present one", "Before and after"]


def test_while_it_runs_the_window_gets_its_turn_sooner_and_afterwards_all_is_as_before(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sys.getswitchinterval()
    bench = make(MIRA)
    bench.training.may_go_on.clear()
    bench.panel.start.begin.click()
    qtbot.waitUntil(lambda: sys.getswitchinterval() < usual / 2, timeout=5000)
    bench.panel.progress.cancel.click()
    bench.says("Cancelled")
    assert sys.getswitchinterval() == usual


@pytest.mark.parametrize("people", [(MIRA,), (MIRA, ANA)], ids=["alone", "several"])
def test_the_curves_of_before_and_after_have_words_too(
    make: Make, qtbot: QtBot, people: tuple[Profile, ...]
) -> None:
    bench = make(*people)
    bench.run()
    assert bench.panel.outcome is not None
    outcome = bench.panel.outcome
    qtbot.waitUntil(lambda: len(outcome.findChildren(DensityPlot)) == 2, timeout=10_000)
    outcome.add_plots()
    before, after = outcome.findChildren(DensityPlot)
    assert (before.accessibleName(), after.accessibleName()) == ("Before", "After")
    assert before.accessibleDescription() != after.accessibleDescription()


def test_the_settings_lead_to_it_and_are_not_made_anew_under_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = WholeProgram(qtbot, tmp_path)
    try:
        program.unlock()
        page = program.page("settings")
        assert isinstance(page, SettingsPage)
        panel = page.body("retraining")
        assert isinstance(panel, RetrainingPanel)
        assert page.may_be_made_anew()
        monkeypatch.setattr(panel, "may_be_made_anew", lambda: False)
        assert not page.may_be_made_anew()
    finally:
        program.close()
