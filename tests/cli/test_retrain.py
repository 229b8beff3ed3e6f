"""`facelock retrain`: what it says, asks and exits with, on made-up faces; and its demo."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fake_machine import PASSPHRASE, FakeMachine
from made_up_faces import a_person, bundle_the_patterns, picture, sample

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.cli.progress_bar import ProgressBar
from facelock.cli.retrain_text import sentence
from facelock.core.errors import KeyringUnavailable
from facelock.core.retraining import Reason, Refusal
from facelock.learning import local_head
from facelock.services import retraining_views
from facelock.services.heads import Heads
from facelock.services.held_key import Confirmation
from facelock.services.retraining import Outcome, Retraining
from facelock.vault.keyring_entries import KeyringEntries
from facelock.vault.sealed_records import SealedRecords
from facelock.vault.store_heads import StagedHead

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
QUICK = ("retrain", "--epochs", "5")


@pytest.fixture
def patterns(fake_machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> FakeMachine:
    """Enrol Ada and Bob, who are patterns."""
    bundle_the_patterns(monkeypatch)
    monkeypatch.setattr(retraining_views, "MOST_VIEWS", 4)
    fake_machine.enrol_as(a_person(1, name="Ada"))
    fake_machine.enrol_as(a_person(2, name="Bob"))
    return fake_machine


def records() -> dict[str, bytes]:
    """Return everything of people and heads that is sealed."""
    store = machine.paths().store
    return {
        str(one.relative_to(store)): one.read_bytes()
        for part in ("people", "heads")
        for one in (store / part).rglob("*")
        if one.is_file()
    }


def test_it_trains_adopts_lists_and_reverts(
    run_json: RunJson, patterns: FakeMachine, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(PASSPHRASE)
    code, said = run_json(*QUICK, "--yes", "--person", "ada")
    assert (code, said["adopted"], said["reason"]) == (Exit.OK, True, "adopted")
    assert said["seconds"] > 0
    assert said["after"]["fnmr"] < said["before"]["fnmr"]
    assert said["after"]["separation"] > said["before"]["separation"]
    assert said["after"]["level"] == "balanced"
    assert [one["name"] for one in said["after"]["people"]] == ["Ada", "Bob"]
    assert [one["name"] for one in said["trained"]] == ["Ada"]
    code, listed = run_json("retrain", "--list")
    (head,) = listed["heads"]
    assert listed["in_force"] == head["name"] == said["head"]
    assert head["people"] == ["Ada"]
    assert run_json("status")[1]["head"] == head["name"]
    for wanted, in_force in (("shipped", "shipped"), (head["name"], head["name"])):
        answers(PASSPHRASE)
        assert run_json("retrain", "--revert", wanted) == (Exit.OK, {"in_force": in_force})
    answers(PASSPHRASE)
    assert main([*QUICK, "--yes", "--person", "ada"]) == Exit.NO  # the very same head again
    assert "looks better than it is" in capsys.readouterr().err
    answers(PASSPHRASE)
    code, said = run_json("retrain", "--revert", "0000")
    assert (code, said["error"]) == (Exit.NO, "NoSuchHead")
    assert run_json("retrain", "--list")[1]["in_force"] == head["name"]


@pytest.mark.parametrize("what", ["a backup", "a head that does not open"])
def test_everybody_is_brought_to_the_head_in_force_before_it_trains(
    run_json: RunJson, patterns: FakeMachine, answers: Answers, what: str
) -> None:
    answers(PASSPHRASE)
    assert run_json(*QUICK, "--yes", "--person", "ada")[1]["adopted"]
    if what == "a backup":
        with closing(patterns.store()) as store:
            store.replace(a_person(2, name="Bob"))
    else:
        (head,) = (machine.paths().store / "heads").glob("*.sealed")
        head.write_bytes(head.read_bytes()[:-1])
    answers(PASSPHRASE)
    _, said = run_json(*QUICK, "--dry-run", "--person", "ada")
    for figures in (said["before"], said["after"]):
        assert [one["name"] for one in figures["people"]] == ["Ada", "Bob"]
    with closing(patterns.store()) as store:
        assert len({one.network for one in store.profiles}) == 1


@pytest.mark.parametrize(
    ("answer", "code"), [("y", Exit.OK), ("n", Exit.NO), ("", Exit.NO), ("what", Exit.NO)]
)
def test_it_shows_both_figures_and_asks(
    patterns: FakeMachine,
    answers: Answers,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    code: int,
) -> None:
    before = records()
    answers(PASSPHRASE, answer)
    assert main([*QUICK]) == code
    said = capsys.readouterr()
    assert "Ada: 9 samples, 9 of them kept as pictures" in said.out
    assert "own pictures that are missed" in said.out
    assert "before" in said.out
    assert "Adopt it? [y/N]" in said.err
    assert ("Adopted." in said.out) is (code == Exit.OK)
    assert (records() == before) is (code == Exit.NO)


def test_a_dry_run_changes_nothing(
    run_json: RunJson, patterns: FakeMachine, answers: Answers
) -> None:
    before = records()
    answers(PASSPHRASE)
    code, said = run_json(*QUICK, "--dry-run", "--loss", "contrastive", "--margin", "1.2")
    assert (code, said["adopted"], said["reason"]) == (Exit.OK, False, "dry-run")
    assert said["may_be_adopted"]
    assert records() == before


def test_without_yes_nothing_is_adopted_for_a_program(
    run_json: RunJson, patterns: FakeMachine, answers: Answers
) -> None:
    before = records()
    answers(PASSPHRASE)
    code, said = run_json(*QUICK)
    assert (code, said["adopted"], said["reason"]) == (Exit.NO, False, "declined")
    assert said["may_be_adopted"]
    assert records() == before


def test_a_refusal_exits_1_and_says_why_in_words(
    patterns: FakeMachine, answers: Answers, run_json: RunJson, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = [sample(picture(3 if at < 8 else 7, at)) for at in range(10)]
    patterns.enrol_as(a_person(3, mixed, name="Cy"))
    before = records()
    answers(PASSPHRASE)
    code, said = run_json(*QUICK, "--yes", "--person", "Cy")
    assert (code, said["adopted"], said["reason"]) == (Exit.NO, False, "mixed-people")
    assert said["before"] is said["after"] is None
    assert said["refusals"][0]["people"] == ["Cy"]
    answers(PASSPHRASE)
    assert main([*QUICK, "--yes", "--person", "Cy"]) == Exit.NO
    assert "Some samples of Cy seem to show somebody else" in capsys.readouterr().out
    assert records() == before


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    said = sentence(Refusal(reason, ("a" * 32,)), {"a" * 32: "Ada"})
    assert said.endswith(".")
    assert "{" not in said
    assert "somebody" in sentence(Refusal(Reason.TOO_DARK), {})


@pytest.mark.parametrize("moment", [0, 1, 6, 12, 20])
def test_ctrl_c_leaves_everything_as_it_was(
    patterns: FakeMachine, answers: Answers, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    before, told = records(), 0

    def tell(_bar: ProgressBar, _what: str, _share: float) -> None:
        nonlocal told
        told += 1
        if told == moment + 1:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ProgressBar, "tell", tell)
    answers(PASSPHRASE)
    assert main([*QUICK, "--yes"]) == Exit.INTERRUPTED
    assert told == moment + 1
    assert records() == before


def test_ctrl_c_while_templates_are_made_anew_leaves_everything_as_it_was(
    patterns: FakeMachine, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0
    real = SealedRecords.write_renewed

    def write(records: SealedRecords, *args: object) -> None:
        nonlocal written
        written += 1
        real(records, *args)  # type: ignore[arg-type]
        if written == 2:
            signal.raise_signal(signal.SIGINT)

    before = records()
    monkeypatch.setattr(SealedRecords, "write_renewed", write)
    answers(PASSPHRASE)
    assert main([*QUICK, "--yes"]) == Exit.INTERRUPTED
    assert written == 2
    assert records() == before


def test_the_passphrase_is_asked_for_again_if_training_outlasts_it(
    patterns: FakeMachine,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real, asked = vars(Confirmation)["stands"].fget, 0

    def stands(confirmation: Confirmation) -> bool:
        nonlocal asked
        asked += 1
        return asked > 1 and bool(real(confirmation))

    monkeypatch.setattr(Confirmation, "stands", property(stands))
    answers(PASSPHRASE, PASSPHRASE)
    assert main([*QUICK, "--yes"]) == Exit.OK
    assert capsys.readouterr().err.count("Your passphrase") == 2


def test_a_head_that_the_keyring_was_not_told_of_is_in_force_and_so_it_says(
    run_json: RunJson,
    patterns: FakeMachine,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = Heads.adopt

    def locked(_entries: KeyringEntries, _generation: int) -> None:
        raise KeyringUnavailable("locked")

    def adopt(heads: Heads, staged: StagedHead) -> bool:
        with monkeypatch.context() as patched:
            patched.setattr(KeyringEntries, "keep_generation", locked)
            return real(heads, staged)

    monkeypatch.setattr(Heads, "adopt", adopt)
    answers(PASSPHRASE)
    code, said = run_json(*QUICK, "--yes")
    assert (code, said["adopted"], said["reason"]) == (Exit.OK, True, "adopted")
    assert run_json("retrain", "--list")[1]["in_force"] == said["head"]
    answers(PASSPHRASE)
    assert main(["retrain", "--revert", "shipped"]) == Exit.OK
    assert "keyring did not answer" in capsys.readouterr().err
    assert run_json("retrain", "--list")[1]["in_force"] == "shipped"


def test_a_wrong_passphrase_trains_nothing(
    run_json: RunJson, patterns: FakeMachine, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_head, "LocalHead", None)
    answers("not the passphrase")
    code, said = run_json(*QUICK, "--yes")
    assert (code, said["error"]) == (Exit.NO, "WrongPassphrase")


def test_nobody_enrolled_and_nobody_of_that_name_exit_4(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    assert run_json("retrain")[0] == Exit.NOT_ENROLLED
    assert not machine.paths().data.exists()
    with closing(fake_machine.store()):
        pass
    assert run_json("retrain", "--list")[0] == Exit.NOT_ENROLLED
    fake_machine.enrol(1, "Ada")
    answers(PASSPHRASE)
    assert run_json("retrain", "--person", "Grace")[0] == Exit.NOT_ENROLLED


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--margin", "9"], "0.2 to 1.2"),
        (["--margin", "nan"], "0.2 to 1.2"),
        (["--loss", "contrastive", "--margin", "0.4"], "0.6 to 1.4"),
        (["--epochs", "4"], "5 to 60"),
        (["--epochs", "61"], "5 to 60"),
        (["--loss", "hinge"], "triplet"),
        (["--list", "--epochs", "9"], "--list"),
        (["--revert", "shipped", "--demo"], "--revert"),
        (["--demo", "--person", "Ada"], "--person"),
        (["--dry-run", "--list"], "not allowed"),
    ],
)
def test_wrong_usage_exits_64_and_says_what_is_possible(
    capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert main(["retrain", *options]) == Exit.USAGE
    assert said in capsys.readouterr().err


def test_the_demo_retrains_adopts_and_still_tells_two_people_apart(
    run_json: RunJson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real networks, strangers and service: everything but a camera."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    code, said = run_json("retrain", "--demo", "--epochs", "6")
    assert code == Exit.OK
    assert said["owner_unlocked"]
    assert said["stranger_refused"]
    assert said["demo"]
    assert said["adopted"] is (said["reason"] == "adopted")
    assert said["adopted"] is said["may_be_adopted"]
    assert said["after"]["people"][0]["false_matches"] == 0
    assert list((tmp_path / "empty").iterdir()) == []
    assert list((tmp_path / "temporary").glob("facelock*")) == []


def test_the_demo_says_honestly_if_the_gate_refuses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ran as it should, so it exits 0; under the shipped head the two are told apart."""

    def refuse(*_: object, **__: object) -> Outcome:
        return Outcome((Refusal(Reason.NOT_BETTER),), None, None, None, 1.0)

    monkeypatch.setattr(Retraining, "slow_run", refuse)
    assert main(["retrain", "--demo"]) == Exit.OK
    said = capsys.readouterr().out
    assert "Not adopted" in said
    assert "tells people apart no better" in said
    assert "under the head as shipped: Eileen Collins UNLOCKED, Grace Hopper REFUSED" in said
