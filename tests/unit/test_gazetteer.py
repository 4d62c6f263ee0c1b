"""The gazetteer: looking up, searching, and the user's own entities."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from corpus.entities import gazetteer as gazetteer_module
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.entities.rows import surname_of
from corpus.model import make_document
from tests.unit.meanwhile import CrossedName

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def own(tmp_path: Path, text: str) -> Gazetteer:
    path = tmp_path / "entities.toml"
    path.write_text(text, encoding="utf-8")
    return Gazetteer.load(path)


def test_an_entity_is_shown_without_marks(gazetteer: Gazetteer) -> None:
    found = gazetteer.entity("kim-jong-un")
    assert found is not None
    assert (found.name, found.type, found.wikidata) == ("Kim Jong-un", "PERSON", "Q56226")
    assert found.hangul == ("김정은",)
    assert not any(alias.endswith(("=", "?", "~", "^", "@")) for alias in found.aliases)
    cho = gazetteer.entity("cho-kuk")
    assert cho is not None
    assert cho.hangul == ("조국",)
    assert gazetteer.entity("nobody") is None
    assert "seoul" in gazetteer
    assert len(gazetteer) >= 800


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("리선권", "ri-son-gwon"),
        ("lee sungwon", "ri-son-gwon"),
        ("Jo Myong Gyun", "cho-myoung-gyon"),
        ("panmun", "panmunjom"),
        ("板門店", "panmunjom"),
        ("P’yŏngyang", "pyongyang"),
        ("blue house", "blue-house"),
    ],
)
def test_searching_by_any_name(gazetteer: Gazetteer, query: str, first: str) -> None:
    assert gazetteer.search_names(query)[0].id == first


def test_searching_for_nothing_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.search_names("  ") == []
    assert gazetteer.search_names("qqqqq") == []
    assert len(gazetteer.search_names("kim", limit=3)) == 3


def test_surnames_stand_where_the_language_puts_them(gazetteer: Gazetteer) -> None:
    names = {
        name: surname_of(gazetteer.rows[name]) for name in ("kim-jong-un", "syngman-rhee", "xi-jinping", "shinzo-abe")
    }
    assert names == {"kim-jong-un": "kim", "syngman-rhee": "rhee", "xi-jinping": "xi", "shinzo-abe": "abe"}


def test_own_entities_are_added_and_extended(tmp_path: Path) -> None:
    gazetteer = own(
        tmp_path,
        """
        drop = ["vox"]
        [[entity]]
        name = "Ri Jong-ok"
        aliases = "Comrade Ri"
        hangul = ["리종옥"]
        from = 1977-12-15
        note = "Premier."
        [[entity]]
        name = "Blue Shed"
        type = "fac"
        [[entity]]
        extends = "kim-jong-un"
        aliases = ["Respected Comrade="]
        drop = ["Rocket Man"]
        note = "The leader."
        """,
    )
    assert gazetteer.problems == ()
    ri = gazetteer.entity("ri-jong-ok")
    assert ri is not None
    assert (ri.type, ri.hangul, ri.description) == ("PERSON", ("리종옥",), "Premier.")
    assert gazetteer.rows["ri-jong-ok"].since == "1977-12-15"
    kim = gazetteer.entity("kim-jong-un")
    assert kim is not None
    assert "Respected Comrade" in kim.aliases
    assert "Rocket Man" not in kim.aliases
    assert kim.description == "The leader."
    assert "vox" not in gazetteer
    document = make_document("", [("Respected Comrade saw the Blue Shed with Ri Jong Ok.", "paragraph")])
    found = [mention.entity for mention in Recogniser(gazetteer).recognise(document)]
    assert found == ["kim-jong-un", "blue-shed", "ri-jong-ok"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[entity]]\nname = 'X'\nalias = ['y']", "there is no setting 'alias'; do you mean 'aliases'?"),
        ("[[entity]]\ntype = 'PERSON'", "it needs a name"),
        ("[[entity]]\nname = 'X'\ntype = 'HERO'", "'HERO' is no type"),
        ("[[entity]]\nname = 3", "'name' must be text in quotes"),
        ("[[entity]]\nname = 'X'\naliases = [1]", "'aliases' must be a list of texts"),
        ("[[entity]]\nextends = 'kim-jong-uun'", "do you mean 'kim-jong-un'?"),
        ("[[entity]]\nname = 'X'\nfrom = 'soon'", "entity 1: 'from' must be a day such as 2018-04-27, not 'soon'"),
        ("[[entity]]\nextends = 'seoul'\nwikidata = '884'", "'wikidata' must be an id such as Q884"),
        ("drop = []\n[[entity]]\nname = X", "line 3"),
        ("[entity]\nname = 'X'", "write [[entity]] with two brackets"),
        ("entity = ['x']", "write [[entity]] with two brackets"),
        ("entitys = 1", "do you mean 'entity'?"),
        ("drop = ['kim-jong-uun']", "no entity 'kim-jong-uun' to drop"),
        ("drop = 3", "'drop' must be a list"),
        ("[[entity]\nname", "entities.toml is not valid"),
    ],
)
def test_a_mistake_is_a_sentence_and_the_rest_counts(tmp_path: Path, text: str, sentence: str) -> None:
    gazetteer = own(tmp_path, text)
    [problem] = gazetteer.problems
    assert sentence in problem
    assert problem.startswith("entities.toml")
    assert "kim-jong-un" in gazetteer


def test_a_file_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load(tmp_path / "entities.toml")
    assert gazetteer.problems == ()
    assert Gazetteer.load(tmp_path).problems != ()


def test_the_version_follows_the_contents(tmp_path: Path, gazetteer: Gazetteer) -> None:
    assert gazetteer.version == Gazetteer.load().version
    assert gazetteer.version != own(tmp_path, "drop = ['vox']").version


def test_loading_imports_no_third_party_package() -> None:
    script = (
        "import sys; from corpus.entities.gazetteer import Gazetteer; from corpus.entities.recognise import Recogniser;"
        "Gazetteer.load(); print(*[name for name in sys.modules if name.split('.')[0] in"
        " ('rapidfuzz','textual','rich','spacy','selectolax','msgspec','importlib.metadata','tomllib')])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_names_are_found_while_another_thread_fills_what_is_remembered(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer_module, "_NEAR_KEPT", 1)
    name, others = CrossedName("Ri Son Gwon"), count()
    name.crossing = lambda: gazetteer.near_names(f"Cho {next(others)}")
    assert gazetteer.near_names(name)[0][1] == "ri-son-gwon"
