"""The part of a sentence that speaks of one event: clauses about somebody else or another deal blanked out."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.deals.event import Event
from extractors.deals.scene import Scene
from extractors.deals.tree import Tree

CLAUSES = frozenset("conj advcl relcl parataxis ccomp acl".split())


def own_clause(tree: Tree, event: Event, others: Iterable[int], scene: Scene, start: int, end: int) -> str:
    """``scene.text[:end]`` from ``start`` on, as long as it was, with blanks where clauses speak of something else.

    ``others`` are the triggers of the sentence's other events. Offsets stay those of the document less ``start``.
    """
    others = set(others)
    shown = list(scene.text[start:end])
    if (own := _describing(tree, event, others, scene)) is not None:  # what becomes of the other deal is not its fate
        inside = tree.subtree(own)
        first, last = tree.words[inside[0]].start_char - start, tree.words[inside[-1]].end_char - start
        shown = [c if first <= at < last else " " for at, c in enumerate(shown)]
    above = {event.trigger, *tree.ancestors(event.trigger), *event.words}
    bound = {hit.actor.key for hit, _, _ in event.bindings}
    apart = set(others) - above
    for i, word in enumerate(tree.words):
        if word.dep not in CLAUSES or i in above or not tree.is_verb(i):
            continue
        below = tree.subtree(i)
        if event.words & set(below) or not _is_apart(tree, i, below, bound, apart, scene):
            continue
        first = min(tree.words[b].start_char for b in below)
        last = max(tree.words[b].end_char for b in below)
        if tree.words[event.trigger].start_char < first or last <= tree.words[event.trigger].start_char:
            for at in range(max(first, start) - start, min(last, end) - start):
                shown[at] = " "
    return "".join(shown)


def _describing(tree: Tree, event: Event, others: set[int], scene: Scene) -> int | None:
    """The verb of the clause that tells an event only to describe a site, where others act in the news above it.

    "X has pulled out of talks to take space in a hall that Y is building": Y builds on.
    """
    at = next((a for a in (event.trigger, *tree.ancestors(event.trigger)) if tree.words[a].dep == "relcl"), None)
    if at is None or event.pos != "verb" or not tree.is_verb(at) or not event.words <= set(tree.subtree(at)):
        return None
    above = set(tree.ancestors(at))
    acting = (scene.actor_at(tree.words[c].ref) for verb in above for c in tree.children(verb, "nsubj", "nsubjpass"))
    bound = {hit.actor.key for hit, _, _ in event.bindings}
    is_news = bool(others & above) and any(actor is not None and actor.key not in bound for actor in acting)
    return at if is_news else None


def _is_apart(tree: Tree, verb: int, below: list[int], bound: set[str], apart: set[int], scene: Scene) -> bool:
    """Whether a clause tells another event, names a company that the event does not, or describes a company."""
    if apart.intersection(below):
        return True
    about = tree.words[verb].head
    if tree.words[about].dep == "appos":  # "Hverfell, a cloud operator that opened last year, orders …"
        about = tree.words[about].head
    if tree.words[verb].dep == "relcl" and scene.actor_at(tree.words[about].ref) is not None:
        return True
    actors = (scene.actor_at(tree.words[b].ref) for b in below)
    return any(actor is not None and actor.key not in bound for actor in actors)
