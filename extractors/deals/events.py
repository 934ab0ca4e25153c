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
from extractors.records import Money

DIRECT = frozenset({"head", "anaphor", "member"})
GIVER_OF = {"equity": "investor", "debt": "lender"}
BESIDE = frozenset("as after amid despite following before since".split())
LOAN_HEADS = frozenset(
    "target package facility deal sale offering issue push raise program programme financing agreement".split()
)
GIVERS = frozenset({"supplier"})
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
    linked = [e for e in _linked(tree, events) if not _is_purpose(tree, e, events)]
    return linked + list(_gapped(tree, linked, scene))


def _is_purpose(tree: Tree, event: Event, events: list[Event]) -> bool:
    """Building as what money is raised for: "a loan to build its data centre" tells no second deal."""
    if (
        event.type != "build"
        or event.pos != "verb"
        or not any(tree.text(c) == "to" for c in tree.children(event.trigger, "aux"))
    ):
        return False
    above = set(tree.ancestors(event.trigger))
    return any(
        e.pos == "noun" and e.type == "joint_venture" and tree.words[e.trigger].head in above for e in events
    ) or any(e.type in ("debt", "equity", "joint_venture", "partnership") and e.words & above for e in events)


def _gapped(tree: Tree, events: list[Event], scene: Scene) -> Iterator[Event]:
    """ "Nvidia is to put $10 billion into it, and Microsoft $5 billion": the second clause has no verb of its own."""
    for i, word in enumerate(tree.words):
        actor = scene.actor_at(word.ref)
        if actor is None or word.dep != "conj" or not tree.is_verb(word.head):
            continue
        if not any(
            tree.words[c].ref >= 0 and isinstance(scene.parts[tree.words[c].ref], Money) for c in tree.subtree(i)
        ):
            continue
        model = next(
            (e for e in events if e.pos == "verb" and word.head in (e.trigger, *tree.ancestors(e.trigger))), None
        )
        if model is None:
            continue
        giver = next(
            (
                role
                for _, role, _ in model.bindings
                if role in ("investor", "supplier", "customer", "lender", "acquirer")
            ),
            "",
        )
        part = scene.parts[word.ref]
        kept = [b for b in model.bindings if b[1] != giver]
        yield Event(
            trigger=i,
            pos="verb",
            type=model.type,
            frames=[*model.frames, "gapped"],
            bindings=[(Hit(actor, part.start_char, part.end_char, "head"), giver, True), *kept],
            votes=dict(model.votes),
            kinds=model.kinds,
            words={i},
        )


def _event_at(tree: Tree, i: int, scene: Scene) -> Event | None:
    word = tree.words[i]
    if word.ref >= 0:
        return None
    frames = frames_by_form().get(word.lower) or frames_by_form().get(word.lower + " *")
    candidates = [*_multiword(tree, i), *(f for f in frames or () if f.pos != "light")]
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
    for child in tree.children(i, "prt", "advmod", "acomp", "dobj"):
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
        if frame.frame_id in ("sell_company", "buy_company") and {"mw", "gpus"} & matter.kinds:
            continue
        votes = dict(matter.votes)
        score = votes.get(frame.type, 0.0) if frame.type else 0.1
        score += (
            1.5
            if frame.things & {"company"}
            and "company" in matter.kinds
            and _is_company_head(tree, frame, arguments, scene)
            else 0.0
        )
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
        votes=_votes(tree, frame, matter, arguments, scene),
        kinds=matter.kinds,
        status=frame.status,
        contract_side=frame.contract_side,
        is_negated=_is_negated(tree, verb),
        words={verb},
    )
    event.target = _target(tree, frame, arguments, scene, bindings)
    return event


def _votes(tree: Tree, frame: Frame, matter: Matter, arguments: list[Argument], scene: Scene) -> dict[str, float]:
    """What speaks for which type: the frame, else the theme, and weaker the verb's other phrases."""
    if frame.type:
        return {frame.type: 3.0}
    votes = dict(matter.votes)
    if "mw" in matter.kinds and frame.frame_id == "take_mw":
        votes["lease"] = votes.get("lease", 0) + 0.6
    for argument in arguments:
        if argument.relation in ("from", "at", "for", "with", "on") and argument.relation not in frame.theme:
            for vote, weight in matter_of(tree, argument.word, scene).votes:
                votes[vote] = votes.get(vote, 0) + 0.7 * weight
    return votes


def _is_deal_noun(tree: Tree, frame: Frame, arguments: list[Argument]) -> bool:
    """Whether the theme is headed by a word like "contract": then that noun is the event and the verb only lends its subject."""
    themes = [thing_at(tree, a.word) for a in arguments if a.relation in frame.theme]
    objects = [thing_at(tree, a.word) for a in arguments if a.relation == "object" and "object" in frame.theme]
    return bool(themes) and (
        all(t is not None and t.kind == "deal" for t in themes)
        or any(t is not None and t.kind == "deal" for t in objects)
    )


def _is_company_head(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    return any(
        h.how in DIRECT
        for a in arguments
        if a.relation in frame.theme
        for h in actors_of(tree, a.word, scene, before=a.before)
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
    subjects = {
        h.actor.key
        for a in arguments
        if a.relation == "subject"
        for h in actors_of(tree, a.word, scene, before=a.before)
        if h.how in DIRECT
    }
    for argument in arguments:
        role = roles.get(argument.relation, "")
        for hit in actors_of(tree, argument.word, scene, before=argument.before):
            if argument.relation in ("subject", "object") or argument.relation in frame.theme:
                if hit.how in DIRECT:
                    given = role
                elif argument.relation == "subject":
                    given = role if tree.text(argument.word) in ORGANISED and hit.how == "poss" else ""
                else:
                    given = roles.get("of" if hit.how == "of" else "poss", "")
                    if hit.how == "compound":
                        given = roles.get("compound", "") or roles.get("poss", "")
                    if hit.how == "product" and role in GIVERS:
                        given = role
                    if (
                        given == "customer"
                        and hit.how == "compound"
                        and frame.type == "build"
                        and not hit.actor.company_id
                    ):
                        given = ""
                    if not given and role in ("customer", "supplier") and hit.how in ("poss", "compound"):
                        given = role
            else:
                given = role
            if hit.how == "product" and given not in GIVERS:
                continue
            if hit.how == "its" and given in ("customer", "supplier", "partner", "side", "other"):
                continue
            if (
                hit.start_char not in scene.by_mention
                and hit.how != "product"
                and argument.relation != "subject"
                and hit.actor.key in subjects
            ):
                other = _other_named(tree, argument.word, subjects, scene)
                if other is None:
                    continue
                hit = other
            if given == "partner" and hit.how not in DIRECT:
                continue
            if given:
                yield hit, given, argument.is_near and hit.how in DIRECT


def _other_named(tree: Tree, before: int, subjects: set[str], scene: Scene) -> Hit | None:
    """The nearest company named before a pronoun that is not the subject: "invest in OpenAI and supply it"."""
    for at in range(before - 1, -1, -1):
        actor = scene.actor_at(tree.words[at].ref)
        if actor is not None and actor.key not in subjects:
            word = tree.words[before]
            return Hit(actor, word.start_char, word.end_char, "anaphor")
    return None


def _target(
    tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene, bindings: list[tuple[Hit, str, bool]]
) -> tuple[int, int] | None:
    """The words for a business bought or sold that is no company: "ABB's robotics division", a named site."""
    if frame.type != "acquisition" or any(role == "target" and hit.how in DIRECT for hit, role, _ in bindings):
        return None
    relations = {relation for relation, role in frame.roles.items() if role == "target"}
    for argument in arguments:
        if argument.relation not in relations or tree.words[argument.word].tag.startswith("PRP"):
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
        if tree.text(span[0]) in DEFINITE:
            continue
        start, end = tree.words[span[0]].start_char, tree.words[argument.word].end_char
        return start, end
    return None


def _noun_event(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames:
        return None
    matter = matter_of(tree, noun, scene, modifiers=True)
    arguments = noun_arguments(tree, noun)
    kinds = set(matter.kinds)
    if any(
        h.how in DIRECT
        for a in arguments
        if a.relation in ("of", "compound", "in", "poss")
        for h in actors_of(tree, a.word, scene, before=a.before)
    ):
        kinds.add("company")
    for argument in arguments:
        if argument.relation == "of":
            kinds |= matter_of(tree, argument.word, scene).kinds
    frame = next((f for f in frames if not f.things or f.things & kinds), None)
    if frame is None or (frame.type in ("build", "acquisition") and "loan" in kinds):
        return None
    if frame.frame_id in ("n_sale", "n_stake_sale") and tree.words[noun].tag == "NNS":
        return None  # "sales" are revenue
    inside = tree.words[noun].dep in ("compound", "nmod")
    if inside and (frame.type != "debt" or tree.text(tree.words[noun].head) not in LOAN_HEADS):
        return None
    governor, light = _light_verb(tree, tree.words[noun].head if inside else noun)
    if inside:
        arguments = [*arguments, *noun_arguments(tree, tree.words[noun].head)]
    if frame.frame_id == "n_shareholder" and light is None:
        return None
    bindings = list(_bind_noun(tree, frame, arguments, scene))
    if governor is not None and light is not None:
        of_verb = [a for a in verb_arguments(tree, governor) if a.word != noun]
        for argument in of_verb:
            role = light.roles.get(argument.relation) or frame.roles.get(argument.relation, "")
            if role == "giver":
                role = GIVER_OF.get(frame.type, "side")
            if not role:
                continue
            for hit in actors_of(tree, argument.word, scene, before=argument.before):
                if hit.start_char not in scene.by_mention and any(h.actor.key == hit.actor.key for h, _, _ in bindings):
                    hit = _someone_else(hit, bindings, scene)
                if hit.how in DIRECT or argument.relation not in ("subject", "object"):
                    bindings.append((hit, role, argument.is_near))
    event = Event(
        trigger=noun,
        pos="noun",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes={
            **dict(matter.votes),
            **({frame.type: 2.0 + dict(matter.votes).get(frame.type, 0)} if frame.type else {}),
        },
        kinds=matter.kinds,
        status=frame.status,
        contract_side=light.contract_side if light is not None else "",
        is_definite=any(tree.text(c) in DEFINITE for c in tree.children(noun, "det", "poss")),
        is_negated=_is_negated(tree, noun) or (governor is not None and _is_negated(tree, governor)),
        words={noun},
    )
    event.target = _target(tree, frame, arguments, scene, bindings)
    event.bindings = bindings = _apart(bindings, arguments, tree, scene)
    if not any(role in ("side", frame.roles.get("subject")) for _, role, _ in bindings) and "subject" in frame.roles:
        event.bindings = bindings + _headless(tree, noun, frame, scene)
    return event


def _someone_else(hit: Hit, bindings: list[tuple[Hit, str, bool]], scene: Scene) -> Hit:
    """Whom an anaphor means where its first reading is already a party: "the corporation had a deal with Oracle"."""
    bound = {h.actor.key for h, _, _ in bindings}
    other = next((k for k in scene.recent if k not in bound), None)
    return hit if other is None else Hit(scene.actors[other], hit.start_char, hit.end_char, hit.how)


def _apart(
    bindings: list[tuple[Hit, str, bool]], arguments: list[Argument], tree: Tree, scene: Scene
) -> list[tuple[Hit, str, bool]]:
    """ "Velmora trims Norvane contract": a name before the noun is the other side of whoever else is named."""
    before = {h.actor.key for a in arguments if a.relation == "compound" for h in actors_of(tree, a.word, scene)}
    if not {h.actor.key for h, role, _ in bindings if role == "side"} - before:
        return bindings
    return [(h, "other" if role == "side" and h.actor.key in before else role, near) for h, role, near in bindings]


def _headless(tree: Tree, noun: int, frame: Frame, scene: Scene) -> list[tuple[Hit, str, bool]]:
    """A headline without a verb ("Microsoft $1.5 billion data center expansion"): the name that heads it is the subject."""
    for above in tree.ancestors(noun):
        actor = scene.actor_at(tree.words[above].ref)
        if (
            actor is not None
            and tree.words[above].head == above
            and tree.words[noun].dep in ("dobj", "appos", "npadvmod", "dep", "pobj")
        ):
            part = scene.parts[tree.words[above].ref]
            return [(Hit(actor, part.start_char, part.end_char, "head"), frame.roles["subject"], False)]
    return []


def _bind_noun(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
    for argument in arguments:
        role = frame.roles.get(argument.relation, "")
        if not role:
            continue
        for hit in actors_of(tree, argument.word, scene, before=argument.before):
            if frame.type == "acquisition" and role == "target" and hit.how in ("poss", "compound"):
                if _is_business(tree, argument.word, scene):
                    yield hit, "seller", True
                    continue
            if hit.how == "product" and role not in ("supplier", "other") and argument.relation != "compound":
                continue
            if (
                argument.relation == "compound"
                and not scene.company_at(tree.words[argument.word].ref)
                and hit.how == "head"
            ):
                continue
            if hit.how in DIRECT or hit.how == "product" or argument.relation not in ("poss", "compound"):
                yield hit, role, hit.how in DIRECT and argument.relation != "compound"


def _is_business(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether the phrase is a part of a company: "ABB's robotics division"."""
    return scene.actor_at(tree.words[i].ref) is None and "business" in matter_of(tree, i, scene, deep=False).kinds


def _light_verb(tree: Tree, noun: int) -> tuple[int | None, Frame | None]:
    """The verb that makes or breaks what the noun names, and its light frame."""
    at = noun
    talks = tree.text(noun) in TALKS
    for _ in range(4):
        word = tree.words[at]
        head = word.head
        if head == at:
            return None, None
        if word.dep == "prep" and word.lower in BESIDE:
            return None, None
        if tree.is_verb(head) and word.dep in (
            "dobj",
            "nsubjpass",
            "prep",
            "attr",
            "dative",
            "oprd",
            "agent",
            "npadvmod",
        ):
            table = frames_by_form()
            forms = [
                tree.text(head),
                *(f"{tree.text(head)} {tree.text(c)}" for c in tree.children(head, "prt", "advmod")),
            ]
            light = next((f for form in forms for f in table.get(form, ()) if f.pos == "light"), None)
            if talks and light is None:
                light = next(f for f in table["discuss"] if f.pos == "light")
            return (head, light) if light else (None, None)
        if word.dep not in ("pobj", "conj", "prep", "dobj", "compound", "appos") or (
            word.dep == "prep" and tree.text(at) not in ("of", "in", "into", "on", "for", "about", "with", "through")
        ):
            return None, None
        at = head
    return None, None


YIELDING = frozenset({"compute", "chips", "lease", "power", "build"})
TALKS = frozenset("talks talk discussions negotiations discussion negotiation".split())


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
            if tree.words[at].dep not in LINKS or steps > 5:
                break
            other = by_word.get(above)
            if other is not None:
                if root(above) != root(event.trigger) and _may_join(tree, by_word[root(above)], event, at):
                    merged[root(event.trigger)] = root(above)
                break
            at = above
    for event in events:  # "sign a deal to source power": the infinitive hangs on the light verb, not on the noun
        head = tree.words[event.trigger].head
        if (
            event.pos == "verb"
            and root(event.trigger) == event.trigger
            and tree.words[event.trigger].dep in ("xcomp", "advcl")
        ):
            noun = next(
                (
                    e
                    for e in events
                    if e.pos == "noun" and tree.words[e.trigger].head == head and e.trigger < event.trigger
                ),
                None,
            )
            if (
                noun is not None
                and tree.words[noun.trigger].dep == "dobj"
                and head not in by_word
                and _may_join(tree, by_word[root(noun.trigger)], event, event.trigger)
            ):
                merged[event.trigger] = root(noun.trigger)
    for event in events:
        top = root(event.trigger)
        if top != event.trigger:
            _join(by_word[top], event)
    return _with_commitments([e for e in events if root(e.trigger) == e.trigger])


def _with_commitments(events: list[Event]) -> list[Event]:
    """ "It has raised billions, including commitments from A and B": the commitments are the round's."""
    round_ = next(
        (e for e in events if e.type == "equity" and not any(r == "investor" for _, r, _ in e.bindings)), None
    )
    apart = next((e for e in events if not e.type and e.frames == ["n_commitment"] and e.bindings), None)
    if round_ is None or apart is None or {r for _, r, _ in apart.bindings} != {"other"}:
        return events
    _join(round_, apart)
    return [e for e in events if e is not apart]


def _may_join(tree: Tree, upper: Event, lower: Event, link: int) -> bool:
    if "sell_stake" in upper.frames and lower.frames == ["n_stake"]:
        return True
    if (
        upper.type
        and lower.type
        and upper.type != lower.type
        and not (upper.type == "partnership" and lower.pos == "verb" and lower.type in YIELDING)
    ):
        return False
    if upper.type == lower.type in ("equity", "debt") and tree.words[lower.trigger].dep in ("acl", "relcl"):
        return True
    if upper.type == "partnership" and lower.type in YIELDING and lower.pos == "verb":
        return True
    relation = tree.words[link].dep
    if upper.pos == "noun" or lower.pos == "noun":
        return True
    return relation in ("xcomp", "pcomp") or (relation == "advcl" and not (upper.type and lower.type))


def _join(kept: Event, joined: Event) -> None:
    """Add what ``joined`` knows. A verb's roles come before a noun's sides."""
    kept.words |= joined.words
    kept.frames += joined.frames
    kept.bindings = joined.bindings + kept.bindings if joined.pos == "verb" else kept.bindings + joined.bindings
    if kept.type == "partnership" and joined.type:
        kept.type = joined.type if joined.type != "build" else "partnership"
    kept.type = kept.type or joined.type
    for vote, weight in joined.votes.items():
        kept.votes[vote] = kept.votes.get(vote, 0) + weight
    kept.kinds |= joined.kinds
    kept.status = kept.status or joined.status
    kept.contract_side = kept.contract_side or joined.contract_side
    kept.is_negated = kept.is_negated or joined.is_negated
    kept.target = kept.target or joined.target
