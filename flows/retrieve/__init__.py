"""HTTP edge: the only door through which bytes come in.

``Fetcher.get`` gives back a ``Retrieved`` or raises a ``RetrieveError`` with a short stable code; nothing else.
"""

from __future__ import annotations

from flows.retrieve.errors import RetrieveError
from flows.retrieve.fetcher import Fetcher, Limits, Retrieved
from flows.retrieve.robots import Robots

__all__ = ["Fetcher", "Limits", "RetrieveError", "Retrieved", "Robots"]
