"""A joint venture told by who owns how much of it: "X will own 75% of a new company, with Y keeping the rest"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals import context
from extractors.deals.drafts import Draft
from extractors.deals.event import Event
from extractors.deals.roles import Bound
from extractors.deals.scene import Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.records import Document

VENTURE = re.compile(r"\b(?:venture|(?:new|joint) company|(?:company|vehicle|entity) (?:that|which|behind))\b", re.I)
OWNS = re.compile(  # what follows an owner's name; "each" and "jointly" speak of those named before it, too
    r"(?P<together>(?: each| both| jointly)?) ?(?:(?:will|would|is to|are to|to) )?(?:each )?"
    r"(?:own|hold|tak|keep|retain|hav|has)\w* (?:an? |the )?"
    r"(?:\d\d?(?:\.\d+)? ?(?:%|per ?cent)|(?:half|rest|balance|remainder|remaining|other|majority|minority|equal)\b)"
    r"(?P<each>(?: each\b)?)",
    re.I,
)
SOLE = frozenset({"acquisition", "equity", "partnership", "build"})  # what such a sentence is else taken for
SURE = 0.85


def owned_venture(
    document: Document,
    scene: Scene,
    sentence: Sentence,
    events: Sequence[Event],
    new: list[tuple[Event, Draft]],
) -> list[tuple[Event, Draft]]:
    """The deals of a sentence, with the venture of two owners in place of what each one's share was taken for."""
    if not events or any(d.type == "joint_venture" for _, d in new):
        return new
    owners = _owners(scene, sentence)
    if len(owners) < 2:
        return new
    event = next((e for e in events if "n_jv" in e.frames), events[0])
    at = min(bound.hit.start_char for bound in owners.values())
    text = document.text
    status, rule = context.status_of(text, sentence.start_char, sentence.end_char, at, at, "joint_venture")
    year = document.published.year if document.published else 0
    recalled = context.is_background(text, sentence.start_char, sentence.end_char, at, at, year)
    venture = Draft(
        type="joint_venture",
        type_confidence=SURE,
        parties=owners,
        sentence=sentence,
        trigger=(at, at + 1),
        status=status,
        focus="background" if recalled and not sentence.is_item else "primary",
        rules=["owned_in_shares", *([rule] if rule else [])],
        strength=SURE,
        paragraph=sentence.paragraph,
    )
    others = [(e, d) for e, d in new if d.type not in SOLE or not d.parties.keys() & owners.keys()]
    return [(event, venture), *others]


def _owners(scene: Scene, sentence: Sentence) -> dict[str, Bound]:
    """The companies that a sentence gives shares of one venture, as its partners; {} where it speaks of none."""
    text = scene.text
    if not VENTURE.search(text, sentence.start_char, sentence.end_char):
        return {}
    named = scene.named(sentence.start_char, sentence.end_char)
    found: dict[str, Bound] = {}
    for n, (mention, actor) in enumerate(named):
        owns = OWNS.match(text, mention.end_char, sentence.end_char)
        if owns is None:
            continue
        together = [(mention, actor)]
        if owns["together"] or owns["each"]:
            for before, other in reversed(named[:n]):
                if text[before.end_char : together[-1][0].start_char] not in (" and ", ", "):
                    break
                together.append((before, other))
        for part, owner in reversed(together):
            hit = Hit(owner, part.start_char, part.end_char, "head")
            found.setdefault(owner.key, Bound(hit, "partner", SURE))
    return found
