"""In which line of a file each of many things stood first, in little memory: a file may have a million lines.

A set of their ids would take a hundred megabytes. Here each takes some twenty bytes: of the id only its hash is kept,
so that once in many millions of files one thing is taken for another, which costs a remark and nothing else.
"""

from array import array

SMALLEST = 1 << 10
"""Places to begin with; a power of two, as is each number after it."""

MASK = (1 << 64) - 1


class FirstLines:
    """The first line of each thing."""

    def __init__(self) -> None:
        self._count = 0
        self._hashes, self._lines = _room(SMALLEST)

    def of(self, thing: str, line: int) -> int:
        """The line in which this thing stood first: this one, if it did not stand before."""
        found = hash(thing) & MASK or 1
        at = self._place(found)
        if self._hashes[at]:
            return self._lines[at]
        self._hashes[at], self._lines[at] = found, line
        self._count += 1
        if 2 * self._count > len(self._hashes):
            self._grow()
        return line

    def _place(self, found: int) -> int:
        """Where it is, or the free place where it belongs."""
        hashes = self._hashes
        last = len(hashes) - 1
        at = found & last
        while hashes[at] and hashes[at] != found:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        hashes, lines = self._hashes, self._lines
        self._hashes, self._lines = _room(2 * len(hashes))
        for found, line in zip(hashes, lines, strict=True):
            if found:
                at = self._place(found)
                self._hashes[at], self._lines[at] = found, line


def _room(places: int) -> tuple["array[int]", "array[int]"]:
    return array("Q", bytes(8 * places)), array("L", bytes(array("L").itemsize * places))
