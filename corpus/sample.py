"""The embedded corpus: eight captures on the inter-Korean thaw of early 2018, written for this project.

The events are real; the articles are told in our own words and every comment is invented.
"""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Return the folder that holds the captures of the sample."""
    return Path(__file__).with_name("sample")
