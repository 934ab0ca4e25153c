"""Two deals told with one verb or noun: "10,000 chips from A and 30,000 from B", "a lease with A and one with B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.deals.event import Event
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Mention

SHARED = frozenset("from with to for by at".split())
STANDS_FOR = frozenset("one another second third other".split())
AND = frozenset("and , ; plus while as".split())
REACH = 9  # words between "and" and the preposition: "and a $17 billion one from"


@dataclass(frozen=True, slots=True)
class Parallel:
    """ "… PREP first … and THING PREP second": the same preposition brings in another company."""

    first: str
    thing: int
    second: Hit


def distributed(tree: Tree, events: list[Event], scene: Scene) -> Iterator[Event]:
    """The events, each followed by those that a parallel phrase tells of another company."""
    parallels = list(_parallels(tree, scene))
    for event in events:
        yield event
        for parallel in parallels:
            role = next((r for h, r, _ in event.bindings if h.actor.key == parallel.first), "")
            rivals = {
                e.trigger for e in events if any(h.actor.key == parallel.second.actor.key for h, _, _ in e.bindings)
            }
            if not role or rivals - {event.trigger} or parallel.thing in event.words:
                continue
            apart = {parallel.first, parallel.second.actor.key}
            event.bindings = [b for b in event.bindings if b[0].actor.key != parallel.second.actor.key]
            yield replace(
                event,
                trigger=parallel.thing,
                bindings=[(parallel.second, role, True), *(b for b in event.bindings if b[0].actor.key not in apart)],
                frames=[*event.frames, "distributed"],
                votes=dict(event.votes),
                words={parallel.thing},
                target=None,
            )


def _parallels(tree: Tree, scene: Scene) -> Iterator[Parallel]:
    brought: dict[str, str] = {}  # preposition -> the company that it brought in last
    for i, word in enumerate(tree.words):
        if word.lower not in SHARED or word.ref >= 0:
            continue
        hit = _company_after(tree, i, scene)
        if hit is None:
            continue
        thing = _thing_before(tree, i, scene)
        first = brought.get(word.lower)
        if first and first != hit.actor.key and thing is not None:
            yield Parallel(first, thing, hit)
        brought[word.lower] = hit.actor.key


def _company_after(tree: Tree, i: int, scene: Scene) -> Hit | None:
    for at in range(i + 1, min(i + 4, len(tree.words))):
        actor = scene.actor_at(tree.words[at].ref)
        if actor is not None:
            part = scene.parts[tree.words[at].ref]
            return Hit(actor, part.start_char, part.end_char, "head")
        if tree.words[at].ref >= 0 or not tree.words[at].tag.startswith(("DT", "JJ", "NN", "PRP$")):
            return None
    return None


def _thing_before(tree: Tree, i: int, scene: Scene) -> int | None:
    """The counted thing, or the "one" that stands for it, between an "and" and the preposition."""
    thing = None
    for at in range(i - 1, max(-1, i - REACH - 1), -1):
        word = tree.words[at]
        if word.lower in AND and word.ref < 0:
            return thing
        counted = word.ref >= 0 and not isinstance(scene.parts[word.ref], Mention)
        if counted or word.lower in STANDS_FOR or (word.tag == "CD" and word.ref < 0):
            thing = at
        elif tree.is_verb(at) or scene.actor_at(word.ref) is not None:
            return None
    return None
