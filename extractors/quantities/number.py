"""Numbers as the press writes them: where one stands, and what it is worth.

A number is found once per text, whatever it measures; each dimension then looks for its unit beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.registry.units import currency_forms

SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "k": Decimal(10**3),
    "thousand": Decimal(10**3),
    "lakh": Decimal(10**5),
    "lac": Decimal(10**5),
    "m": Decimal(10**6),
    "mm": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mio": Decimal(10**6),
    "million": Decimal(10**6),
    "crore": Decimal(10**7),
    "cr": Decimal(10**7),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "bil": Decimal(10**9),
    "mrd": Decimal(10**9),
    "billion": Decimal(10**9),
    "t": Decimal(10**12),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "tln": Decimal(10**12),
    "trillion": Decimal(10**12),
}
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH = {word: Decimal(n) for n, word in enumerate(_SMALL)} | {
    word: Decimal(20 + 10 * n) for n, word in enumerate(_TENS)
}
_FRACTIONS = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "thirds": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"),
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
}

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?!\n))"  # a space or one line break, never a blank line
_TEENS_FIRST = "|".join(sorted(_SMALL, key=len, reverse=True))  # "seven" would end inside "seventeen"
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_SMALL[1:10])}))?|{_TEENS_FIRST})"
_SCALE = r"(?:thousand|million|billion|trillion|mln|mio|mn|bln|bil|mrd|bn|trn|tln|tn|crore|lakh|lac|cr)s?"
# "Rs5", "EUR3bn": a digit may follow a letter only where that letter ends a currency's form
_GLUED = "|".join(
    rf"(?<={re.escape(form.form)})"
    for form in currency_forms()
    if form.place in {"before", "either", "code"} and form.form[-1].isalpha()
)

_NUMBER = re.compile(
    rf"""
    (?=[\d½¼¾]) (?: (?<![\w]) | {_GLUED} ) (?<!\d[.,]) (?P<digits>
        \d{{1,3}} (?: ,\d{{3}} ){{1,6}} (?:\.\d{{1,6}})?              # 1,234,567.8
      | \d{{1,2}} (?: ,\d{{2}} ){{1,5}} ,\d{{3}} (?:\.\d{{1,6}})?     # 12,34,567 as in India
      | \d{{1,3}} (?: [\u00a0\u202f]\d{{3}} ){{1,5}} (?!\d)           # 1 234 567 with hard spaces
      | \d{{1,3}} ,\d{{1,2}} (?= [\s-]?{_SCALE}\b )                   # 1,5 billion
      | \d{{1,15}} (?:\.\d{{1,6}})? [½¼¾]?                            # 1.2, 1½
      | [½¼¾]
    ) (?!\d) (?![.,]\d)
    (?P<scale>
        (?: -odd | -plus | -some | \+ )?                               # 30-odd billion, 5+ billion
        (?: (?:{_GAP}|-)? (?:lakh|hundred) )?  (?: (?:{_GAP}|-)? {_SCALE} ) \b   # 5 billion, 10-billion, 1.5 lakh crore
      | (?:{_GAP}|-)? hundred\b
      | mm (?!\w) | [kmbt] (?!\w)                                              # 1.5B, 24k
    )?
  | \b (?=[a-z]) (?:
        (?P<fraction>                                                          # half a billion, three quarters of a
            half | (?:an?|one)[\s-](?:half|third|quarter) | two[\s-]thirds | three[\s-]quarters
          | quarter (?= (?:[\s-]of[\s-]an?)? [\s-]{_SCALE} )
        )
        (?: [\s-] (?:of[\s-])? an? (?=[\s-]) )?
      | (?P<words>
            (?: {_WORD} | an? (?= [\s-] (?:hundred|dozen|{_SCALE}) \b ) )      # five, twenty-five, a (million)
            (?: [\s-]and[\s-]a[\s-](?:half|quarter) )?                         # one and a half
            (?: [\s-](?:hundred|dozen) (?: [\s-](?:and[\s-])?{_WORD} )? )?     # two hundred and fifty
        )
    ) \b
    (?P<word_scale>
        [\s-]{_SCALE} \b (?: [\s-]and[\s-]an?[\s-](?P<scale_and>half|quarter) \b (?! [\s-](?:of|an?|{_SCALE})\b ) )?
      | [\s-]dozen \b
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

_DIGIT, _LETTERS = re.compile(r"[\d½¼¾]"), re.compile(r"[a-z]+")
_AMOUNTS = frozenset({*_SMALL, *_TENS, *_FRACTIONS, *SCALES, "decade", "equal", "equally"}) | frozenset(
    {"fifth", "fifths", "sixth", "eighth", "tenth"} | {f"{scale}watt" for scale in ("mega", "giga", "tera")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number and where it stands; ``value`` already holds its scale."""

    value: Decimal
    scale: Decimal  # 10**9 for "5 billion"; 1 where no scale is written
    start: int
    end: int

    @property
    def has_scale(self) -> bool:
        """Whether a scale word or letter was written."""
        return self.scale != 1


def may_hold_amounts(text: str) -> bool:
    """False where no figure and no word of one stands in the text: it holds no sum, power, share or length of time.

    >>> may_hold_amounts("They own equal parts"), may_hold_amounts("Construction of the halls goes on")
    (True, False)
    """
    return bool(_DIGIT.search(text)) or not _AMOUNTS.isdisjoint(_LETTERS.findall(text.lower()))


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of the text, in order, not overlapping.

    >>> [str(n.value) for n in find_numbers("1,234.5 and half a billion, two hundred and fifty, a dozen")]
    ['1234.5', '500000000', '250', '12']
    >>> [str(n.value) for n in find_numbers("a billion and a half, 30-odd million, 5+ billion")]
    ['1500000000', '30000000', '5000000000']
    >>> [str(n.value) for n in find_numbers("tens of billions for GB300s on GPT-5, version 3.8.8")]
    []
    """
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _is_part_of_a_name(text, start, found[-1].end if found else -9):
            continue
        scale = _scale_of(match["scale"] or match["word_scale"] or "")
        extra = _FRACTIONS[match["scale_and"].lower()] if match["scale_and"] else Decimal(0)  # a billion and a half
        if match["digits"]:
            base = _value_of_digits(match["digits"])
        elif match["fraction"]:
            base = _value_of_fraction(match["fraction"])
        else:
            base = _value_of_words(match["words"])
        found.append(Number(value=whole((base + extra) * scale), scale=scale, start=start, end=end))
    return tuple(found)


def parse_number(text: str) -> Decimal | None:
    """The number that the whole text writes, or None.

    >>> parse_number("1.5 million")
    Decimal('1500000')
    >>> parse_number("a quarter of a billion")
    Decimal('250000000')
    >>> parse_number("1.5 lakh crore")
    Decimal('1500000000000')
    >>> parse_number("tens of billions") is None
    True
    """
    stripped = text.strip()
    match = _NUMBER.fullmatch(stripped)
    found = find_numbers(stripped) if match else ()
    return found[0].value if len(found) == 1 else None


def whole(value: Decimal) -> Decimal:
    """The value without a fraction of zeros: 1500000000, not 1500000000.0 or 1.5E+9."""
    integral = value.to_integral_value()
    return integral.quantize(Decimal(1)) if value == integral else value


def _is_part_of_a_name(text: str, start: int, previous_end: int) -> bool:
    """Whether the number is the 5 of "GPT-5" (but not the 2 of "$1bn-2bn" or "100MW-200MW")."""
    return start >= 2 and text[start - 1] == "-" and text[start - 2].isalpha() and start - previous_end > 5


def _value_of_digits(digits: str) -> Decimal:
    extra = _FRACTIONS.get(digits[-1], Decimal(0))
    plain = digits.rstrip("½¼¾").replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"\d{1,3},\d{1,2}", plain):
        plain = plain.replace(",", ".")
    return Decimal(plain.replace(",", "") or "0") + extra


def _value_of_words(words: str) -> Decimal:
    """ "two hundred and fifty" is 250, "one and a half" is 1.5."""
    total = Decimal(0)
    for word in re.split(r"[\s-]+", words.lower()):
        if word in {"hundred", "dozen"}:
            total = (total or Decimal(1)) * SCALES[word]
        else:
            total += _WORTH.get(word) or _FRACTIONS.get(word) or 0
    return total or Decimal(words.lower() != "zero")  # "a" before a scale word is one


def _value_of_fraction(words: str) -> Decimal:
    """ "three quarters" is 0.75."""
    value = Decimal(1)
    for word in re.split(r"[\s-]+", words.lower()):
        value *= _WORTH.get(word) or _FRACTIONS.get(word) or 1
    return value


def _scale_of(words: str) -> Decimal:
    """The product of the scale words: "lakh crore" is 10**12.

    >>> _scale_of("-billion"), _scale_of(" lakh crore") == 10**12, _scale_of("")
    (Decimal('1000000000'), True, Decimal('1'))
    """
    scale = Decimal(1)
    for word in re.findall(r"[a-z]+", words.lower()):
        scale *= SCALES.get(word) or SCALES.get(word.removesuffix("s")) or 1
    return scale
