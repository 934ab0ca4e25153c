"""Events: every place in a sentence where a frame's trigger stands, with the companies that it binds.

A verb brings its own roles. A deal noun brings "sides"; the light verb over it ("signs", "wins", "terminates") lends it
its subject. What belongs together in one sentence ("an agreement to supply …") becomes one event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.deals.arguments import Argument, noun_arguments, verb_arguments
from extractors.deals.frames import Frame, frames_by_form
from extractors.deals.phrases import ORGANISED, Hit, Matter, Scene, actors_of, matter_of, thing_at
from extractors.deals.tree import Tree

DIRECT = frozenset({"head", "anaphor", "member"})
DEFINITE = frozenset("the that this its their".split())
LINKS = frozenset("acl relcl dobj xcomp prep pobj pcomp nsubj nsubjpass attr advcl ccomp".split())
NEGATIONS = frozenset("no not without n't never".split())


@dataclass(slots=True)
class Event:
    """A trigger with its parties; ``bindings`` are (company, role or side, came directly)."""

    trigger: int
    pos: str
    type: str
    frames: list[str]
    bindings: list[tuple[Hit, str, bool]]
    votes: dict[str, float] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    status: str = ""
    contract_side: str = ""
    is_definite: bool = False
    is_negated: bool = False
    target: tuple[int, int] | None = None  # words that name a business bought, where it is no company of the cast
    words: set[int] = field(default_factory=set)  # triggers of merged events too


def find_events(tree: Tree, scene: Scene) -> list[Event]:
    """The events of one sentence, linked ones merged, in order of their triggers."""
    events = [event for i in range(len(tree.words)) if (event := _event_at(tree, i, scene)) is not None]
    return _linked(tree, events)


def _event_at(tree: Tree, i: int, scene: Scene) -> Event | None:
    word = tree.words[i]
    if word.ref >= 0:
        return None
    frames = frames_by_form().get(word.lower) or frames_by_form().get(word.lower + " *")
    candidates = [f for f in frames or () if f.pos != "light"] + list(_multiword(tree, i))
    if not candidates:
        return None
    if tree.is_verb(i):
        return _verb_event(tree, i, [f for f in candidates if f.pos == "verb"], scene)
    if word.tag.startswith("NN"):
        event = _noun_event(tree, i, [f for f in candidates if f.pos == "noun"], scene)
        return event
    return None


def _multiword(tree: Tree, i: int) -> Iterator[Frame]:
    """Frames of several words: verb and particle from the verb, compounds from their last word."""
    table = frames_by_form()
    for child in tree.children(i, "prt", "advmod", "acomp"):
        yield from table.get(f"{tree.text(i)} {tree.text(child)}", ())
    for length in (3, 2):
        if i - length + 1 >= 0:
            yield from table.get(" ".join(tree.text(k) for k in range(i - length + 1, i + 1)), ())
        if i + length <= len(tree.words) and tree.is_verb(i):
            yield from table.get(" ".join(tree.text(k) for k in range(i, i + length)), ())


def _verb_event(tree: Tree, verb: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames or tree.words[verb].dep in ("aux", "auxpass", "amod", "compound"):
        return None
    arguments = verb_arguments(tree, verb)
    best: tuple[float, Frame, Matter] | None = None
    for order, frame in enumerate(frames):
        matter = _theme(tree, frame, arguments, scene)
        if frame.things and "deal" not in frame.things and _is_deal_noun(tree, frame, arguments):
            continue
        if frame.things and not frame.things & matter.kinds:
            continue
        votes = dict(matter.votes)
        score = votes.get(frame.type, 0.0) if frame.type else 0.1
        score += 1.5 if frame.things & {"company"} and "company" in matter.kinds and _is_company_head(tree, frame, arguments, scene) else 0.0
        score += 0.4 if frame.things & matter.kinds else 0.0
        if best is None or score - order * 0.01 > best[0]:
            best = (score - order * 0.01, frame, matter)
    if best is None:
        return None
    _, frame, matter = best
    bindings = list(_bind(tree, frame, arguments, scene))
    event = Event(
        trigger=verb,
        pos="verb",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes=dict(matter.votes) if not frame.type else {frame.type: 3.0},
        kinds=matter.kinds,
        status=frame.status,
        contract_side=frame.contract_side,
        is_negated=_is_negated(tree, verb),
        words={verb},
    )
    event.target = _target(tree, frame, arguments, scene, bindings)
    return event


def _is_deal_noun(tree: Tree, frame: Frame, arguments: list[Argument]) -> bool:
    """Whether the theme is headed by a word like "contract": then that noun is the event and the verb only lends its subject."""
    for argument in arguments:
        if argument.relation in frame.theme:
            thing = thing_at(tree, argument.word)
            if thing is not None and thing.kind == "deal":
                return True
    return False


def _is_company_head(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    return any(
        h.how in DIRECT for a in arguments if a.relation in frame.theme for h in actors_of(tree, a.word, scene)
    )


def _theme(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Matter:
    kinds: set[str] = set()
    votes: dict[str, float] = {}
    for argument in arguments:
        if argument.relation not in frame.theme:
            continue
        matter = matter_of(tree, argument.word, scene)
        kinds |= matter.kinds
        if any(h.how == "anaphor" for h in actors_of(tree, argument.word, scene)):
            kinds.add("company")
        for vote, weight in matter.votes:
            votes[vote] = votes.get(vote, 0) + weight
    return Matter(frozenset(kinds), tuple(sorted(votes.items())))


def _bind(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
    roles = frame.roles
    for argument in arguments:
        role = roles.get(argument.relation, "")
        for hit in actors_of(tree, argument.word, scene):
            if argument.relation in ("subject", "object") or argument.relation in frame.theme:
                if hit.how in DIRECT:
                    given = role
                elif argument.relation == "subject":
                    given = role if tree.text(argument.word) in ORGANISED and hit.how == "poss" else ""
                else:
                    given = roles.get("of" if hit.how == "of" else "poss", "")
                    if hit.how == "compound":
                        given = roles.get("compound", "") or roles.get("poss", "")
            else:
                given = role
            if given:
                yield hit, given, argument.is_near and hit.how in DIRECT


def _target(
    tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene, bindings: list[tuple[Hit, str, bool]]
) -> tuple[int, int] | None:
    """The words for a business bought or sold that is no company: "ABB's robotics division", a named site."""
    if frame.type != "acquisition" or any(role == "target" for _, role, _ in bindings):
        return None
    relation = {v: k for k, v in frame.roles.items()}.get("target", "object")
    for argument in arguments:
        if argument.relation != relation or tree.words[argument.word].tag.startswith("PRP"):
            continue
        matter = matter_of(tree, argument.word, scene, deep=False)
        named = "named" in matter.kinds
        if not ({"business"} & matter.kinds or named) or not any(
            tree.words[c].ref >= 0 or tree.words[c].dep in ("compound", "poss") for c in tree.children(argument.word)
        ):
            continue
        span = [w for w in tree.subtree(argument.word) if w <= argument.word]
        for child in tree.children(argument.word, "det"):
            span = [w for w in span if w != child]
        start, end = tree.words[span[0]].start_char, tree.words[argument.word].end_char
        return start, end
    return None


def _noun_event(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames:
        return None
    matter = matter_of(tree, noun, scene)
    frame = next((f for f in frames if not f.things or f.things & matter.kinds), None)
    if frame is None or tree.words[noun].dep == "compound" and frame.type != "equity":
        return None
    arguments = noun_arguments(tree, noun)
    governor, light = _light_verb(tree, noun)
    bindings = list(_bind_noun(tree, frame, arguments, scene))
    if governor is not None and light is not None:
        of_verb = [a for a in verb_arguments(tree, governor) if a.word != noun]
        for argument in of_verb:
            role = frame.roles.get(argument.relation, "")
            if argument.relation == "to" and light.roles.get("to"):
                role = light.roles["to"]
            if not role:
                continue
            for hit in actors_of(tree, argument.word, scene):
                if hit.how in DIRECT or argument.relation not in ("subject", "object"):
                    bindings.append((hit, role, argument.is_near))
    return Event(
        trigger=noun,
        pos="noun",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes={**dict(matter.votes), **({frame.type: 2.0 + dict(matter.votes).get(frame.type, 0)} if frame.type else {})},
        kinds=matter.kinds,
        status=frame.status,
        contract_side=light.contract_side if light is not None else "",
        is_definite=any(tree.text(c) in DEFINITE for c in tree.children(noun, "det", "poss")),
        is_negated=_is_negated(tree, noun) or (governor is not None and _is_negated(tree, governor)),
        words={noun},
    )


def _bind_noun(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
    for argument in arguments:
        role = frame.roles.get(argument.relation, "")
        if not role:
            continue
        for hit in actors_of(tree, argument.word, scene):
            if hit.how in DIRECT or argument.relation not in ("poss", "compound"):
                yield hit, role, True


def _light_verb(tree: Tree, noun: int) -> tuple[int | None, Frame | None]:
    """The verb that makes or breaks what the noun names, and its light frame."""
    at = noun
    for _ in range(4):
        word = tree.words[at]
        head = word.head
        if head == at:
            return None, None
        if tree.is_verb(head) and word.dep in ("dobj", "nsubjpass", "prep", "attr", "dative", "oprd", "agent", "npadvmod"):
            table = frames_by_form()
            forms = [tree.text(head), *(f"{tree.text(head)} {tree.text(c)}" for c in tree.children(head, "prt", "advmod"))]
            light = next((f for form in forms for f in table.get(form, ()) if f.pos == "light"), None)
            return (head, light) if light else (None, None)
        if word.dep not in ("pobj", "conj", "prep", "dobj", "compound", "appos") or (word.dep == "prep" and tree.text(at) not in ("of", "in", "into", "on", "for", "about")):
            return None, None
        at = head
    return None, None


def _is_negated(tree: Tree, i: int) -> bool:
    return any(tree.text(c) in NEGATIONS for c in tree.children(i, "neg", "det", "prep", "advmod"))


def _linked(tree: Tree, events: list[Event]) -> list[Event]:
    """Merge events whose triggers govern each other directly and whose types agree."""
    by_word = {e.trigger: e for e in events}
    merged: dict[int, int] = {}

    def root(i: int) -> int:
        while i in merged:
            i = merged[i]
        return i

    for event in events:
        at = event.trigger
        for steps, above in enumerate(tree.ancestors(event.trigger)):
            if tree.words[at].dep not in LINKS or steps > 3:
                break
            other = by_word.get(above)
            if other is not None:
                if root(above) != root(event.trigger) and _may_join(tree, by_word[root(above)], event, at):
                    merged[root(event.trigger)] = root(above)
                break
            at = above
    for event in events:
        top = root(event.trigger)
        if top != event.trigger:
            _join(by_word[top], event)
    return [e for e in events if root(e.trigger) == e.trigger]


def _may_join(tree: Tree, upper: Event, lower: Event, link: int) -> bool:
    if upper.type and lower.type and upper.type != lower.type:
        return False
    relation = tree.words[link].dep
    if upper.pos == "noun" or lower.pos == "noun":
        return True
    return relation in ("xcomp", "pcomp") or (relation == "advcl" and not (upper.type and lower.type))


def _join(kept: Event, joined: Event) -> None:
    """Add what ``joined`` knows. A verb's roles come before a noun's sides."""
    kept.words |= joined.words
    kept.frames += joined.frames
    kept.bindings = joined.bindings + kept.bindings if joined.pos == "verb" else kept.bindings + joined.bindings
    kept.type = kept.type or joined.type
    for vote, weight in joined.votes.items():
        kept.votes[vote] = kept.votes.get(vote, 0) + weight
    kept.kinds |= joined.kinds
    kept.status = kept.status or joined.status
    kept.contract_side = kept.contract_side or joined.contract_side
    kept.is_negated = kept.is_negated or joined.is_negated
    kept.target = kept.target or joined.target
