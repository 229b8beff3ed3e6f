"""`facelock passphrase` and `facelock recovery` on a real store in a temporary folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine
from fakes import FakeSecrets

from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.vault.keys import KDF_FLOOR

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]
OLD, NEW = "seven quiet otters swim", "nine loud badgers dig holes"
KEY = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch, fake_machine: FakeMachine) -> None:
    monkeypatch.setattr("facelock.vault.key_files.calibrated", lambda: KDF_FLOOR)
    fake_machine.enrol(1, "Ada")


def make_key(answers: Answers, capsys: pytest.CaptureFixture[str], passphrase: str = OLD) -> str:
    answers(passphrase)
    assert main(["recovery", "--new"]) == Exit.OK
    (line,) = capsys.readouterr().out.splitlines()
    assert KEY.fullmatch(line)
    return line


def opens(machine: FakeMachine, passphrase: str) -> bool:
    from facelock.core.errors import WrongPassphrase

    with closing(machine.store()) as store:
        (ada,) = store.people
        try:
            store.open_key(ada, passphrase)
        except WrongPassphrase:
            return False
    return True


def test_a_passphrase_is_changed(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    answers(OLD, NEW, "typed badly", NEW, NEW)
    assert run_json("passphrase") == (Exit.OK, {"changed": True})
    assert opens(fake_machine, NEW)
    assert not opens(fake_machine, OLD)


def test_a_wrong_or_weak_passphrase_changes_nothing(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    answers("not the passphrase", NEW, NEW)
    assert run_json("passphrase", "ada")[1]["error"] == "WrongPassphrase"
    answers(OLD, "password", "password")
    assert run_json("passphrase", "ada")[1]["error"] == "PassphraseTooWeak"
    assert opens(fake_machine, OLD)


def test_with_several_people_it_is_said_whose(
    run_json: RunJson, fake_machine: FakeMachine, answers: Answers
) -> None:
    fake_machine.enrol(2, "Grace")
    assert run_json("passphrase")[0] == Exit.NOT_ENROLLED
    assert run_json("recovery", "Nobody")[0] == Exit.NOT_ENROLLED
    answers(OLD, NEW, NEW)
    assert run_json("passphrase", "Grace")[0] == Exit.OK


def test_a_recovery_key_sets_a_new_passphrase(
    run_json: RunJson,
    fake_machine: FakeMachine,
    answers: Answers,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = make_key(answers, capsys)
    answers(key.lower(), NEW, NEW)
    assert run_json("recovery", "--use") == (Exit.OK, {"changed": True})
    assert opens(fake_machine, NEW)
    assert not opens(fake_machine, OLD)


def test_the_recovery_key_works_where_the_keyring_is_gone_and_names_are_not_known(
    run_json: RunJson,
    fake_machine: FakeMachine,
    answers: Answers,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    key = make_key(answers, capsys)
    fake_machine.secrets = FakeSecrets()
    kept = tmp_path / "recovery-key.txt"
    kept.write_text(f"# my key\n{key}\n")
    answers(NEW, NEW)
    assert run_json("recovery", "--use", "--file", str(kept))[0] == Exit.OK
    assert opens(fake_machine, NEW)


def test_a_kept_key_is_checked_and_a_renewed_one_is_worth_nothing(
    run_json: RunJson, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    old = make_key(answers, capsys)
    answers(old)
    assert run_json("recovery", "--check") == (Exit.OK, {"right": True})
    new = make_key(answers, capsys)
    answers(old)
    assert run_json("recovery", "--check")[1]["error"] == "WrongRecoveryKey"
    answers(new)
    assert run_json("recovery", "--check", "Ada", "--file", "-")[0] == Exit.OK
    assert run_json("recovery", "--check", "--file", "/no/such/file")[0] == Exit.NO
    answers(OLD)
    assert run_json("recovery") == (Exit.OK, {"recovery_key": True})


def test_json_has_the_key_only_when_asked(run_json: RunJson, answers: Answers) -> None:
    answers(OLD)
    code, said = run_json("recovery", "--new")
    assert code == Exit.OK
    assert not KEY.search(str(said))
    answers(OLD)
    assert KEY.fullmatch(run_json("recovery", "--new", "--show")[1]["key"])


def test_a_key_cannot_be_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recovery", "--use", "Ada", "AGE-SECRET-KEY-1"]) == Exit.USAGE
