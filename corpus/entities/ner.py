"""An installed spaCy pipeline as a finder of names, for what the rules leave out. Off unless the settings name one.

The extra `korea-reader[ner]` installs spaCy; pipelines are installed apart. Nothing is ever downloaded from here, and
nothing of spaCy is imported before the first text is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FIRST_INSTALLED = "auto"
_PIPELINES = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
_TYPES = {
    "PERSON": "PERSON", "PER": "PERSON", "NORP": "NORP", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC",
    "EVENT": "EVENT", "LAW": "LAW", "WORK_OF_ART": "WORK", "MISC": "CONCEPT",
}  # fmt: skip
"""Types of OntoNotes, CoNLL-2003 and WikiNEuRal; dates, numbers and products are not the model's business."""
_LONGEST = 100_000
"""Code points that the model is given at once: it takes memory by the text."""


class SpacyAdapter:
    """A pipeline that is loaded when the first text is read; one that does not load finds nothing, and says why."""

    def __init__(self, pipeline: str) -> None:
        """Use `pipeline`: the name of an installed package, or a folder that holds one."""
        self.name = pipeline
        self.problem: str | None = None

    @cached_property
    def _model(self) -> Any:
        try:
            import spacy

            return spacy.load(self.name)
        except (ImportError, OSError, ValueError) as error:
            first = str(error).strip().partition("\n")[0]
            self.problem = f"The language model {self.name} could not be loaded: {first}"
            return None

    def __call__(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, type) of the names in `text`, in its order: code points, end exclusive."""
        if not text.strip() or self._model is None:
            return
        for offset, part in _parts(text):
            for found in self._model(part).ents:
                kind = _TYPES.get(found.label_)
                start, end = _without_frame(part, found.start_char, found.end_char)
                if kind and start < end:
                    yield offset + start, offset + end, kind


def find_adapter(setting: str | None) -> tuple[SpacyAdapter | None, str | None]:
    """Return the adapter that the setting `ner` asks for, or None, and a sentence where it cannot be had.

    Args:
        setting: a pipeline's name, a folder, "auto" for the first English one that is installed, or None.
    """
    if not setting:
        return None, None
    if find_spec("spacy") is None:
        return None, "The setting ner needs spaCy; install korea-reader[ner], or take the setting out."
    if setting == FIRST_INSTALLED:
        installed = next((name for name in _PIPELINES if find_spec(name)), None)
        if installed is None:
            return None, f"The setting ner found no English pipeline of spaCy, such as {_PIPELINES[0]}; install one."
        return SpacyAdapter(installed), None
    if Path(setting).expanduser().is_dir():
        return SpacyAdapter(str(Path(setting).expanduser())), None
    if not setting.isidentifier() or find_spec(setting) is None:
        return None, f"The setting ner names {setting}, which is neither an installed pipeline nor a folder."
    return SpacyAdapter(setting), None


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, stretch) of a long text, cut at ends of paragraphs where there are any."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _LONGEST)
        if end < len(text):
            cut = text.rfind("\n\n", start + 1, end)
            end = cut if cut > start else end
        yield start, text[start:end]
        start = end


def _without_frame(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space, an article before it and the possessive after it."""
    while start < end and text[start].isspace():
        start += 1
    if text[start:end].lower().startswith("the "):
        start += 4
    for ending in ("'s", "’s"):
        if text[start:end].endswith(ending):
            end -= 2
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
