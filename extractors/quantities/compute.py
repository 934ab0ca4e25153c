"""Numbers of accelerators, and their models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.quantities.bounds import read_bound
from extractors.quantities.money import has_currency_before
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import Measure, join_ranges
from extractors.records import Accelerators
from extractors.registry import load
from extractors.registry.units import alternatives

# Families whose next member the registry cannot know yet; names of a single member are its rows.
_FAMILIES = r"""
    (?: GB | GH | VR ) [1-9]00 [A-Z]? (?: \s? NVL \d{1,3} )?     # Nvidia superchips: GB300 NVL72
  | [ABHRV] [1-9]00 [A-Z]?                                       # Nvidia: A100, H200, B300
  | L40S? | RTX \s (?: PRO \s )? \d{4} (?: \s? (?:D|Ti|Blackwell) )?
  | MI \d{3} [AXP]?                                              # AMD Instinct
  | TPU \s? v\d [a-z]? | (?<=TPU\s) v\d [a-z]?                   # Google
  | Trainium \s? \d? (?: \s Ultra )? | Inferentia \s? \d?        # Amazon
  | Gaudi \s? \d | Ascend \s \d{3} [A-Z]?                        # Intel, Huawei
  | Maia \s? \d{3} | MTIA \s? (?: v\d )? | WSE-\d | CS-\d
  | Vera \s Rubin (?: \s (?: Ultra | NVL \d{2,3} ) )? | Rubin \s (?: Ultra | CPX ) | Blackwell \s Ultra | Grace \s (?: Blackwell | Hopper )
"""
# A chip's name that no list has: letters and a number, and only right before "accelerators" or the like ("BL9 accelerators")
_UNLISTED = r"[A-Z] [A-Za-z]{0,3} -? \d{1,4} [A-Za-z]{0,2}"
_NOUN = r"""
    (?: (?:AI|graphics|tensor|neural|training|inference)[\s-] ){0,2} (?:
        GPU | TPU | XPU | NPU | LPU | ASIC | accelerator | superchip | (?:AI\s)? chip | processor
      | (?:graphics|tensor)\s(?:processing\sunit|processor|card) | processing\sunit ) s?
"""
_NOT_ACCELERATORS = r"(?! [\s-]? (?: hours? | makers? | tools? | designers? ) \b )"
# Words that may stand between a number and what it counts; no verb, no preposition but "of"
_BETWEEN = r"""
    (?: of \s )?
    (?: (?: its | their | the | his | our | those | these | (?:the\s)? (?:company|latter|former|firm|group) ) (?:['’]s)? \s )?
    (?: (?!(?:GPU|TPU|ASIC|XPU)s?\b) (?: (?-i: [A-Z] ) [\w&.]* (?:-\w+)? (?:['’]s?)?
          | new | newer | newest | next-generation | latest | advanced | high-end | top-end | top | top-of-the-line | cutting-edge | state-of-the-art
          | custom | in-house | liquid-cooled | data[\s-]?cent(?:er|re) | graphics | tensor | training | inference | additional | more | leading-edge
          | homegrown | domestic | proprietary | specialized | specialised | powerful | so-called | server ) \s ){0,5}?
"""
_QUOTE = "[\"“”'’]?"


@cache
def _registered() -> dict[str, str]:
    """Every spelling of a registered accelerator that names no mere word -> its name."""
    return {
        form: accelerator.name
        for accelerator in load().accelerators.values()
        for form in accelerator.spellings
        if re.search(r"\d|\s", form) and not form.lower().startswith("tpu")
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(what may follow a number, a model's name alone); built at first use, as the registry is read then."""
    listed = alternatives([form.removesuffix("s") for form in _registered()] or ["GB200"])
    model = rf"(?: {listed} | {_FAMILIES} )"
    counted = re.compile(
        rf"""
        (?: -plus | \+ )? {_QUOTE} (?: \s | - ) {_QUOTE} {_BETWEEN} {_QUOTE}
        (?: (?P<model> (?-i: {model} ) ) (?: (?<!s) s )? (?!\w) (?: [\s-] (?: Blackwell \s | Hopper \s | Instinct \s | Ultra \s ){{0,2}} (?P<noun1> {_NOUN} ) (?!\w) )?
          | (?P<unlisted> (?-i: {_UNLISTED} ) ) \s (?P<noun2> {_NOUN} ) (?!\w)
          | (?P<tpus> (?-i: TPUs? ) ) (?!\w)
          | (?P<noun3> {_NOUN} ) (?!\w)
        ) {_NOT_ACCELERATORS}
        """,
        re.VERBOSE | re.IGNORECASE,
    )
    alone = re.compile(
        rf"(?<![\w-]) (?: (?P<model> {model} ) s? (?!\w) | (?P<unlisted> {_UNLISTED} ) \s (?: {_NOUN} ) (?!\w) )",
        re.VERBOSE,
    )
    return counted, alone


def find_accelerators(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Accelerators, ...]:
    """Every number of accelerators with the model where told, and every model named without a number, in order.

    Racks, servers and systems are not counted; "Nvidia GPUs" with neither number nor model is nothing.

    >>> [(a.count, a.bound, a.model) for a in find_accelerators("as many as one million of Google's TPUs")]
    [(1000000, 'up_to', 'TPU')]
    >>> [(a.count, a.model) for a in find_accelerators("100,000 GB200s, an 18,000-GPU cluster, 30,000 of AMD's MI450 from")]
    [(100000, 'GB200'), (18000, None), (30000, 'MI450')]
    >>> [(a.count, a.model, a.surface) for a in find_accelerators("72 racks of Nvidia's GB300 NVL72 systems")]
    [(None, 'GB300 NVL72', 'GB300 NVL72')]
    >>> find_accelerators("up to 6 gigawatts of AMD GPUs, a $10 million GPU order, 50,000 servers")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    counted_pattern, alone_pattern = _patterns()
    measures: list[Measure] = []
    models: dict[int, str | None] = {}
    for number in numbers:
        match = counted_pattern.match(text, number.end)
        if match is None or number.value != int(number.value) or number.value < 1 or has_currency_before(text, number.start):
            continue
        noun = match["noun3"] or ""
        if noun and not noun.lower().endswith("s") and text[number.end] != "-" and number.value != 1:
            continue  # "2026 GPU prices": one noun names another, it is not counted
        if not number.has_scale and 1990 <= number.value <= 2100 and "," not in text[number.start : number.end]:
            continue  # a year
        model = match["model"] or match["unlisted"] or ("TPU" if match["tpus"] or noun.upper().startswith("TPU") else None)
        models[match.end()] = _canonical(model) if model else None
        measures.append(Measure(number=number, factor=number.scale / number.scale, kind="", start=number.start, end=match.end()))
    found = []
    for amount in join_ranges(text, numbers, measures):
        bound, is_increment = read_bound(text, amount.start, amount.end, dimension="compute")
        found.append(
            Accelerators(
                count=int(amount.low),
                bound=bound if amount.high is None else "at_least",
                model=models.get(amount.end),
                is_increment=is_increment,
                start_char=amount.start,
                end_char=amount.end,
                surface=text[amount.start : amount.end],
            )
        )
    taken = [(a.start_char, a.end_char) for a in found]
    for match in alone_pattern.finditer(text):
        start, end = match.span("model" if match["model"] else "unlisted")
        while taken and taken[0][1] <= start:
            taken.pop(0)
        if not taken or end <= taken[0][0]:
            model = _canonical(text[start:end])
            found.append(Accelerators(count=None, model=model, start_char=start, end_char=end, surface=text[start:end]))
    return tuple(sorted(found, key=lambda a: a.start_char))


def _canonical(model: str) -> str:
    """The registry's name of a model, else the words as written with single spaces."""
    written = re.sub(r"\s+", " ", model)
    return _registered().get(written) or _registered().get(written + "s") or written
