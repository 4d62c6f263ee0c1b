"""The comments of a document, each decoded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from corpus.model import Comment


class Comments(Sequence["Comment"]):
    """The comments of a document in the order of the capture, decoded when they are asked for.

    A thread of thousands opens as fast as a short one because `outline` alone is read at once.
    """

    __slots__ = ("_load", "_loaded", "outline")

    def __init__(
        self,
        items: Iterable[Comment] = (),
        *,
        outline: Sequence[tuple[str, str | None, int]] | None = None,
        load: Callable[[int], Comment] | None = None,
    ) -> None:
        """Hold `items`; or `outline` (id, parent, depth of each) and `load`, which returns the one at an index."""
        self._loaded: list[Comment | None] = list(items) if outline is None else [None] * len(outline)
        self._load = load
        self.outline: Sequence[tuple[str, str | None, int]] = (
            tuple((item.id, item.parent, item.depth) for item in self._loaded if item) if outline is None else outline
        )

    def __len__(self) -> int:
        return len(self._loaded)

    @overload
    def __getitem__(self, index: int) -> Comment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Comment, ...]: ...
    def __getitem__(self, index: int | slice) -> Comment | tuple[Comment, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        found = self._loaded[index]
        if found is None:
            assert self._load is not None
            found = self._load(index % len(self))
            self._loaded[index] = found
        return found

    def __iter__(self) -> Iterator[Comment]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Comments)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Comments({len(self)})"
