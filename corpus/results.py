"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.hits import Hit


@dataclass(frozen=True, slots=True)
class Results:
    """Hits, exact ones first, and how many passages there are: exactly, or at least.

    `messages` are sentences about the query or the index; `is_whole` is False when the search was stopped.
    `also` are other spellings of a name in the query that were found.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_is_exact: bool = True
    messages: tuple[str, ...] = ()
    is_whole: bool = True
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return "200 of exactly N" or "200 of more than N"; nothing may yet be found where not all was looked at."""
        if not self.total and not self.total_is_exact:
            return "0 of 0 so far"
        return f"{len(self.hits)} of {'exactly' if self.total_is_exact else 'more than'} {self.total}"
