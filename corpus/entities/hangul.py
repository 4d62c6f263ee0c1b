"""Names in Hangul and Hanja: the longest name at the start of a word, its particle left outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from corpus.entities.region import Found, Region, Scope

if TYPE_CHECKING:
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.rows import Row

Index = dict[str, list["Entry"]]
"""The first two characters of a name -> its entries, the longest name first."""


class Entry(NamedTuple):
    """A name and the entity it stands for; `shared` names another entity of the same name, if there is one."""

    name: str
    entity: str
    type: str
    shared: str = ""


_HANGUL = re.compile("[가-힣]")
_EAST_ASIAN = re.compile("[가-힣一-鿿]")
_START = re.compile(r"(?<![가-힣\w])[\w]")
_RUN = re.compile("[가-힣]+")
_PARTICLE = (
    "(?:은|는|이|가|을|를|의|에|와|과|도|만|로|으로|에서|에게|에게서|께서|한테|까지|부터|보다|처럼|마다|조차|이나|나|라는|이라는"
    "|라고|이라고|라며|이라며|이며|며|이고|이자|이다|인|인지|이가|이는|이도|이랑|이한테|이네|이지|이니|이란|란|이라|이야|야|에겐|에게도|에선|에서의|까지도|뿐|밖에|께|께서는|님|님이|님은|이었고|였다|이었다|입니다|에는|에도|에만|에서는|에서도|와의|과의|와는|과는|에의|으로의|로의"
    "|로부터|으로부터|에게는|으로서|로서|으로써|들|들이|들은|들의|들을|측|측은|측이|측의|내|내에|간|등|등이|등은|등의|등을|씨|씨는|씨가|씨의|씨를|양|군)"
)
_TITLE_WORDS = (
    "대통령|위원장|부위원장|국무위원장|총비서|총서기|주석|총리|부총리|장관|차관|대사|특사|의원|대표|대변인|실장|부장|부부장|제1부부장|국장|사령관"
    "|장군|원수|차수|대장|상장|중장|소장|교수|박사|회장|부회장|사장|외무상|상|여사|선수|감독|시장|지사|원장|단장|후보|총장|검사|판사|비서관"
)
_TITLES = f"(?:{_TITLE_WORDS}|전)"
_AFTER_PLACE = "(?:상|해상|일대|지역|쪽|현지|시내|북부|남부|서부|동부|정부|당국|군|측|산|발|제|형|식|행|시|도|군|산|강|섬|역|항|공항|주민|사람|국민|정권|체제|대표단|선수단|응원단|언론|매체|외교부|외무성|국방부|대사관)"
_REST_OF_NAME = re.compile(f"{_PARTICLE}?")
_REST_OF_BODY = re.compile(f"(?:장관|차관|장|대변인|위원장|총재|관계자|출신|산하)?{_PARTICLE}?")
_REST_OF_PERSON = re.compile(f"{_TITLES}{{0,2}}{_PARTICLE}?")
_REST_OF_PLACE = re.compile(f"{_AFTER_PLACE}?{_PARTICLE}?")
_SURNAME_AND_TITLE = re.compile(rf"(?<![가-힣])([가-힣]) ?(?:전 )?({_TITLE_WORDS}){_PARTICLE}?(?![가-힣])")
_NAME_AND_TITLE = re.compile(
    rf"(?<![가-힣])([가-힣]{{3}}) (?:전 |신임 )?(?:원내|당|최고|국회|서울|경기)?(?:{_TITLE_WORDS}|의장|총재|위원|기자|변호사|부의장|병장|상병)"
    rf"{_PARTICLE}?(?![가-힣])"
)
_NAME_BEFORE = re.compile("(?<![가-힣])([가-힣]{2,3}) $")
_TITLE_AFTER = re.compile(
    rf" (?:[가-힣]{{1,6}} )?(?:제?\d)?(?:원내|수석|당|최고|신임)?(?:{_TITLE_WORDS}|차장|의장|위원|연구위원|연구원|본부장)"
)
_VERB_ENDS = frozenset("자고며면다게")
_DAYS = frozenset(
    {
        "이날",
        "이번",
        "지난",
        "오는",
        "한국",
        "중국",
        "남북",
        "한미",
        "주미",
        "여야",
        "전날",
        "최근",
        "현재",
        "하지만",
        "이에",
        "방한",
        "방미",
        "주한",
        "조선",
    }
)
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설길연표명반왕금옥육인맹리림류로제모탁"
)
_NO_NAME_ENDS_IN = frozenset("의은는이가을를에로와과도된한급적들만")
_NO_NAMES = frozenset({"고위급", "정상급", "이번엔", "정부측", "우리측", "한국측", "전직인"})
_CHOSON = re.compile(rf"(?<![가-힣])조선(?={_PARTICLE}?(?![가-힣]))")
_PEOPLE = re.compile(f"(?:인|인들|계){_PARTICLE}?")


def build_index(gazetteer: Gazetteer) -> Index:
    """Return the index of every Hangul and Hanja name, with and without its inner blanks, and of foreigners' surnames."""
    names: dict[str, list[Row]] = {}
    for row in gazetteer.rows.values():
        for name in (*row.hangul.split(";"), *row.hanja.split(";")):
            for written in (name, name.replace(" ", "")):
                known = names.setdefault(written, [])
                if row not in known:
                    known.append(row)
    for surname, row in _foreign_surnames(gazetteer):
        names.setdefault(surname, [row])
    index: Index = {}
    for written, rows in names.items():
        if len(written) > 1 and _EAST_ASIAN.search(written) and not written.endswith("?"):
            shared = rows[1].name if len(rows) > 1 else ""
            index.setdefault(written[:2], []).append(Entry(written, rows[0].id, rows[0].type, shared))
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry.name), entry))
    return index


def find_hangul(region: Region, index: Index) -> None:
    """Claim the names in Hangul and Hanja of the text: those of the index, unknown ones before a title, the North's own."""
    if _EAST_ASIAN.search(region.text):
        _match(region, index)
        _find_unknown(region)
        _find_unknown_of_body(region)
        _find_headline_letters(region)
        _find_northern_name(region)


def _foreign_surnames(gazetteer: Gazetteer) -> Iterator[tuple[str, Row]]:
    """Yield (surname in Hangul, person) of foreigners whose surname alone stands for them in Latin letters too."""
    alone = {
        alias.text: alias.entity for alias in gazetteer.aliases if len(alias.words) == 1 and alias.kind != "nickname"
    }
    for row in gazetteer.rows.values():
        if (
            row.type == "PERSON"
            and not gazetteer.is_korean_person(row.id)
            and alone.get(row.name.split()[-1]) == row.id
        ):
            for name in row.hangul.split(";"):
                if " " in name and len(name.split()[-1]) > 1:
                    yield name.split()[-1], row


_LETTERS = {
    "北": "north-korea", "美": "united-states", "中": "china", "日": "japan", "韓": "south-korea", "英": "united-kingdom",
    "佛": "france", "獨": "germany", "露": "russia", "靑": "blue-house", "青": "blue-house",
}  # fmt: skip
_LETTER = re.compile(
    r"(?<![\d一-鿿가-힣])([北美日韓英佛獨露靑青]|中(?!에|인|이|\s*$))(?=[가-힣·,…’'\" ]|北|美|中|日|韓)(?!\))"
)
_NORTHERN_REGISTER = re.compile("조선반도|조선로동당|조선인민|북남|한조|조한|조중|중조|조미|조일|우리 공화국")


def find_hangul_surnames(region: Region, scope: Scope, gazetteer: Gazetteer) -> None:
    """Claim surnames before a title ('문 대통령'): those named in full before, else the leader of the day."""
    for match in _SURNAME_AND_TITLE.finditer(region.text):
        named = scope.named(match[1])
        if named:
            found = Found(*match.span(1), "PERSON", named[0].entity, f"surname of {named[0].label}, named before", 0.85)
        else:
            holders = {
                prior.entity
                for priors in gazetteer.priors.values()
                for prior in priors
                if region.day and prior.holds(region.day) and gazetteer.rows[prior.entity].hangul.startswith(match[1])
            }
            if len(holders) != 1 or match[2] not in ("대통령", "위원장", "국무위원장", "총비서"):
                continue
            [leader] = holders
            rule = f"surname of {gazetteer.rows[leader].name}, in office at the time"
            found = Found(*match.span(1), "PERSON", leader, rule, 0.75)
        region.add(found)


def _find_unknown(region: Region) -> None:
    """Claim a name of three syllables before a title ('권성동 의원') that no list knows."""
    for match in _NAME_AND_TITLE.finditer(region.text):
        if match[1][0] in _SURNAMES and match[1][-1] not in _NO_NAME_ENDS_IN and match[1] not in _NO_NAMES:
            region.add(Found(*match.span(1), "PERSON", None, "Hangul name before a title", 0.5))


def _find_unknown_of_body(region: Region) -> None:
    """Claim '김태효' in '김태효 국가안보실 1차장': a name, a known body, a title."""
    for body in [found for found in region.found if found.type == "ORG"]:
        before = _NAME_BEFORE.search(region.before(body.start, 6))
        if before and _TITLE_AFTER.match(region.text, body.end) and before[1][0] in _SURNAMES:
            if before[1][-1] in _NO_NAME_ENDS_IN or before[1][-1] in _VERB_ENDS or before[1] in _NO_NAMES | _DAYS:
                continue
            start = body.start - len(before.group())
            region.add(
                Found(start, start + len(before[1]), "PERSON", None, "Hangul name before a body and a title", 0.5)
            )


def _find_headline_letters(region: Region) -> None:
    """Claim the single characters by which Korean headlines name states: '北', '美 국무부', '靑'."""
    for match in _LETTER.finditer(region.text):
        entity = _LETTERS[match[1]]
        kind = "ORG" if entity == "blue-house" else "GPE"
        region.add(Found(*match.span(1), kind, entity, "the character by which headlines name it", 0.8))


def _find_northern_name(region: Region) -> None:
    """Claim '조선' as the North's name for itself where the text speaks its language: elsewhere it is a dynasty or a trade."""
    if _NORTHERN_REGISTER.search(region.text):
        for match in _CHOSON.finditer(region.text):
            region.add(
                Found(match.start(), match.start() + 2, "GPE", "north-korea", "'조선' in the North's own usage", 0.8)
            )


def _match(region: Region, index: Index) -> None:
    """Claim the Hangul and Hanja names of the text."""
    text = region.text
    for start in _starts(text):
        for name, entity, kind, shared in index.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                end = start + len(name)
                rest = run.group() if (run := _RUN.match(text, end)) else ""
                type_ = _type_with(rest, kind) if _HANGUL.match(text, end - 1) else kind
                rule = f"Hangul name in the gazetteer; {shared} has it too" if shared else _rule(name, rest)
                if type_ and region.add(Found(start, end, type_, entity, rule, 0.6 if shared else 0.95)):
                    break


def _starts(text: str) -> list[int]:
    starts = [match.start() for match in _START.finditer(text)]
    # Hanja needs no blank before it
    hanja = [at for at, char in enumerate(text) if "一" <= char <= "鿿"]
    return sorted({*starts, *hanja})


def _type_with(rest: str, kind: str) -> str | None:
    """Return the type of a name followed by `rest` of its word, or None where `rest` makes it another word."""
    if kind == "GPE" and rest and _PEOPLE.fullmatch(rest):
        return "NORP"
    if kind == "ORG":
        return kind if _REST_OF_BODY.fullmatch(rest) else None
    pattern = {"PERSON": _REST_OF_PERSON, "GPE": _REST_OF_PLACE, "LOC": _REST_OF_PLACE}.get(kind, _REST_OF_NAME)
    return kind if pattern.fullmatch(rest) else None


def _rule(name: str, rest: str) -> str:
    script = "Hangul" if _HANGUL.search(name) else "Hanja"
    return f"{script} name in the gazetteer, '{rest}' left out" if rest else f"{script} name in the gazetteer"
