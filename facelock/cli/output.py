"""What a command prints: text for people, or one JSON object for programs.

With --json the object is the last and only thing on standard output; what happens on the way is
told on standard error. It is printed even when the command fails, unless it was used wrongly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """Where a command's words go."""

    as_json: bool

    def say(self, line: str = "") -> None:
        """Print a line of the text report; beside the report if that is JSON."""
        print(line, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def note(self, line: str) -> None:
        """Print something about the run itself, never part of the report."""
        print(line, file=sys.stderr, flush=True)

    def result(self, values: Mapping[str, object], lines: Iterable[str] = ()) -> None:
        """Print the outcome: `values` as JSON, or `lines` as text."""
        if self.as_json:
            print(json.dumps(values, ensure_ascii=False), flush=True)
            return
        for line in lines:
            print(line, flush=True)

    def failure(self, error: str, message: str, code: int) -> None:
        """Print why nothing came of it."""
        self.note(f"facelock: {message}")
        if self.as_json:
            print(json.dumps({"error": error, "message": message, "exit": code}), flush=True)
