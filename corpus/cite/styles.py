"""APA 7, MLA 9 and Chicago notes, for an article and for a reader's comment under it.

Facts that the user supplied stand in brackets. Names stand as the source gives them.
"""

from __future__ import annotations

from corpus.cite.note import join_names
from corpus.cite.source import Source
from corpus.cite.when import MLA_MONTHS, NO_DATE, When, when

TITLE_WORDS = 20
"""How much of a comment stands for its title, as APA asks."""


def apa(about: Source) -> str:
    """Return an APA 7 reference."""
    published = when(about.published, about.published_raw)
    site = _site(about)
    if about.comment is None:
        date = _given(about, "published", _or_no_date(published.year_month_day()))
        title = _given(about, "title", about.title or "Untitled page")
        names = _given(about, "byline", join_names(about.authors))
        head = [_stop(names), f"({date}).", _stop(title)] if names else [_stop(title), f"({date})."]
        return " ".join(filter(None, (*head, site and _stop(site), _place(about))))
    comment = about.comment
    date = _or_no_date(when(comment.posted, comment.posted_raw).year_month_day())
    on = f"[Comment on the article “{_given(about, 'title', about.title or 'Untitled page')}”]."
    head = [_stop(comment.shown_as), f"({date}).", first_words(comment.text), on]
    return " ".join(filter(None, (*head, site and _stop(site), _place(about))))


def mla(about: Source) -> str:
    """Return an MLA 9 entry."""
    published = _given(about, "published", when(about.published, about.published_raw).day_month_year(MLA_MONTHS))
    title = _given(about, "title", about.title or "Untitled page")
    site, place = _site(about), _place(about)
    if about.comment is None:
        names = _given(about, "byline", join_names(about.authors))
        head = [f"{_stop(names)} “{_stop(title)}”" if names else f"“{_stop(title)}”"]
        rest = [site, published, place]
    else:
        posted = when(about.comment.posted, about.comment.posted_raw)
        head = [f"{_stop(about.comment.shown_as)} Comment on “{_stop(title)}”"]
        rest = [site, posted.day_month_year(MLA_MONTHS), posted.clock(about.zone), place]
    return _stop(" ".join((*head, ", ".join(filter(None, rest)))))


def chicago(about: Source) -> str:
    """Return a Chicago note."""
    published = when(about.published, about.published_raw).month_day_year()
    names = _given(about, "byline", join_names(about.authors))
    title = f"“{_given(about, 'title', about.title or 'Untitled page')},”"
    rest = ", ".join(filter(None, (_site(about), _given(about, "published", published), _place(about))))
    article = " ".join(filter(None, (f"{names}," if names else "", title, rest)))
    if about.comment is None:
        return _stop(article)
    posted = when(about.comment.posted, about.comment.posted_raw)
    clock = posted.clock(about.zone)
    time = f" ({clock})" if clock else ""
    return _stop(f"{about.comment.shown_as}, {posted.month_day_year()}{time}, comment on {article}")


def first_words(text: str) -> str:
    """Return the first twenty words of a comment, for a title."""
    words = text.split()
    return " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "") or "[no text]"


def accessed(about: Source) -> When:
    """Return when the page was saved."""
    return when(about.saved)


def _given(about: Source, field: str, value: str) -> str:
    return f"[{value}]" if value and field in about.supplied else value


def _site(about: Source) -> str:
    return _given(about, "outlet", about.outlet_or_host or "")


def _place(about: Source) -> str:
    if about.address:
        return _given(about, "url", about.address) if about.address == about.url else about.address
    return f"[saved page, file {about.file}]" if about.file else "[no address stated]"


def _or_no_date(text: str) -> str:
    return text or NO_DATE


def _stop(text: str) -> str:
    return (
        text if text.rstrip("”’)]").endswith((".", "?", "!", "…")) or "://" in text.rpartition(" ")[2] else f"{text}."
    )
