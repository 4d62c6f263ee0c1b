"""The optional language model: only adds names, never breaks the rest. A stand-in plays spaCy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from corpus.config import load
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.ner import SpacyAdapter, find_adapter
from corpus.entities.recognise import Recogniser
from corpus.model import make_document

Plant = Callable[..., None]


@pytest.fixture
def spacy(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Plant a module spacy whose pipelines find the given (surface, label) wherever they stand."""

    def plant(*names: tuple[str, str], packages: tuple[str, ...] = (), fails: str = "") -> None:
        def pipeline(text: str) -> SimpleNamespace:
            found = [
                SimpleNamespace(start_char=text.index(name), end_char=text.index(name) + len(name), label_=label)
                for name, label in names
                if name in text
            ]
            return SimpleNamespace(ents=found)

        def load_pipeline(name: str) -> Callable[[str], SimpleNamespace]:
            if fails:
                raise OSError(fails)
            return pipeline

        module = ModuleType("spacy")
        module.load = load_pipeline  # type: ignore[attr-defined]
        for name, planted in (("spacy", module), *((package, ModuleType(package)) for package in packages)):
            planted.__spec__ = ModuleSpec(name, None)
            monkeypatch.setitem(sys.modules, name, planted)

    return plant


def found_in(text: str, adapter: SpacyAdapter) -> list[tuple[str, str, str | None, str, float]]:
    document = make_document("", [(text, "paragraph")], published="2018-01-09")
    mentions = Recogniser(Gazetteer.load(), adapters=[adapter]).recognise(document)
    return [(m.surface, m.type, m.entity, m.rule, m.confidence) for m in mentions]


def test_the_model_adds_only_where_the_rules_found_nothing(spacy: Plant) -> None:
    spacy(
        ("Pyongyang", "PERSON"),
        ("the zembla's", "ORG"),
        ("Tuesday", "DATE"),
        ("seven", "CARDINAL"),
        ("a pyongyang b", "GPE"),
    )
    found = found_in("In Pyongyang the zembla's seven men left.", SpacyAdapter("en_core_web_sm"))
    assert found[0][:3] == ("Pyongyang", "GPE", "pyongyang")
    assert found[1:] == [("zembla", "ORG", None, "found by the language model en_core_web_sm (ner)", 0.3)]


def test_a_long_text_is_read_in_parts_and_offsets_hold(spacy: Plant) -> None:
    spacy(("zembla", "MISC"))
    text = "x " * 60_000 + "\n\n" + "y zembla " + "y " * 60_000
    [(start, end, kind)] = SpacyAdapter("m")(text)
    assert (text[start:end], kind) == ("zembla", "CONCEPT")
    assert list(SpacyAdapter("m")("  ")) == []


def test_a_model_that_does_not_load_costs_nothing_else(spacy: Plant) -> None:
    spacy(fails="no such model\nmore")
    adapter = SpacyAdapter("gone")
    assert [surface for surface, *_ in found_in("In Pyongyang.", adapter)] == ["Pyongyang"]
    assert adapter.problem == "The language model gone could not be loaded: no such model"


def test_the_setting_says_what_is_missing(spacy: Plant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert find_adapter(None) == (None, None)
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setattr("corpus.entities.ner.find_spec", lambda name: None)
    assert "install korea-reader[ner]" in str(find_adapter("auto")[1])
    monkeypatch.undo()
    spacy(packages=("en_core_web_md",))
    adapter, problem = find_adapter("auto")
    assert adapter is not None
    assert (adapter.name, problem) == ("en_core_web_md", None)
    assert "neither an installed pipeline nor a folder" in str(find_adapter("xx_nowhere")[1])
    folder, problem = find_adapter(str(tmp_path))
    assert folder is not None
    assert (folder.name, problem) == (str(tmp_path), None)
    spacy()
    monkeypatch.delitem(sys.modules, "en_core_web_md")
    assert "found no English pipeline" in str(find_adapter("auto")[1])


def test_a_cache_of_mentions_knows_the_model() -> None:
    gazetteer = Gazetteer.load()
    versions = {
        Recogniser(gazetteer).version,
        Recogniser(gazetteer, nicknames=True).version,
        Recogniser(gazetteer, adapters=[SpacyAdapter("a")]).version,
        Recogniser(gazetteer, adapters=[SpacyAdapter("b")]).version,
    }
    assert len(versions) == 4


def test_the_setting_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('ner = "en_core_web_sm"', encoding="utf-8")
    assert load(path)[0].ner == "en_core_web_sm"
    path.write_text("ner = true", encoding="utf-8")
    assert load(path)[0].ner is None
    assert "ner must be a text" in load(path)[1][0]
