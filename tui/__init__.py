"""The terminal reader and its command."""

from __future__ import annotations

__version__ = "0.1.0"
