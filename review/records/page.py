"""A page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

LARGEST_PAGE: Final = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: ``items`` of ``total``; ``number`` counts from 1."""

    items: list[T]
    total: int
    number: int = 1
    size: int = 50

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted: number from 1, at most ``LARGEST_PAGE`` rows, whatever was asked."""

    number: int = 1
    size: int = 50

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", max(1, self.number))
        object.__setattr__(self, "size", max(1, min(self.size, LARGEST_PAGE)))

    @property
    def start(self) -> int:
        """How many rows stand before the page."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The place after the last row the page may hold."""
        return self.number * self.size
