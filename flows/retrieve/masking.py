"""Addresses as they may be shown: in messages, on the Prefect server, in a release."""

from __future__ import annotations

import re

_USER = re.compile(r"//[^/?#]*@")
_SECRET = re.compile(
    r"([?&](?:api[_-]?key|key|(?:access[_-]?)?token|auth|authorization|password|passwd|pwd|secret|sig|signature|sid)=)"
    r"[^&#\s]*",
    re.IGNORECASE,
)
LONGEST = 300


def masked(url: str) -> str:
    """The address without user, password and the values of parameters that are secrets; cut where it is endless.

    >>> masked("https://desk:pw@wire.example/f?token=hush&page=2")
    'https://wire.example/f?token=***&page=2'
    """
    return _SECRET.sub(r"\1***", _USER.sub("//", url))[:LONGEST]
