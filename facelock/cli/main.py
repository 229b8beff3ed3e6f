"""`facelock`: parses, runs one command, and turns whatever happens into an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from facelock.cli import (
    activity,
    backup,
    bench,
    calibrate,
    compare,
    demo,
    doctor,
    enrol,
    erase,
    evaluate,
    evaluate_liveness,
    lock,
    passphrase,
    people,
    recovery,
    restore,
    retrain,
    simulate,
    status,
    train,
    verify,
)
from facelock.cli.arguments import Parser, add_shared
from facelock.cli.error_text import explain
from facelock.cli.exit_codes import Exit
from facelock.cli.output import Output
from facelock.core.errors import Cancelled, FacelockError, PictureError
from facelock.desktop.hardening import harden

_COMMANDS = (
    *(enrol, verify, people, passphrase, recovery, status, activity),
    *(lock, erase, backup, restore, compare),
    *(evaluate, evaluate_liveness, calibrate, train, retrain, simulate, demo, doctor, bench),
)

_DESCRIPTION = """\
Facelock opens when it sees you, on this machine alone.
The window is started by facelock-gui; this is the command line."""

_EPILOG = """\
Each command explains itself: facelock COMMAND --help

exit codes of every command:
    0  done, match      1  the answer is no       2  locked out
    3  no camera or no usable face                4  not enrolled
    5  a demo, which proves nothing (verify)     64  wrong usage
   70  internal error, or damaged files of Facelock

Photos and screens held before the camera are looked for; a good video may still get past."""


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from facelock.cli.version import version_of  # 20 ms that no other command pays

        print(f"facelock {version_of()}")
        parser.exit()


def build_parser() -> Parser:
    """Return the whole parser. Light: no command's work is imported."""
    parser = Parser(
        prog="facelock",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(json=False, level=None)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    add_shared(parser, level=True)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for command in _COMMANDS:
        command.add_to(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Never raises, never shows a traceback."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a worker process of ours starts as this very program
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
        if argv is None:  # this process is ours alone; nothing secret was read yet
            harden(starts_workers=hasattr(args, "workers"))
        if args.level and not args.has_level:
            parser.error("the level of a real lock is sealed with it; --level is not for this")
    except SystemExit as stop:  # argparse: --help, --version, wrong usage
        return int(stop.code or 0)
    try:
        return _run(args)
    except BrokenPipeError:
        # Python flushes once more at its end; there is nobody to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE


def _run(args: argparse.Namespace) -> int:
    """Run the command that was parsed. Raises BrokenPipeError only."""
    output = Output(as_json=args.json)
    try:
        with _logged():
            return int(args.run(args))
    except (KeyboardInterrupt, Cancelled):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        raise
    except FacelockError as error:
        sentence, code = explain(error)
        output.failure(type(error).__name__, sentence, code)
        return code
    except Exception as error:  # noqa: BLE001 - the outermost hook, as conventions 4.6 has it
        output.failure(
            type(error).__name__,
            "An internal error; this should not have happened. Details are in the log.",
            Exit.INTERNAL,
        )
        return Exit.INTERNAL


@contextmanager
def _logged() -> Iterator[None]:
    """Log into this user's file while a command runs, its failure too; never onto the terminal.

    File names stay out (threat-model row 20): of an error about a picture, and of one that nobody
    foresaw, only the kind is logged, and of the latter where it happened.
    """
    import logging
    from traceback import extract_tb

    from facelock.desktop.logs import close_log, open_log
    from facelock.desktop.paths import Paths

    log = logging.getLogger(__name__)
    handler = open_log(Paths.default().log_file) or logging.NullHandler()
    logging.getLogger().addHandler(handler)  # twice the same handler is once
    try:
        yield
    except FacelockError as error:
        log.info("%s: %s", type(error).__name__, "" if isinstance(error, PictureError) else error)
        raise
    except (BrokenPipeError, Cancelled):
        raise
    except Exception as error:
        steps = extract_tb(error.__traceback__)[-4:]
        where = "; ".join(f"{step.name} {step.lineno}" for step in steps)
        log.error("unexpected %s in %s", type(error).__name__, where)  # noqa: TRY400 - its text is private
        raise
    finally:
        close_log(handler)
