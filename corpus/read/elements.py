"""Kinds of elements of a page, by their tags: what is seen of them, and where they end a block of text."""

from __future__ import annotations

SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "textarea",
        "input",
        "datalist",
        "canvas",
        "noembed",
        "noframes",
    ]
)
"""Elements whose words nobody sees on the page, or only while they are typed."""

BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "shreddit-comment",
        "faceplate-tracker",
    ]
)
"""Elements that end a block of text where they begin and end."""

CODE = frozenset(["script", "style", "template"])
"""Silent elements whose contents nobody reads: no words are kept of them."""
NO_ELEMENTS = frozenset(["-comment", "!doctype", "-doctype", "-document"])
"""What the parser calls the nodes that are neither elements nor text."""
