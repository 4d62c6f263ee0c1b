"""Records for citation managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from corpus.cite.note import comment_time, join_names
from corpus.cite.source import Source
from corpus.cite.styles import accessed, first_words
from corpus.cite.when import When, when

_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    char: "\\" + char for char in "{}%#$&_"
}


def bibtex(about: Source) -> str:
    """Return an entry `@online`; of a comment, with its handle as author."""
    posted = _date(about)
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in _names(about)),
        "title": f"{{{_tex(_title(about))}}}",
        "organization": _tex(about.outlet_or_host or ""),
        "date": posted.iso,
        "url": re.sub(r"[\s{}\\]", lambda match: f"%{ord(match[0]):02X}", about.address or ""),
        "urldate": accessed(about).iso,
        "note": _tex("; ".join(_remarks(about))),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join((f"@online{{{_key(about)},", *lines, "}"))


def ris(about: Source) -> str:
    """Return a RIS record: NEWS for an article with an outlet, ELEC for others and for comments."""
    posted, saved = _date(about), accessed(about)
    lines = [("TY", "NEWS" if about.comment is None and about.outlet else "ELEC")]
    lines += [("AU", name) for name in _names(about)]
    lines += [("TI", _title(about)), ("T2", about.outlet_or_host or "")]
    lines += [("PY", str(posted.year or "")), ("DA", _slashes(posted)), ("UR", about.address or "")]
    lines += [("Y2", _slashes(saved))]
    lines += [("N1", remark) for remark in _remarks(about)]
    return "\n".join(
        f"{tag}  - {' '.join(value.split())}" for tag, value in (*lines, ("ER", "")) if value or tag == "ER"
    )


def csl_item(about: Source, name: str | None = None) -> dict[str, Any]:
    """Return a CSL-JSON item: `article-newspaper` or `webpage`, and `post` for a comment."""
    posted, saved = _date(about), accessed(about)
    kind = "post" if about.comment else "article-newspaper" if about.outlet else "webpage"
    item: dict[str, Any] = {"id": name or _key(about), "type": kind, "title": _title(about)}
    item["author"] = [{"literal": author} for author in _names(about)]
    item["container-title"] = about.outlet_or_host
    item["issued"] = _csl_date(posted)
    item["accessed"] = _csl_date(saved)
    item["URL"] = about.address
    item["genre"] = f"Comment on the article “{about.title}”" if about.comment else None
    item["note"] = "; ".join(_remarks(about))
    return {key: value for key, value in item.items() if value}


def csl_json(sources: Iterable[Source]) -> str:
    """Return CSL-JSON: a list of items."""
    return json.dumps([csl_item(about) for about in sources], ensure_ascii=False, indent=2)


def _date(about: Source) -> When:
    if about.comment:
        return when(about.comment.posted, about.comment.posted_raw)
    return when(about.published, about.published_raw)


def _names(about: Source) -> tuple[str, ...]:
    return (about.comment.shown_as,) if about.comment else about.authors


def _title(about: Source) -> str:
    return first_words(about.comment.text) if about.comment else about.title or "Untitled page"


def _remarks(about: Source) -> list[str]:
    remarks = []
    if about.comment:
        by = f" by {join_names(about.authors)}" if about.authors else ""
        remarks.append(f"Comment {about.comment.number} as captured on “{about.title}”{by}, {comment_time(about)}")
    elif not _date(about).year:
        remarks.append(_date(about).day_month_year())
    if not about.address:
        remarks.append(f"saved page, file {about.file}" if about.file else "no address stated")
    if about.supplied:
        remarks.append(f"supplied by the reader: {', '.join(sorted(about.supplied))}")
    return remarks


def _csl_date(date: When) -> dict[str, Any] | None:
    if date.year is None:
        return {"literal": date.raw} if date.raw else None
    return {"date-parts": [date.parts]}


def _slashes(date: When) -> str:
    return "/".join([*(f"{part:02}" for part in date.parts), "", ""][:3]) + "/" if date.parts else ""


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in text)


def _key(about: Source) -> str:
    names = ((about.comment.author or "",) if about.comment else about.authors) or (about.outlet_or_host or "page",)
    name = names[0]
    plain = unicodedata.normalize("NFKD", f"{name.split()[-1] if name.split() else name}{_date(about).year or 'nd'}")
    word = next((word for word in re.findall(r"[A-Za-z]{4,}", _title(about))), "")
    key = re.sub(r"[^A-Za-z0-9]", "", plain) + word.lower()
    return key if key[:1].isalpha() else f"page{key}"
