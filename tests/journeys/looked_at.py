"""What of the pages was looked at already, by every worker that drives a browser."""

import json
from collections.abc import Set
from pathlib import Path


class LookedAt:
    """Parts of pages that were found well: a page that has no other part need not be shown again.

    Without ``share``, those of this process alone.
    """

    def __init__(self) -> None:
        self._parts: set[str] = set()
        self._file: Path | None = None
        self._heard = 0

    def share(self, file: Path) -> None:
        """Tell the other workers through ``file``, and hear from them."""
        self._file = file
        file.touch()

    def knows(self, parts: Set[str]) -> bool:
        """Whether each of ``parts`` was found well, here or elsewhere."""
        if not parts <= self._parts:
            self._hear()
        return parts <= self._parts

    def add(self, parts: Set[str]) -> None:
        """Keep what was found well."""
        new = sorted(parts - self._parts)
        self._parts |= parts
        if self._file and new:
            with self._file.open("ab", buffering=0) as file:
                file.write(json.dumps(new).encode() + b"\n")

    def _hear(self) -> None:
        if not self._file:
            return
        with self._file.open("rb") as file:
            file.seek(self._heard)
            said = file.read()
        whole = said[: said.rfind(b"\n") + 1]  # the rest is being written just now
        self._heard += len(whole)
        for line in whole.splitlines():
            self._parts.update(json.loads(line))
