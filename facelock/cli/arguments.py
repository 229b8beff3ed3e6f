"""The parser: usage errors exit 64, and each command's help says what it does, shows and exits."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from facelock.cli.exit_codes import Exit
from facelock.core.levels import Level

Run: TypeAlias = Callable[[argparse.Namespace], int]

if TYPE_CHECKING:
    # The type of what add_subparsers returns; argparse gives it no public name.
    Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001

ALWAYS = {Exit.USAGE: "wrong usage", Exit.INTERNAL: "internal error, or damaged files of Facelock"}


class Parser(argparse.ArgumentParser):
    """argparse with the exit code of sysexits.h for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more; exit 64."""
        self.exit(Exit.USAGE, f"{self.prog}: {message}\nSee: {self.prog} --help\n")


@dataclass(frozen=True)
class About:
    """What the help of a command says."""

    summary: str  # one line in the list of commands
    description: str
    examples: Sequence[str]
    exits: Mapping[Exit, str]  # beyond those of every command

    @property
    def epilog(self) -> str:
        """The examples and the exit codes."""
        shown = "\n".join(f"  {example}" for example in self.examples)
        codes = {**self.exits, **ALWAYS}
        table = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in codes.items())
        return f"examples:\n{shown}\n\nexit codes:\n{table}"


def add_command(
    commands: Commands, name: str, run: Run, about: About, *, has_level: bool = False
) -> Parser:
    """Add a command whose help ends with examples and exit codes."""
    parser = commands.add_parser(
        name,
        help=about.summary,
        description=about.description,
        epilog=about.epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run, has_level=has_level)
    add_shared(parser, level=has_level)
    return parser


def add_shared(parser: argparse.ArgumentParser, *, level: bool) -> None:
    """Add the options that may stand before or after the command.

    No default here: a command's default would overwrite what stood before it.
    """
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print one JSON object on standard output and nothing else there",
    )
    if level:
        parser.add_argument(
            "--level",
            choices=[level.value for level in Level],
            default=argparse.SUPPRESS,
            help="security level (default: balanced)",
        )


def level_of(args: argparse.Namespace) -> Level:
    """The level asked for; Balanced if none was."""
    return Level(args.level) if args.level else Level.BALANCED
