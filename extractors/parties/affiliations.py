"""What a text says of whose brand, unit or ticker a name is: "Sundrift, the renewables brand of Zelkova Power"."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAME = r"[A-Z][\w&’'-]*(?: (?:[A-Z][\w&’'-]*|of(?= [A-Z])|and(?= [A-Z])|&))*"
KIN = r"(?:brand|unit|arm|subsidiary|division|affiliate|project company|special[- ]purpose (?:company|vehicle))"
OF_ITS_PARENT = re.compile(
    rf"(?P<child>{NAME}), (?:(?:the|an?) (?:[\w-]+ ){{0,4}}{KIN} of|(?:wholly )?owned by|(?:which )?belong(?:s|ing) to)"
    rf" (?:the )?(?P<parent>{NAME})"
)
TICKER = re.compile(
    rf"(?P<parent>{NAME}),?(?: Inc\.?| Corp\.?| plc| Ltd\.?| ASA| SE| AG| N\.V\.)? "
    r"\((?:[A-Za-z]+(?: [A-Z]+)?: ?)(?P<child>[A-Z]{2,5})(?:\.[A-Z]{1,3})?\)"
)


def find_affiliations(text: str) -> Iterator[tuple[str, str]]:
    """(name or ticker, company that it stands for), as the text states them.

    >>> list(find_affiliations("Sundrift, the renewables brand of Zelkova Power Group (NYSE: ZLKP), will sell"))
    [('Sundrift', 'Zelkova Power Group'), ('ZLKP', 'Zelkova Power Group')]
    """
    for pattern in (OF_ITS_PARENT, TICKER):
        yield from ((found.group("child"), found.group("parent")) for found in pattern.finditer(text))
