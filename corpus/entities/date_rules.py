"""The grammar of English dates: a pattern for each form, beside the function that reads it."""

from __future__ import annotations

import re

from corpus.entities.date_forms import MONTHS, NUMBERS, SHORT_MONTHS, Read
from corpus.entities.date_readers import (
    read_ago,
    read_bare_month,
    read_century,
    read_day_of_month,
    read_decade,
    read_edge_of_unit,
    read_iso,
    read_month_of_relative_year,
    read_month_of_short_year,
    read_month_of_year,
    read_near_day,
    read_new_year,
    read_quarter,
    read_relative_unit,
    read_season,
    read_slashes,
    read_weekday,
    read_year,
    read_years,
)

Rule = tuple[re.Pattern[str], Read]

_MONTH = rf"(?P<month>{MONTHS}|(?:{SHORT_MONTHS})\.?)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_TO_DAY = r"(?:(?:-| to | and )(?P<to>[0-3]?\d)(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_WEEKDAY = r"(?P<weekday>Mon|Tues?|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"


def _rule(pattern: str, read: Read, flags: int = 0) -> Rule:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", flags), read


_FIGURES: list[Rule] = [
    _rule(
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})(?: - (?P<clock>\d\d:\d\d))?",
        read_slashes,
    ),
    _rule(r"(?P<year>(?:1[5-9]|20)\d\d)\. ?(?P<month>\d\d?)\. ?(?P<day>\d\d?)(?P<clock>(?!))?", read_iso),
    _rule(r"(?P<year>(?:1[5-9]|20)\d\d)/(?P<month>\d\d?)/(?P<day>\d\d?)(?P<clock>(?!))?(?![\d/])", read_iso),
    _rule(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>(?:1[5-9]|20)\d\d)(?P<clock>(?!))?(?!\.\d)", read_iso),
    _rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T(?P<clock>\d\d:\d\d))?", read_iso),
]
_MONTH_RULES: list[Rule] = [
    _rule(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_TO_DAY}(?:,? {_YEAR})?(?!\d|:)", read_day_of_month),
    _rule(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}{_TO_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", read_day_of_month),
    _rule(rf"(?:[Ee]arly |[Ll]ate |[Mm]id-)?{_MONTH},? (?:of )?{_YEAR}", read_month_of_year),
    _rule(rf"{_MONTH} '(?P<short>\d\d)", read_month_of_short_year),
    _rule(rf"{_MONTH} (?:of )?(?P<relation>last|this|next) year", read_month_of_relative_year),
    _rule(
        r"(?P<before>last |Last |next |Next |this |this past |early |late |mid-|Early |Late |[Ii]n |and |or |[Ss]ince |[Bb]y |until |during |of |for |from |to "
        rf"|end of |start of |beginning of |middle of |through |between |the )(?P<month>{MONTHS})(?! \d)(?!-[A-Za-z])",
        read_bare_month,
    ),
]
_DAY_RULES: list[Rule] = [
    _rule(
        r"(?:(?P<relation>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his coming|[Tt]his past|[Cc]oming|on|[Ee]arly|[Ll]ate|[Bb]y|[Uu]ntil|[Ss]ince) )?"
        rf"{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?",
        read_weekday,
    ),
    _rule(
        r"(?:earlier |later |late |early )?(?P<word>today|tomorrow|yesterday|tonight|last night|this morning|this afternoon|this evening"
        r"|the day before yesterday|the day after tomorrow)",
        read_near_day,
        re.I,
    ),
    _rule(r"New Year(?:['’]s)?(?: Day| Eve)?", read_new_year),
]
_UNIT_RULES: list[Rule] = [
    _rule(
        r"(?P<relation>earlier this|later this|late last|early last|early next|late next|last|next|this) (?P<unit>week|month|year|decade|century|weekend|quarter)",
        read_relative_unit,
        re.I,
    ),
    _rule(r"the (?:end|start|beginning|middle) of (?:the|this) (?P<unit>month|year|week)", read_edge_of_unit, re.I),
    _rule(r"(?:the )?(?P<part>early |late |mid-)?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century", read_century, re.I),
    _rule(
        rf"(?:about |some |almost |nearly |more than |over |exactly )?{_COUNT}(?: of)? (?P<unit>day|week|month|year|decade|century|centurie)s? (?P<direction>ago|earlier|from now)",
        read_ago,
        re.I,
    ),
]
_SEASON_RULES: list[Rule] = [
    _rule(
        r"(?:(?P<relation>last|this|next) (?P<season>spring|summer|autumn|fall|winter))(?P<year>(?!))?",
        read_season,
        re.I,
    ),
    _rule(rf"(?P<relation>(?!))?(?P<season>spring|summer|autumn|fall|winter) (?:of )?{_YEAR}", read_season, re.I),
]
_YEAR_RULES: list[Rule] = [
    _rule(rf"(?:the )?(?P<quarter>first|second|third|fourth|Q[1-4])(?: quarter)?(?: of)? {_YEAR}", read_quarter, re.I),
    _rule(r"(?:the )?(?P<part>[Ee]arly |[Ll]ate |[Mm]id-|[Mm]id )?(?P<year>(?:1[5-9]|20)\d0)[\'’]?s", read_decade),
    _rule(r"(?P<first>(?:1[5-9]|20)\d\d) ?[-–] ?(?P<last>(?:1[5-9]|20)?\d\d)(?!-?\d)", read_years),
    _rule(r"(?P<year>19\d\d|20[0-4]\d)(?!-\d)", read_year),
    _rule(r"(?:in|since|from|by|until|of) (?P<year>1[5-8]\d\d)", read_year, re.I),
]

RULES: dict[str, list[Rule]] = {
    "figures": _FIGURES,
    "month": _MONTH_RULES,
    "season": _SEASON_RULES,
    "day": _DAY_RULES,
    "unit": _UNIT_RULES,
    "number": _YEAR_RULES,
}
"""The rules by the kind of word that gives them away, in the order in which they claim text."""
