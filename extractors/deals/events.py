"""Events: every place in a sentence where a frame's trigger stands, with the companies that it binds.

A verb brings its own roles. A deal noun brings "sides"; the light verb over it ("signs", "wins", "terminates") lends it
its subject. What belongs together in one sentence ("an agreement to supply …") becomes one event."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.distribute import distributed
from extractors.deals.event import Event
from extractors.deals.frames import Frame, any_verb_frames, frames_by_form
from extractors.deals.links import is_purpose, is_served, linked
from extractors.deals.matter import joined
from extractors.deals.noun_events import noun_event
from extractors.deals.scene import Scene
from extractors.deals.site_costs import site_cost_event
from extractors.deals.standing import standing_event
from extractors.deals.tree import Tree
from extractors.deals.verb_events import verb_event
from extractors.registry.verbs import forms_of

ASKED = frozenset("how why whether".split())
CLAIMS = frozenset("right option obligation duty need reason requirement commitment".split())
ELSEWHERE = frozenset("on off away aside".split())  # particles that turn a verb to something else: "take on Nvidia"
# verbs that say what is, is thought or is compared, and hand nothing over
MOVES_NOTHING = forms_of(
    "guarantee backstop be have say own hold see show know think believe expect estimate compare equal "
    "exceed represent mean include operate run make need want use value rise fall grow total average "
    "account call describe report tell note read write ask require remain keep cost measure link connect "
    "depend command control dominate design introduce unveil debut showcase present derive".split()
) | frozenset("'s 're 've is are was were been has had does did do".split())


def find_events(tree: Tree, scene: Scene) -> list[Event]:
    """The events of one sentence, linked ones merged, in order of their triggers; a reading may have no word at all."""
    if not tree.words:
        return []
    found = [event for i in range(len(tree.words)) if (event := _event_at(tree, i, scene)) is not None]
    events = [e for e in found if not _is_asked(tree, e.trigger) and not _is_without(tree, e.trigger)]
    joined = [e for e in linked(tree, events) if not is_purpose(tree, e, events) and not is_served(tree, e, events)]
    return list(distributed(tree, joined, scene))


def _is_asked(tree: Tree, trigger: int) -> bool:
    """Whether it is only explained or asked: "shows how its cluster can be used"."""
    verbs = (at for at in (trigger, *tree.ancestors(trigger)) if tree.is_verb(at))
    return any(tree.text(c) in ASKED for at in verbs for c in tree.children(at, "advmod", "mark"))


def _is_without(tree: Tree, trigger: int) -> bool:
    """Whether it is told not to have been done, or need not be: "without holding any talks", "no right to buy it"."""
    verb = next((at for at in (trigger, *tree.ancestors(trigger)) if tree.is_verb(at)), trigger)
    if tree.words[verb].dep == "acl" and tree.text(tree.words[verb].head) in CLAIMS:
        return any(tree.text(c) in ("no", "any") for c in tree.children(tree.words[verb].head, "det"))
    return tree.words[verb].dep == "pcomp" and tree.text(tree.words[verb].head) == "without"


def _event_at(tree: Tree, i: int, scene: Scene) -> Event | None:
    word = tree.words[i]
    if word.ref >= 0:
        return None
    candidates = [*_multiword(tree, i), *(f for f in frames_by_form().get(word.lower, ()) if f.pos != "light")]
    if tree.is_verb(i):
        verbs = [f for f in candidates if f.pos == "verb"]
        if any(tree.text(c) in ELSEWHERE for c in tree.children(i, "prt")):
            verbs = [f for f in _multiword(tree, i) if f.pos == "verb"]
        return verb_event(tree, i, verbs, scene) or site_cost_event(tree, i, scene) or _any_verb_event(tree, i, scene)
    if not candidates:
        return standing_event(tree, i, scene)
    if word.tag.startswith("NN"):
        event = noun_event(tree, i, [f for f in candidates if f.pos == "noun"], scene)
        return event
    return None


def _any_verb_event(tree: Tree, i: int, scene: Scene) -> Event | None:
    """A deal told by a verb without a frame of its own, where it names both sides: "draws 35 MW from"."""
    if tree.text(i) in MOVES_NOTHING or any(f.pos == "light" for f in frames_by_form().get(tree.text(i), ())):
        return None
    event = verb_event(tree, i, list(any_verb_frames()), scene)
    if event is None or len({role for _, role, _ in event.bindings}) < 2:
        return None
    return event if len({hit.actor.key for hit, _, _ in event.bindings}) > 1 else None


def _multiword(tree: Tree, i: int) -> Iterator[Frame]:
    """Frames of several words: verb and particle from the verb, compounds from their last word."""
    table = frames_by_form()
    for child in tree.children(i, "prt", "advmod", "acomp", "oprd", "dobj"):
        yield from table.get(f"{tree.text(i)} {tree.text(child)}", ())
        for after in tree.children(child, "amod") if tree.words[child].dep == "dobj" else ():
            if after > child:  # "takes X private"
                yield from table.get(f"{tree.text(i)} {tree.text(after)}", ())
    if tree.words[i].tag.startswith("NN"):
        for child in tree.children(i, "amod")[:1]:  # "a joint cloud company"
            if child != i - 1:
                yield from table.get(f"{tree.text(child)} {tree.text(i)}", ())
    for length in (4, 3, 2):
        if i - length + 1 >= 0:
            yield from table.get(joined(tree, i - length + 1, i), ())  # hyphens are words of their own: "tie-up"
        if i + length <= len(tree.words) and tree.is_verb(i):
            yield from table.get(" ".join(tree.text(k) for k in range(i, i + length)), ())
