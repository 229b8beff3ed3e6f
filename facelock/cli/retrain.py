"""`facelock retrain`: a head for the people of this machine, judged, and adopted or not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.arguments import About, add_command
from facelock.cli.ask import ask
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import (
    KeyringUnavailable,
    NotEnrolled,
    PassphraseConfirmationNeeded,
    StoreUnwritable,
)
from facelock.core.retraining_options import EPOCHS, MARGINS, Loss, RetrainingOptions

if TYPE_CHECKING:
    from facelock.cli.arguments import Commands
    from facelock.core.head_version import HeadVersion
    from facelock.services.access import Access
    from facelock.services.retraining import Outcome

_WHOSE = "Your passphrase (of anybody enrolled):"
_TRIES = 3  # of an adoption; each is lost if somebody was changed meanwhile
_MARGINS = "; ".join(
    f"{loss.value} {span.low:g} to {span.high:g}, default {span.default:g}"
    for loss, span in MARGINS.items()
)

_HARD_TO_BEAT = """\
The head in force was trained on pictures that are held out here, so it looks better than it is. To
be judged against the one that Facelock came with: facelock retrain --revert shipped, and again."""

_KEYRING_LAGS = "The head is in force. The system's keyring did not answer; it is told later."

_DESCRIPTION = """\
Train the last layer of the network, the head, on the samples of who is enrolled here, and put it in
force if held-out pictures say that it is better. It takes about half a minute for one person.

Asks for the passphrase of somebody who is enrolled, says what will be used, trains, shows each
person's figures before and after, and asks whether to adopt. The new head is refused if anybody
would be missed more often, if strangers come nearer or match, if it would not keep the level, or if
it tells people apart no better; then nothing is changed. Ctrl+C ends it, and nothing is changed.

With --json nothing is asked but the passphrase: the head is adopted with --yes and not without.
The passphrase serves for two minutes; if training took longer, it is asked for once more.
Facelock works without it. --revert goes back to any head that is kept, or to the shipped one."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "retrain",
        run,
        About(
            summary="fit the network to the people of this machine, if that is better",
            description=_DESCRIPTION,
            examples=(
                "facelock retrain",
                "facelock retrain --person Ada --dry-run",
                "facelock retrain --list",
                "facelock retrain --revert shipped",
                "facelock retrain --demo --json",
            ),
            exits={
                Exit.OK: "adopted; with --dry-run, it may be adopted; listed, or reverted",
                Exit.NO: "refused, with the reason, or not adopted; no such head; wrong passphrase",
                Exit.NOT_ENROLLED: "nobody is enrolled, or nobody of that name",
                Exit.INTERRUPTED: "ended by Ctrl+C; everything is as it was",
            },
        ),
    )
    parser.add_argument("--person", metavar="NAME", help="train for them alone (name or id)")
    parser.add_argument(
        "--loss",
        choices=[loss.value for loss in Loss],
        help="what training makes small (default: triplet)",
    )
    parser.add_argument("--margin", type=float, metavar="X", help=f"of the loss: {_MARGINS}")
    parser.add_argument(
        "--epochs",
        type=int,
        metavar="N",
        help=f"{EPOCHS.low:g} to {EPOCHS.high:g} (default: {EPOCHS.default:g})",
    )
    parser.add_argument("--yes", action="store_true", help="adopt without asking")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--dry-run", action="store_true", help="train and judge, change nothing")
    way.add_argument("--list", action="store_true", help="list the heads that are kept")
    way.add_argument("--revert", metavar="VERSION", help="a head as listed, or: shipped")
    parser.add_argument(
        "--demo", action="store_true", help="on a throw-away demo profile with built-in faces"
    )


def run(args: argparse.Namespace) -> int:
    """Do it. Raises NotEnrolled, WrongPassphrase, Cancelled, ModelError, StoreError."""
    out = Output(as_json=args.json)
    if wrong := _wrong_usage(args):
        out.note(f"facelock retrain: {wrong}\nSee: facelock retrain --help")
        return Exit.USAGE
    if args.demo:
        from facelock.cli.retrain_demo import show_demo

        return show_demo(out, options_of(args), adopt=not args.dry_run)
    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with machine.opened_access() as access:
        if not access.is_enrolled:
            raise NotEnrolled("nobody is enrolled")
        if args.list:
            machine.unseal(access)
            return _list(out, access)
        machine.open_anybody(access, _WHOSE)
        if args.revert is not None:
            return _revert(out, access, args.revert)
        return _retrain(args, out, access)


def options_of(args: argparse.Namespace) -> RetrainingOptions:
    """Return how to train. Raises ValueError for what is out of range."""
    return RetrainingOptions(
        loss=Loss(args.loss) if args.loss else Loss.TRIPLET,
        margin=args.margin,
        epochs=int(EPOCHS.default) if args.epochs is None else args.epochs,
    )


def _wrong_usage(args: argparse.Namespace) -> str | None:
    """Return what is wrong with the options, which argparse cannot see; None if nothing is."""
    span = MARGINS[Loss(args.loss) if args.loss else Loss.TRIPLET]
    if args.margin is not None and not span.holds(args.margin):
        return f"--margin of this loss: {span.low:g} to {span.high:g}"
    if args.epochs is not None and not EPOCHS.holds(args.epochs):
        return f"--epochs: {EPOCHS.low:g} to {EPOCHS.high:g}"
    trains = any(one is not None for one in (args.person, args.loss, args.margin, args.epochs))
    if (args.list or args.revert is not None) and (trains or args.demo):
        return "--list and --revert train nothing, and go with no option of the training"
    if args.demo and args.person is not None:
        return "--demo has a person of its own, and goes without --person"
    return None


def _retrain(args: argparse.Namespace, out: Output, access: Access) -> int:
    from facelock.cli.retrain_text import (
        figure_lines,
        outcome_lines,
        outcome_values,
        plan_lines,
        progress_on,
        reason_of,
    )
    from facelock.desktop.clock import SystemClock
    from facelock.services import loading
    from facelock.services.retraining import Retraining

    whom = None if args.person is None else machine.person(access, args.person).profile_id
    _renew(access)
    retraining = Retraining(access, loading.load_pipeline, SystemClock().wall)
    plan = retraining.plan(whom)
    for line in plan_lines(plan):
        out.say(line)
    with progress_on() as progress:
        outcome = retraining.slow_run(
            plan, options_of(args), progress=progress, should_stop=lambda: False
        )
    for line in figure_lines(plan, outcome):
        out.say(line)
    adopted = not args.dry_run and _adopt_if_wanted(args, out, access, outcome)
    reason = reason_of(outcome, adopted=adopted, dry_run=args.dry_run)
    values = outcome_values(plan, outcome, adopted=adopted, reason=reason)
    out.result(values, outcome_lines(plan, outcome, reason))
    if adopted:
        out.note("To go back: facelock retrain --revert shipped")
    elif outcome.before is not None and outcome.refusals and access.heads.in_force is not None:
        out.note(_HARD_TO_BEAT)
    return Exit.OK if adopted or (args.dry_run and outcome.may_be_adopted) else Exit.NO


def _renew(access: Access) -> None:
    """Bring everybody to the head in force: those from a backup, and all after an update.

    Whoever is not under it would not be judged, and be brought to the new head all the same.
    """
    pipeline, calibration = access.heads.load_both()
    access.renewal.run(pipeline, lambda: calibration)


def _adopt_if_wanted(
    args: argparse.Namespace, out: Output, access: Access, outcome: Outcome
) -> bool:
    if not outcome.may_be_adopted:
        return False
    if not args.yes:
        if args.json:
            out.note("It may be adopted. With --json nothing is asked: adopt with --yes.")
            return False
        if ask("Adopt it? [y/N]").casefold() not in {"y", "yes"}:
            return False
    _put_in_force(out, access, outcome.version)
    return True


def _put_in_force(out: Output, access: Access, version: HeadVersion | None) -> None:
    """Raises StoreUnwritable if people were changed each time meanwhile; the old head stands."""
    for _ in range(_TRIES):
        if not access.is_confirmed:  # its two minutes are over
            machine.open_anybody(access, _WHOSE)
        staged = access.heads.slow_stage(version)
        try:
            if access.heads.adopt(staged):
                return
        except PassphraseConfirmationNeeded:  # they ended while it was made ready
            access.heads.drop(staged)
        except KeyringUnavailable:  # it comes last: the head is in force
            out.note(_KEYRING_LAGS)
            return
    raise StoreUnwritable("people were changed while a head was being put in force")


def _list(out: Output, access: Access) -> int:
    from facelock.cli.retrain_text import short_name, version_lines, version_values

    heads, in_force = access.heads.versions, access.heads.in_force
    names = {one.profile_id: one.name for one in access.profiles}
    out.result(
        {
            "in_force": short_name(in_force),
            "heads": [version_values(one, names) for one in heads],
        },
        version_lines(heads, in_force, names),
    )
    return Exit.OK


def _revert(out: Output, access: Access, wanted: str) -> int:
    from facelock.cli.retrain_text import SHIPPED, short_name

    heads = access.heads.versions
    found = [one for one in heads if one.network.model_sha256.startswith(wanted.lower())]
    if wanted != SHIPPED and (len(found) != 1 or not wanted):
        sentence = "There is no such head, or several. See: facelock retrain --list"
        out.failure("NoSuchHead", sentence, Exit.NO)
        return Exit.NO
    version = None if wanted == SHIPPED else found[0]
    _put_in_force(out, access, version)
    name = short_name(version)
    lines = (f"In force: the head {name}; everybody's templates went with it.",)
    out.result({"in_force": name}, lines)
    return Exit.OK
