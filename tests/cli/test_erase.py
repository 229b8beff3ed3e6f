"""`facelock erase`: nothing goes without a typed confirmation, and then all of it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_machine import PASSPHRASE, FakeMachine

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.desktop.window_lock import WindowLock

RunJson = Callable[..., tuple[int, dict[str, Any]]]
Answers = Callable[..., None]


def names(machine_used: FakeMachine) -> list[str]:
    store = machine_used.store()
    try:
        return [profile.name for profile in store.profiles]
    finally:
        store.close()


@pytest.mark.parametrize(
    "arguments", [(), ("Ada", "--everything"), ("Ada", "--yes-erase-everything")]
)
def test_one_of_the_two_must_be_meant(
    fake_machine: FakeMachine, arguments: tuple[str, ...]
) -> None:
    fake_machine.enrol()
    assert main(["erase", *arguments]) == Exit.USAGE
    assert names(fake_machine) == ["Ada"]


def test_a_person_goes_after_passphrase_and_name(
    fake_machine: FakeMachine, answers: Answers, run_json: RunJson
) -> None:
    fake_machine.enrol(1, "Ada")
    fake_machine.enrol(2, "Bob")
    vault = machine.paths().vaults
    answers(PASSPHRASE, "ada")
    code, said = run_json("erase", "Ada")
    assert (code, said) == (Exit.OK, {"erased": "Ada"})
    assert names(fake_machine) == ["Bob"]
    (only,) = (machine.paths().store / "people").glob("*.keys")
    gone = [name for name in fake_machine.secrets.kept if "/" in name and only.stem not in name]
    assert all(not name.startswith(("face/", "vault/")) for name in gone)
    assert not vault.exists() or only.stem in [one.name for one in vault.iterdir()]


@pytest.mark.parametrize("typed", ["", "Bob", "yes"])
def test_another_name_erases_nobody(
    fake_machine: FakeMachine, answers: Answers, run_json: RunJson, typed: str
) -> None:
    fake_machine.enrol()
    answers(PASSPHRASE, typed)
    assert run_json("erase", "Ada") == (Exit.NO, {"erased": False})
    assert names(fake_machine) == ["Ada"]


def test_a_wrong_passphrase_erases_nobody(
    fake_machine: FakeMachine, answers: Answers, run_json: RunJson
) -> None:
    fake_machine.enrol()
    answers("not this one at all", "Ada")
    code, _ = run_json("erase", "Ada")
    assert code == Exit.NO
    assert names(fake_machine) == ["Ada"]


def test_somebody_unknown_is_told(fake_machine: FakeMachine, run_json: RunJson) -> None:
    assert run_json("erase", "Ada")[0] == Exit.NOT_ENROLLED
    fake_machine.enrol()
    assert run_json("erase", "Zoe")[0] == Exit.NOT_ENROLLED


def test_everything_goes_after_the_phrase_without_any_passphrase(
    fake_machine: FakeMachine, answers: Answers, run_json: RunJson
) -> None:
    fake_machine.enrol()
    machine.autostart().on()
    answers("erase everything")
    code, said = run_json("erase", "--everything")
    assert (code, said) == (Exit.OK, {"erased": True, "keyring": True, "left": []})
    below = machine.paths()
    assert not any(one.exists() for one in (below.data, below.config, below.state, below.log))
    assert not machine.autostart().is_on
    assert fake_machine.secrets.kept == {}


def test_everything_asks_nothing_where_a_script_says_so(
    fake_machine: FakeMachine, run_json: RunJson
) -> None:
    fake_machine.enrol()
    assert run_json("erase", "--everything", "--yes-erase-everything")[0] == Exit.OK
    assert fake_machine.secrets.kept == {}
    assert run_json("erase", "--everything", "--yes-erase-everything")[0] == Exit.OK


@pytest.mark.parametrize("typed", ["yes", "Erase everything", "erase"])
def test_another_phrase_erases_nothing(
    fake_machine: FakeMachine, answers: Answers, run_json: RunJson, typed: str
) -> None:
    fake_machine.enrol()
    answers(typed)
    assert run_json("erase", "--everything") == (Exit.NO, {"erased": False})
    assert names(fake_machine) == ["Ada"]


def test_while_the_window_is_open_it_refuses(fake_machine: FakeMachine, run_json: RunJson) -> None:
    fake_machine.enrol()
    window = WindowLock(machine.paths().state)
    assert window.take()
    code, said = run_json("erase", "--everything", "--yes-erase-everything")
    assert (code, said["error"]) == (Exit.INTERNAL, "StoreInUse")
    window.release()
    assert names(fake_machine) == ["Ada"]


def test_a_locked_keyring_is_told(
    fake_machine: FakeMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_machine.enrol()
    fake_machine.secrets.locked = True
    assert main(["erase", "--everything", "--yes-erase-everything"]) == Exit.NO
    assert "opens nothing any more" in capsys.readouterr().out
