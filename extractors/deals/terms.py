"""Which deal each amount, date and place of a sentence belongs to: one that it tells, or one told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.capacity import is_in_service, is_running
from extractors.deals.drafts import SUPPLY, Draft, fill, size_of
from extractors.deals.event import Event
from extractors.deals.localities import is_region
from extractors.deals.meaning import Meaning, meaning_of
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.deals.site_meant import SITED, Sites
from extractors.deals.timing import is_later
from extractors.deals.tree import Tree
from extractors.records import Document, Duration, Money, Period, Place, Power, Quantity, Share

COMMON = frozenset({"term", "start", "end"})  # terms that several portions of a deal often share
PLACELESS = frozenset({"equity", "partnership"})
NOT_GOVERNED = 1  # steps that an amount is farther from a trigger that does not govern it

ELSEWHERE = re.compile(r"\b(?:another|other|also|already|existing|elsewhere|separately|besides)\b", re.I)
FOR_THE_SITE = re.compile(  # what ties a loan to the site it pays for
    r"\b(?:for|towards?|pay\w*|(?:re)?fund\w*|(?:re)?financ(?:e|es|ing)|build\w*|equip\w*|complet\w+|secured (?:on|by)"
    r"|against|behind|construct\w*|develop\w*|expan\w+|add\w*)\b"
)

PLANTS = frozenset({"buy_plants", "sell_plants"})
PLANTS_NAMED = re.compile(
    r"\b(?:power|gas|gas-fired|coal|solar|wind|hydro\w*|nuclear|generat\w+)\b.*\b(?:plants?|farms?|stations?|fleet)\b",
    re.I,
)
ITS_SIZE = re.compile(r"[^,;.]{0,20}, (?:of |with |at )?")  # "its Tulsa campus, 38 MW and fully let"
GROWING = SUPPLY | {"joint_venture"}  # a larger total of such a deal is the deal's
ORDER_STANDS = re.compile(
    r"\b(?:order|contract|commitment|agreement|deal|lease|reservation|booking)\b[^.;]{0,40}"
    r"\b(?:stands?|stood) at\b[^.;]{0,20}$",
    re.I,
)
SPENDS_ITSELF = re.compile(  # "Constellation plans to spend $1.6 billion on the turbine": what selling the power takes
    r"\b(?:plans|expects|intends|is|are|will|has|would|aims) (?:to )?(?:spend|invest|lay out|put) "
    r"(?:about |around |some |roughly |nearly |more than |up to |another |a further |an additional )*$"
)
MEASURES = frozenset({"power", "accelerators"})
GROWS_TO = re.compile(
    r"\b(?:rais|increas|expand|grow|bring|brought|lift|scal|ramp|rise|ris)\w*\b(?: \S+){0,4} to "
    r"(?:as much as |up to |about |around |more than |at least |some |a total of |over )?$",
    re.I,
)
OWN_SIZE = re.compile(  # "wants to have more than 3 GW of contracted power by December": all that a company will run
    r"\b(?:(?:aim|hop|want|expect|plan|intend|target)\w* (?:to )?(?:have|reach|hit|end|finish|operate|run|own|pass)|"
    r"aim\w* (?:for|at)|(?:target|see|forecast)(?:s|ed|ing)? (?:it )?(?:above |at )?|guid\w+ (?:to|for))\b[^,;]{0,30}"
    r"# ?(?:(?:and|to) [\d.]+ ?\w+ )?(?:(?:of|in) )?(?:[\w-]+ ){0,2}"
    r"(?:connected|active|contracted|operational|operating|installed|live|online|running|secured|by|in total)\b",
    re.I,
)


class Terms:
    """Gives the drafts of one document their terms."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.text = document.text
        self.scene = scene
        self.published = document.published.isoformat() if document.published else ""
        self.sites = Sites(scene)
        self._headline: list[tuple[Sentence, Sequence[Quantity]]] = []

    def attach(
        self, sentence: Sentence, tree: Tree, new: Sequence[tuple[Event, Draft]], quantities: Sequence[Quantity]
    ) -> None:
        """Fill the drafts that a sentence tells: each amount goes to the nearest event that it can belong to."""
        in_title = sentence.kind == "title"
        found: list[tuple[float, int, Meaning, Draft, Quantity]] = []
        for quantity in quantities:
            at = _word_of(tree, quantity)
            above = {at, *tree.ancestors(at)} if at is not None else set()
            ranked = []
            turn = _in_turn(new, quantity, quantities) or _within(new, quantity.start_char)
            for number, (event, draft) in enumerate(turn):
                meaning = self._meaning(quantity, draft, sentence)
                if meaning.slot in MEASURES and self._is_built_already(sentence, quantity, draft):
                    continue
                if meaning.slot and self._fits(meaning.slot, quantity, draft):
                    steps = min(tree.distance(at, w) for w in event.words) if at is not None else 0
                    linear = abs(quantity.start_char - draft.trigger[0]) / 40
                    loose = 0 if event.words & above else NOT_GOVERNED
                    ranked.append((steps + linear + loose, number, meaning, draft))
            if ranked:
                found.append((*min(ranked, key=lambda r: r[:2]), quantity))
        for _, _, meaning, nearest, quantity in sorted(found, key=lambda f: f[0]) if in_title else found:
            sharing = _in_turn(new, quantity, quantities) or new
            for draft in _sharing(sharing, nearest, quantity.start_char):
                if self._fits(meaning.slot, quantity, draft):
                    self._take(draft, meaning, quantity)
        self._attach_places(sentence, new)
        _share_last([d for e, d in new if e.reach is not None])

    def hear_headline(self, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """Keep the amounts of a headline that tells no deal by itself: "Zenith's $1.7bn Dallas plan in doubt"."""
        self._headline.append((sentence, quantities))

    def from_headline(self, draft: Draft) -> None:
        """Give the first deal of the body what the headline about one of its parties told of it."""
        for sentence, quantities in self._headline:
            named = {a.key for _, a in self.scene.named(sentence.start_char, sentence.end_char)}
            for quantity in quantities if named & draft.parties.keys() else ():
                meaning = self._meaning(quantity, draft, sentence)
                if meaning.slot and meaning.slot not in draft.slots and not isinstance(quantity, Period):
                    self._take(draft, meaning, quantity)

    def is_about(self, sentence: Sentence, last: Draft | None) -> bool:
        """Whether a sentence names nobody but the parties of the deal told just before: "ASH-4 opens in December"."""
        if last is None or sentence.is_boilerplate or sentence.kind != "body":
            return False
        named = [a for _, a in self.scene.named(sentence.start_char, sentence.end_char)]
        return sentence.paragraph - last.paragraph <= 1 and all(a.key in last.parties for a in named)

    def time(self, draft: Draft, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """Fill only how long a deal lasts and who holds how much from a sentence that does not speak of it outright."""
        for quantity in quantities:
            if isinstance(quantity, Period | Duration | Share):
                meaning = self._meaning(quantity, draft, sentence)
                if meaning.slot and meaning.slot not in draft.slots and self._fits(meaning.slot, quantity, draft):
                    self._take(draft, meaning, quantity)

    def follow(self, draft: Draft, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        """Fill a deal told before from a sentence that goes on about it: "It runs for 12 years"."""
        others = [a for _, a in self.scene.named(sentence.start_char, sentence.end_char) if a.key not in draft.parties]
        if len(others) > 1:
            return
        for quantity in quantities:
            meaning = self._meaning(quantity, draft, sentence)
            slot = meaning.slot
            if slot == "power" and (draft.type == "partnership" or self._grows(sentence, quantity, draft)):
                continue
            if slot in MEASURES and is_running(self.text, sentence, quantity):
                continue
            if slot == "value" and self._is_another_matter(draft, sentence, quantity):
                continue
            if slot and self._adds(draft, meaning, quantity) and self._fits(slot, quantity, draft):
                self._take(draft, meaning, quantity)
                draft.paragraph = sentence.paragraph
        if draft.type not in PLACELESS | {"debt", "acquisition"} and not ELSEWHERE.search(
            self.text, sentence.start_char, sentence.end_char
        ):
            draft.places += self._closer(draft, sentence)

    def _is_another_matter(self, draft: Draft, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether money of a later sentence is what a supplier spends itself, or is told of a company beside it."""
        told = self.scene.named(sentence.start_char, quantity.start_char)
        if told and told[-1][1].key not in draft.parties:
            aside = self.text[told[-1][0].end_char : quantity.start_char]
            if aside.startswith((", which ", ", whose ", ", who ")):
                return True  # "modest next to the commitments of X, which has spoken of $1.4 trillion"
        before = self.text[sentence.start_char : quantity.start_char]
        return draft.type in SUPPLY - {"compute"} and SPENDS_ITSELF.search(before) is not None

    def _meaning(self, quantity: Quantity, draft: Draft, sentence: Sentence) -> Meaning:
        begin = sentence.label_start_char if sentence.label else sentence.start_char
        bought = draft.type == "acquisition" and isinstance(quantity, Power)
        is_its = bought and self._is_of_what_is_bought(draft, sentence, quantity)
        return meaning_of(quantity, "power" if is_its else draft.type, self.text, begin, sentence.end_char)

    def _is_of_what_is_bought(self, draft: Draft, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether power plants are what is bought, or the amount is told as the size of what is: it is the deal's."""
        start, end = draft.target or (0, 0)
        return (
            bool(PLANTS & set(draft.rules))
            or PLANTS_NAMED.search(self.text, start, end) is not None
            or PLANTS_NAMED.search(self.text, sentence.start_char, quantity.start_char) is not None
            or (end > 0 and ITS_SIZE.fullmatch(self.text, end, quantity.start_char) is not None)
        )

    @staticmethod
    def _adds(draft: Draft, meaning: Meaning, quantity: Quantity) -> bool:
        """Whether a later sentence tells what is not known yet, or tells the known amount with its bound."""
        known = draft.slots.get(meaning.slot)
        if known is None:
            return True
        size, told = size_of(known), size_of(quantity)
        if size is None or told is None:
            return False
        whole = draft.ranks.get(meaning.slot) == "part" and not meaning.rank and told > size
        is_new = draft.status == "amended" and meaning.rank in ("total", "changed")
        return size == told or whole or meaning.rank == "sum" or is_new

    @staticmethod
    def _take(draft: Draft, meaning: Meaning, quantity: Quantity) -> None:
        """Fill the slot; a figure that replaces one told beside it makes the deal an amended one.

        A new total counts where the deal is amended or adds to what was there ("another 190 MW, lifting its total to
        590"); else it is the company's own: its funding so far, its whole portfolio.
        """
        known = draft.slots.get(meaning.slot)
        size, told = size_of(known), size_of(quantity)
        grows = draft.type in GROWING and size is not None and told is not None and told > size
        if meaning.rank == "total" and not grows and draft.status != "amended":
            return
        if size is not None and meaning.rank in ("total", "changed") and draft.status == "announced":
            draft.status = "amended"
        if isinstance(quantity, Period):
            quantity = replace(quantity, period=quantity.period.removeprefix("FY"))
        fill(draft, meaning.slot, quantity, rank=meaning.rank)

    def _is_built_already(self, sentence: Sentence, quantity: Quantity, draft: Draft) -> bool:
        """Whether the sentence tells what is in service beside what is to come: "has 120 MW and will build …"."""
        if sentence.kind != "body" or draft.status == "closed" or draft.type == "acquisition":
            return False
        if ORDER_STANDS.search(self.text, sentence.start_char, quantity.start_char):
            return False  # "doubled its order, which now stands at 100,000"
        return is_in_service(self.text, sentence, quantity)

    def _grows(self, sentence: Sentence, quantity: Quantity, draft: Draft) -> bool:
        """Whether an amount is the size that a site shall grow to, beside a deal that is not about building it."""
        near = self.text[max(sentence.start_char, quantity.start_char - 70) : quantity.start_char]
        after = self.text[quantity.end_char : min(sentence.end_char, quantity.end_char + 50)]
        return draft.type != "build" and bool(GROWS_TO.search(near) or OWN_SIZE.search(f"{near}#{after}"))

    def _fits(self, slot: str, quantity: Quantity, draft: Draft) -> bool:
        if isinstance(quantity, Period):
            return is_later(quantity, self.published) or (
                draft.focus == "background" and quantity.relation in ("from", "through", "until")
            )
        return slot not in draft.slots or isinstance(quantity, Money | Power | Share)

    def _closer(self, draft: Draft, sentence: Sentence) -> Sequence[Place]:
        """The places of a later sentence where none is known, or only a state or country that they are in."""
        if all(is_region(place.name) for place in draft.places):
            return [p for p in self.sites.places(sentence) if not draft.places or not is_region(p.name)]
        return ()

    def _attach_places(self, sentence: Sentence, new: Sequence[tuple[Event, Draft]]) -> None:
        """Give each place to the deal told nearest; the only one of a sentence to all that are always somewhere."""
        sited = [(e, d) for e, d in new if d.type not in PLACELESS]
        places = self.sites.places(sentence) if sited else ()
        if len(places) == 1 and not any(e.reach for e, _ in sited):
            for _, draft in sited:
                if draft.type in SITED:
                    draft.places += places
        for place in places:
            near = [d for _, d in _within(sited, place.start_char)]
            nearest = min(near, key=lambda d: abs(place.start_char - d.trigger[0]))
            if nearest.type != "debt" or FOR_THE_SITE.search(self.text, nearest.trigger[1], place.start_char):
                for draft in _sharing(sited, nearest, place.start_char):
                    if place not in draft.places:
                        draft.places.append(place)
        lacking = [d for _, d in sited if not d.places and d.type != "acquisition"]
        meant = self.sites.meant(sentence) if lacking and not places else ()
        for draft in lacking:
            draft.places += meant


def _in_turn(
    new: Sequence[tuple[Event, Draft]], quantity: Quantity, quantities: Sequence[Quantity]
) -> list[tuple[Event, Draft]]:
    """The deal whose turn it is where amounts follow their companies "respectively"."""
    ordered = [(e, d) for e, d in new if e.nth is not None]
    alike = [q for q in quantities if type(q) is type(quantity)]
    if len(alike) != len(ordered):
        return []
    return [(e, d) for e, d in ordered if e.nth == alike.index(quantity)]


def _within(new: Sequence[tuple[Event, Draft]], at: int) -> Sequence[tuple[Event, Draft]]:
    """The deal in whose own stretch of the sentence a term stands, else all of them."""
    return [(e, d) for e, d in new if e.reach and e.reach[0] <= at < e.reach[1]] or new


def _sharing(new: Sequence[tuple[Event, Draft]], nearest: Draft, at: int) -> list[Draft]:
    """The deals that a term belongs to: all portions of one event where it stands in the stretch of none."""
    shares = [(e.reach, d) for e, d in new if e.reach is not None]
    if not any(d is nearest for _, d in shares) or any(a <= at < b for (a, b), _ in shares):
        return [nearest]
    return [d for _, d in shares if d.type == nearest.type]


def _share_last(portions: Sequence[Draft]) -> None:
    """What only the last portion is told to have is said of all: "A will take 100 MW and B 50 MW for ten years"."""
    if not portions:
        return
    *others, last = portions
    for slot in COMMON & last.slots.keys():
        if all(slot not in d.slots for d in others):
            for draft in others:
                fill(draft, slot, last.slots[slot])
    if not any(d.places for d in others):
        for draft in others:
            draft.places += last.places


def _word_of(tree: Tree, quantity: Quantity) -> int | None:
    inside = [w.i for w in tree.words if w.start_char < quantity.end_char and quantity.start_char < w.end_char]
    if not inside:
        return None
    return min(inside, key=lambda i: len(list(tree.ancestors(i))))
