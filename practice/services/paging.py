"""Pages of a list: which part is shown, whatever number an address asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list."""

    number: int
    """Which page this is, from 1."""

    count: int
    """How many pages there are, at least 1."""

    size: int
    """Most entries on a page."""

    @property
    def first(self) -> int:
        """Place of the first entry of this page in the list, from 0."""
        return (self.number - 1) * self.size

    @property
    def part(self) -> slice:
        """What this page takes of the list."""
        return slice(self.first, self.first + self.size)


def paging(total: int, wanted: int, size: int) -> Paging:
    """Return the page that is shown: the wanted one, brought into range.

    Args:
        total: Length of the list, from 0.
        wanted: Number of the page that was asked for; anything.
        size: Most entries on a page, at least 1.
    """
    count = max(1, -(-total // size))
    return Paging(min(max(1, wanted), count), count, size)
