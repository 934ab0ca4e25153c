"""What a sentence says of the nature of a deal told before, or in it: whose it is in shares, what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals.drafts import Draft
from extractors.deals.event import Event
from extractors.deals.roles import SUPPLY, Bound
from extractors.registry.verbs import forms_of

OWNED_IN_SHARES = re.compile(
    r"\b(?:each (?:will |is to |are to |would )?(?:own|hold|have|take|keep|put|contribut|invest)\w*"
    r"|(?:own|hold|have|take|put|contribut)\w* (?:an )?(?:equal|half|50|a half)\b"
    r"(?! of (?:the|its) (?:capacity|power|output))"
    r"|(?:half|equal shares?|50 ?(?:%|per ?cent)) each|fifty-fifty|50[-/:]50"
    r"|in an? (?:new )?venture\b|\d\d ?[-:/] ?\d\d\b(?= (?:joint|venture|basis|split|owned|held|company|by))"
    r"|in equal (?:parts|shares|measure)|equally (?:owned|held|split)|jointly(?:[- ]| )(?:own|held|hold)\w*"
    r"|co-?own\w*|joint (?:venture|company|entity|vehicle|ownership)"
    r"|(?:owned|held) (?:\d\d ?(?:%|per ?cent)|half|two thirds|a third) by"
    r"|with (?:\S+ ){1,4}(?:hold|own|tak|keep)ing "
    r"(?:\d\d|half|the other|the rest|the remain|a (?:majority|minority)))",
    re.I,
)
RAISES = forms_of("build develop construct".split())
SPENDS = forms_of("spend splash commit".split())
SURE = 0.85  # a type that a frame gave; below it, companies and things only voted for it


def as_venture(draft: Draft, text: str, start: int, end: int) -> None:
    """Make a project or partnership of two a joint venture where text[start:end] splits its ownership between them."""
    together = [k for k, b in draft.parties.items() if b.role in ("developer", "partner")]
    if draft.type not in ("build", "partnership") or len(together) < 2 or not OWNED_IN_SHARES.search(text, start, end):
        return
    draft.type = "joint_venture"
    draft.parties = {
        k: replace(b, role="partner") if k in together else b for k, b in draft.parties.items() if b.role != "customer"
    }
    draft.rules.append("owned_in_shares")


def settle_ventures(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what is told of a venture as its own: who teams up for it, what one owner puts in, its site.

    "X to pour $7 billion into data centres with Y venture" is one deal, and so is the "team up" of its owners.
    """
    ventures = [d for d in drafts if d.type == "joint_venture"]
    owned = [set(d.parties) for d in ventures]
    kept = []
    for draft in drafts:
        titled = draft.sentence.kind == "title"
        if titled and draft.type == "partnership" and set(draft.parties) in owned:
            continue
        own = [v for v in ventures if v.sentence == draft.sentence and draft.parties.keys() < v.parties.keys()]
        own = own if titled else [v for v in ventures if _is_its_site(draft, v)]
        if draft.type == "build" and own:
            for slot, quantity in draft.slots.items():
                own[0].slots.setdefault(slot, quantity)
            own[0].places += draft.places
            continue
        kept.append(draft)
    return kept


def _is_its_site(site: Draft, venture: Draft) -> bool:
    """Whether what two build is the site of their venture: "X and Y drop a bid to build a hall. Their venture ends"."""
    contradicts = any(slot in venture.slots for slot in ("value", "power"))
    together = len(site.parties) > 1 and site.parties.keys() == venture.parties.keys()
    return together and not contradicts and abs(venture.paragraph - site.paragraph) <= 1


def as_build(draft: Draft, event: Event, verb: str) -> None:
    """ "Will spend $1bn on two halls", "is to construct 600 MW": who is alone in it builds for itself."""
    if len(draft.parties) != 1 or draft.type not in ("lease", "power", "compute") or len(event.frames) != 1:
        return
    alone = (event.frames[0], verb in RAISES, verb in SPENDS)
    adds = event.frames == ["develop_mw"] and draft.type != "power" and "capacity" in event.kinds
    if not adds and (
        draft.type == "compute" or alone not in (("build_space", True, False), ("commit_to", False, True))
    ):
        return
    draft.type, draft.target = "build", None
    draft.parties = {key: Bound(b.hit, "developer", b.confidence) for key, b in draft.parties.items()}
    draft.rules.append("builds_alone")


def named_again(draft: Draft, event: Event) -> None:
    """ "The leases run for 15 years": a supply deal whose type was guessed is what it is called afterwards."""
    is_bare = event.is_definite and not event.bindings and event.pos == "noun"
    if is_bare and event.type in SUPPLY and draft.type in SUPPLY and draft.type_confidence < SURE:
        draft.type, draft.type_confidence = event.type, SURE
        draft.rules.append("named_again")
