"""Numbers of accelerators, and their models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extractors.quantities.bounds import read_bound
from extractors.quantities.currency import has_currency_before
from extractors.quantities.measure import Measure
from extractors.quantities.number import Number, find_numbers
from extractors.quantities.ranges import join_ranges
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
  | Vera \s Rubin (?: \s (?: Ultra | NVL \d{2,3} ) )? | Rubin \s (?: Ultra | CPX ) | Blackwell \s Ultra
  | Grace \s (?: Blackwell | Hopper )
"""
# A chip's name that no list has: letters and a number right before "accelerators" or the like ("BL9 accelerators")
_UNLISTED = r"(?: [A-Z] [A-Za-z]{0,3} -? \d{1,4} [A-Za-z]{0,2} | [A-Z] [A-Za-z]{2,11} -? \d{1,3} [A-Za-z]? )"
_UNLISTED_WORDS = r"[A-Z] [a-z]{2,11} \s (?: \d{1,2} | [A-Z]\d{1,3} | [IVX]{1,3} )"  # "24,000 Falcon 2 accelerators"
# what carries one chip each, where its model is told
_CARRIER = r"(?: card | board | module | unit | package | part ) s?"
_NOUN = r"""
    (?: (?:AI|graphics|tensor|neural|training|inference)[\s-] ){0,2} (?:
        GPU | TPU | XPU | NPU | LPU | ASIC | accelerator | superchip | (?:AI\s)? chip | processor
      | (?:graphics|tensor)\s(?:processing\sunit|processor|card) | processing\sunit
      | (?:AI|inference|training|accelerator|compute)\s(?:card|board) ) s?
"""
_NOT_ACCELERATORS = (
    r"(?! [\s-]? (?: hours? | makers? | tools? | design\w* | workers? | jobs? | engineers? | cores? ) \b )"
)
_MANY = 100
# models only beside a noun
_GENERATIONS = "Blackwell|Hopper|Rubin|Ironwood|Trillium|Trainium|Inferentia|Instinct|Ascend|Maia|Gaudi|Dojo"
# Words that may stand between a number and what it counts; no verb, no preposition but "of"
_BETWEEN = r"""
    (?: of \s )?
    (?: (?: its | their | the | his | our | those | these
          | (?:the\s)? (?:company|latter|former|firm|group) ) (?:['’]s)? \s )?
    (?: (?!(?:GPU|TPU|ASIC|XPU)s?\b) (?:
            (?-i: [A-Z] ) [\w&.]* (?:-\w+)? (?:['’]s?)?
          | new | newer | newest | next-generation | latest | advanced | high-end | top-end | top | top-of-the-line
          | cutting-edge | state-of-the-art | leading-edge | custom | in-house | homegrown | domestic | proprietary
          | speciali[sz]ed | powerful | so-called | liquid-cooled | data[\s-]?cent(?:er|re) | server | graphics | tensor
          | training | inference | additional | more ) \s ){0,5}?
"""
# "24,000 GPUs, all of them Nvidia B300s"
_TOLD_AFTER = r"""
    (?: ,\s (?: (?:nearly|almost)\s )? (?:all|most|mostly|chiefly) \s (?: of\s(?:them|which)\s )? | \s\( | ,\s )
    (?: (?-i: [A-Z] ) \w+ (?:['’]s)? \s ){0,2}?
"""
_MODEL = re.compile(r"^[^/]*[\d\s][^/]*$")
_ENDS_IN_NOUN = re.compile(rf"\s {_NOUN} $", re.VERBOSE | re.IGNORECASE)
_DISTINCT = re.compile(r"\d.*\d.*\d|[A-Za-z]{2}.*\d|[a-z]\s[A-Z]")
_SAME_SENTENCE = 160
_TOTAL_BEFORE = re.compile(r"\b(?:total|tally|order|fleet|count|number|cluster)\s(?:up\s)?to\s(?:[a-z]+\s){0,3}$")
_ENDS = re.compile(r"[,.;)]|\s(?:by|in|over|from|and)\b|$")
_OF_THEM = re.compile(r" of (?:them|these|those)\b")
_CHIPS_BEFORE = re.compile(r"\b(?:chips|GPUs|TPUs|LPUs|accelerators|processors|cards)\b[^.;]*(?:\. [^.;]*)?$", re.I)
_QUOTE = "[\"“”'’]?"


@cache
def _listed(*, distinct: bool) -> str:
    """Alternatives for the registered accelerators' spellings that are more than a word, or a word and "GPU".

    ``distinct`` leaves out those that may name other things where no number counts them ("T4", "A10").
    """
    spellings = {form for accelerator in load().accelerators.values() for form in accelerator.spellings}
    names = {form.removesuffix("s") for form in spellings if _MODEL.search(form) and not _ENDS_IN_NOUN.search(form)}
    return alternatives([name for name in names if _DISTINCT.search(name) or not distinct] or ["GB200"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(what may follow a number, a model's name alone); built at first use, when the registry is read."""
    model = rf"(?: {_FAMILIES} | {_listed(distinct=False)} )"
    sure_model = rf"(?: {_FAMILIES} | {_listed(distinct=True)} )"
    counted = re.compile(
        rf"""
        (?: -plus | \+ )? {_QUOTE} (?: \s | - ) {_QUOTE} {_BETWEEN} {_QUOTE} (?:
            (?P<model> (?-i: {model} ) ) (?: (?<!s) s )? (?!\w)
                (?: [\s-] (?: (?:Blackwell|Hopper|Instinct|Ultra) \s ){{0,2}} (?:{_NOUN}|{_CARRIER}) (?!\w) )?
          | (?P<generation> (?-i: {_GENERATIONS} ) ) [\s-] {_NOUN} (?!\w)
          | (?P<unlisted> (?-i: {_UNLISTED} | {_UNLISTED_WORDS} ) ) \s (?:{_NOUN}|{_CARRIER}) (?!\w)
          | (?P<noun> {_NOUN} ) (?!\w)
                (?: {_TOLD_AFTER} (?P<told_after> (?-i: {model} ) ) (?: (?<!s) s )? (?!\w) )?
        ) {_NOT_ACCELERATORS}
        """,
        re.VERBOSE | re.IGNORECASE,
    )
    alone = re.compile(
        rf"(?<![\w-]) (?: (?P<model> {sure_model} | TPU | [Tt]ensor\s[Pp]rocessing\s[Uu]nit ) s? (?!\w) "
        rf"| (?P<generation> {_GENERATIONS} | {_UNLISTED} ) \s (?: {_NOUN} ) (?!\w) )",
        re.VERBOSE,
    )
    return counted, alone


def find_accelerators(text: str, *, numbers: Sequence[Number] | None = None) -> tuple[Accelerators, ...]:
    """Every number of accelerators with the model where told, and every model named without a number, in order.

    Racks, servers and systems are not counted; "Nvidia GPUs" with neither number nor model is nothing.

    >>> [(a.count, a.bound, a.model) for a in find_accelerators("as many as one million of Google's TPUs")]
    [(1000000, 'up_to', 'TPU')]
    >>> [(a.count, a.model) for a in find_accelerators("100,000 GB200s, 18,000-GPU cluster, 30,000 of AMD's MI450")]
    [(100000, 'GB200'), (18000, None), (30000, 'MI450')]
    >>> [(a.count, a.model, a.surface) for a in find_accelerators("72 racks of Nvidia's GB300 NVL72 systems")]
    [(None, 'GB300 NVL72', 'GB300 NVL72')]
    >>> find_accelerators("up to 6 gigawatts of AMD GPUs, a $10 million GPU order, 50,000 servers")
    ()
    """
    numbers = find_numbers(text) if numbers is None else numbers
    counted_pattern, alone_pattern = _patterns()
    named = [match.span("model" if match["model"] else "generation") for match in alone_pattern.finditer(text)]
    inside = {at for start, end in named for at in range(start + 1, end)}  # the 200 of "Maia 200 chips" counts nothing
    measures: list[Measure] = []
    models: dict[int, str] = {}
    for number in numbers:
        match = counted_pattern.match(text, number.end)
        is_part = number.start in inside or (bool(measures) and number.start < measures[-1].end)  # 2 of "Falcon 2"
        if match is None or is_part or not _counts(text, number, match["noun"] or ""):
            continue
        model = match["model"] or match["generation"] or match["unlisted"] or match["told_after"]
        if not model and (match["noun"] or "").upper().startswith("TPU"):
            model = "TPU"
        if model:
            models[match.end()] = _written(model)
        measures.append(Measure(number=number, factor=Decimal(1), start=number.start, end=match.end()))
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
    found += _told_totals(text, numbers, found)
    found += _of_them(text, numbers, found)
    taken = {at for accelerators in found for at in range(accelerators.start_char, accelerators.end_char)}
    for start, end in named:
        if start not in taken:
            model = _written(text[start:end])
            found.append(Accelerators(count=None, model=model, start_char=start, end_char=end, surface=text[start:end]))
    return tuple(sorted(found, key=lambda a: a.start_char))


def _told_totals(text: str, numbers: Sequence[Number], found: Sequence[Accelerators]) -> list[Accelerators]:
    """The 64,000 of "a further 24,000 GB300s, which takes the total to 64,000"."""
    totals = []
    for number in numbers:
        before = text[max(0, number.start - _SAME_SENTENCE) : number.start]
        counted = [a for a in found if a.end_char <= number.start and a.start_char >= number.start - len(before)]
        if not counted or number.value < _MANY or not _TOTAL_BEFORE.search(before) or not _ENDS.match(text, number.end):
            continue
        if not re.search(r"[.!?]\s", text[counted[-1].end_char : number.start]):
            start, end = number.start, number.end
            bound, _ = read_bound(text, start, end, dimension="compute")
            model, count = counted[-1].model, int(number.value)
            totals.append(
                Accelerators(
                    count=count, bound=bound, model=model, start_char=start, end_char=end, surface=text[start:end]
                )
            )
    return totals


def _of_them(text: str, numbers: Sequence[Number], found: Sequence[Accelerators]) -> list[Accelerators]:
    """The 400,000 of "has its LPU v3 chips made at X. The order covers 400,000 of them"."""
    told = []
    for number in numbers:
        before = text[max(0, number.start - _SAME_SENTENCE) : number.start]
        is_new = not any(a.start_char <= number.start < a.end_char for a in found)
        if number.value >= _MANY and is_new and _OF_THEM.match(text, number.end) and _CHIPS_BEFORE.search(before):
            bound, _ = read_bound(text, number.start, number.end, dimension="compute")
            surface = text[number.start : number.end]
            told.append(
                Accelerators(
                    count=int(number.value), bound=bound, start_char=number.start, end_char=number.end, surface=surface
                )
            )
    return told


def _counts(text: str, number: Number, noun: str) -> bool:
    """Whether the number can be one of accelerators."""
    if number.value != int(number.value) or number.value <= 1 or has_currency_before(text, number.start):
        return False
    is_exact_figure = number.value >= _MANY and ("," in text[number.start : number.end] or number.has_scale)
    if noun and not noun.lower().endswith("s") and text[number.end] != "-" and not is_exact_figure:
        return False  # "7 GPU vendors": one noun names another; but a "200,000 GPU cluster" counts
    is_year = not number.has_scale and 1990 <= number.value <= 2100 and "," not in text[number.start : number.end]
    return not is_year


def _written(model: str) -> str:
    """The model as the text writes it, with single spaces and without a plural s."""
    return re.sub(r"(?<=\w)s$", "", re.sub(r"\s+", " ", model))
