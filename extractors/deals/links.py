"""Events of one sentence that belong together, or that one of them implies."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.event import Event
from extractors.deals.loans import LOAN_ROLES, raises_plainly
from extractors.deals.scene import Hit
from extractors.deals.tree import Tree

LINKS = frozenset("acl relcl dobj xcomp prep pobj pcomp nsubj nsubjpass attr advcl ccomp".split())


SERVING = frozenset({"compute", "chips", "lease", "power", "debt", "equity"})
YIELDING = frozenset({"compute", "chips", "lease", "power", "build", "acquisition"})


def linked(tree: Tree, events: list[Event]) -> list[Event]:
    """Merge events whose triggers govern each other directly and whose types agree."""
    events = [e for e in events if not _feeds_venture(tree, e, events)]
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
                joins = _is_endowed(other, event) or _may_join(tree, by_word[root(above)], event, at)
                if root(above) != root(event.trigger) and joins:
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
                    if e.pos == "noun" and e.trigger < event.trigger and _is_object(tree, e.trigger, head)
                ),
                None,
            )
            if (
                noun is not None
                and head not in by_word
                and _may_join(tree, by_word[root(noun.trigger)], event, event.trigger)
            ):
                merged[event.trigger] = root(noun.trigger)
    for event in events:
        top = root(event.trigger)
        if top != event.trigger:
            join(by_word[top], event)
    return _with_commitments([e for e in events if root(e.trigger) == e.trigger])


def _is_object(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun is what a verb is done to or gets into: "signed an accord", "entered into an accord"."""
    word = tree.words[noun]
    into = word.dep == "pobj" and tree.text(word.head) == "into" and tree.words[word.head].head == verb
    return into or (word.dep == "dobj" and word.head == verb)


def _feeds_venture(tree: Tree, event: Event, events: list[Event]) -> bool:
    """Whether money goes "to their joint venture", or a site is what it would build: the venture's matter."""
    ventures = {e.trigger for e in events if e.frames == ["n_jv"] and e.is_definite}
    into = [p for c in tree.children(event.trigger, "prep", "dative") for p in tree.children(c, "pobj")]
    if event.frames == ["invest_build"] and not ventures.isdisjoint(into):
        return True
    new = {e.trigger for e in events if e.frames == ["n_jv"]}  # "discuss a joint venture that would build a campus"
    return event.type == "build" and tree.words[event.trigger].dep == "relcl" and tree.words[event.trigger].head in new


def _with_commitments(events: list[Event]) -> list[Event]:
    """ "It has raised billions, including commitments from A and B": the commitments are the round's."""
    round_ = next(
        (e for e in events if e.type == "equity" and not any(r == "investor" for _, r, _ in e.bindings)), None
    )
    apart = next((e for e in events if not e.type and e.frames == ["n_commitment"] and e.bindings), None)
    if round_ is None or apart is None or {r for _, r, _ in apart.bindings} != {"other"}:
        return events
    join(round_, apart)
    return [e for e in events if e is not apart]


def _is_means(upper: Event, lower: Event) -> bool:
    """Whether a loan is how money is raised: "raised $3 billion by selling notes"."""
    return raises_plainly(upper) and lower.type == "debt"


def _is_raise_by(upper: Event, lower: Event) -> bool:
    """Whether what is raised is a loan's: "eyes $3 billion raise through notes"."""
    alone = {role for _, role, _ in lower.bindings} <= {"investee"}
    is_loan = upper.type == "debt" and "loan" in upper.kinds
    return is_loan and lower.frames == ["n_round"] and alone and not lower.kinds & {"funding", "stake"}


def _is_priced(event: Event) -> bool:
    return bool({"money", "priced"} & event.kinds)


def _is_recalled(tree: Tree, noun: int) -> bool:
    """Whether a deal is only what came before: "following recent deals with A and B"."""
    word = tree.words[noun]
    return word.dep == "pobj" and tree.text(word.head) in ("following", "after", "since", "despite")


def _is_endowed(upper: Event, lower: Event) -> bool:
    """ "A joint venture expected to raise $15 billion": what the venture is to have."""
    return upper.type == "joint_venture" and lower.type in ("equity", "debt") and lower.pos == "verb"


def _is_about(tree: Tree, upper: Event, lower: Event) -> bool:
    """Whether a relative clause is about what the upper event's own word names, rather than about a site beside it."""
    return upper.type != "" or tree.words[lower.trigger].head in upper.words


def _may_join(tree: Tree, upper: Event, lower: Event, link: int) -> bool:
    if upper.type == "build" and lower.frames == ["n_deal"] and _is_recalled(tree, lower.trigger):
        return False
    if upper.type == "build" and lower.pos == "noun" and tree.words[link].dep == "advcl" and link < upper.trigger:
        return False  # "Having won an order from X, Y plans a factory"
    if _is_means(upper, lower) or _is_raise_by(upper, lower):
        return True
    if lower.type == "build" and tree.words[lower.trigger].dep == "relcl" and not _is_about(tree, upper, lower):
        return False  # "sends power to a site that X is building"
    if "standing" in upper.frames and lower.type == "build":
        return False  # "the first customer of the campus": what is built is another deal
    if {"sell_stake", "n_stake_sale"} & set(upper.frames) and lower.frames == ["n_stake"]:
        return True
    if upper.frames == lower.frames == ["n_loan"] and _is_priced(upper) and _is_priced(lower):
        return False  # "refinanced a $1 billion facility with a $2 billion loan"
    if (
        upper.type
        and lower.type
        and upper.type != lower.type
        and not (
            upper.type == "partnership" and lower.type in YIELDING and (lower.pos == "verb" or lower.type == "build")
        )
    ):
        return False
    if upper.type == lower.type in ("equity", "debt") and tree.words[lower.trigger].dep in ("acl", "relcl"):
        return True
    if upper.type == "partnership" and lower.pos == "verb" and tree.words[lower.trigger].dep == "relcl":
        return False  # "work on racks that can be made here"
    if upper.type == "partnership" and lower.type in YIELDING and (lower.pos == "verb" or lower.type == "build"):
        return True
    relation = tree.words[link].dep
    if upper.pos == "noun" or lower.pos == "noun":
        return True
    return relation in ("xcomp", "pcomp") or (relation == "advcl" and not (upper.type and lower.type))


def join(kept: Event, joined: Event) -> None:
    """Add what ``joined`` knows. A verb's roles come before a noun's sides."""
    if _is_means(kept, joined):
        kept.type = "debt"
        kept.bindings = [(h, LOAN_ROLES.get(role, role), near) for h, role, near in kept.bindings]
    if joined.type == "build" and kept.frames == ["commit_to"]:
        kept.bindings = []  # "spend $900 million turning a mill into a data center": the lower verb tells who builds
    joined.bindings = _without_sides(kept, joined)
    kept.words |= joined.words
    kept.frames += joined.frames
    kept.bindings = joined.bindings + kept.bindings if joined.pos == "verb" else kept.bindings + joined.bindings
    if kept.type == "partnership" and joined.type:
        kept.type = joined.type if joined.type != "build" else "partnership"
    kept.type = kept.type or joined.type
    is_object = kept.type == "partnership" and joined.type == "build"  # "tie up on a data centre"
    for vote, weight in () if is_object else joined.votes.items():
        kept.votes[vote] = kept.votes.get(vote, 0) + weight
    kept.kinds |= joined.kinds
    kept.sources |= joined.sources
    kept.status = kept.status or joined.status
    kept.contract_side = kept.contract_side or joined.contract_side
    kept.is_negated = kept.is_negated or joined.is_negated
    kept.target = kept.target or joined.target


def _without_sides(kept: Event, joined: Event) -> list[tuple[Hit, str, bool]]:
    """The lower verb's parties; none where it is what two sides agree on: "X and Y sign a deal to power a site"."""
    sides = {hit.actor.key for hit, role, _ in kept.bindings if role == "side"}
    roles = {role for _, role, _ in joined.bindings}
    same = len(roles) == 1 and roles <= {"supplier", "customer"}
    agreed = same and len(sides) > 1 and sides == {hit.actor.key for hit, _, _ in joined.bindings}
    return [] if agreed else joined.bindings


def is_served(tree: Tree, event: Event, events: list[Event]) -> bool:
    """Whether a project is only what somebody's goods or money are for: "power to X's data center project"."""
    if event.frames != ["n_build"] or tree.words[event.trigger].dep != "pobj":
        return False
    if tree.text(tree.words[event.trigger].head) not in ("to", "for", "at"):
        return False
    above = set(tree.ancestors(event.trigger))
    bound = {hit.actor.key for hit, _, _ in event.bindings}
    others = (e for e in events if e is not event and e.type in SERVING and e.words & above)
    return any(bound <= {hit.actor.key for hit, _, _ in e.bindings} for e in others)


def is_purpose(tree: Tree, event: Event, events: list[Event]) -> bool:
    """Building as what money is raised for: "a loan to build its data centre" tells no second deal."""
    verb = (
        event.trigger
        if event.pos == "verb"
        else next((a for a in tree.ancestors(event.trigger) if tree.is_verb(a)), -1)
    )
    first = tree.words[verb].head if tree.words[verb].dep == "conj" else verb  # "to design and build"
    if verb < 0 or not any(tree.text(c) == "to" for at in (first, verb) for c in tree.children(at, "aux")):
        return False
    above = set(_above_in_clause(tree, first))
    if event.type in ("equity", "power") and event.pos == "verb":  # "form a group to raise $100 billion"
        return any("launch_together" in e.frames and e.words & above for e in events)
    if event.pos == "verb" and event.type != "build":  # "borrowed $1 billion to pay for a site": nobody new is told
        bound = {hit.actor.key for hit, _, _ in event.bindings}
        types = ("debt", "equity", "joint_venture", *(["partnership"] if first != verb else []))
        over = (e for e in events if e.type in types and _governs(tree, e, above))
        return any(bound <= {hit.actor.key for hit, _, _ in e.bindings} for e in over)
    if event.type != "build":
        return False
    if event.pos == "noun":  # "expand partnership to speed up data center construction"
        serves = (e for e in events if e.type in ("partnership", "equity", "debt"))
        return any(above & {*e.words, tree.words[e.trigger].head} for e in serves)
    return any(e.type == "joint_venture" and _governs(tree, e, above) for e in events) or any(
        e.type in ("debt", "equity", "joint_venture", "partnership") and e.words & above for e in events
    )


def _above_in_clause(tree: Tree, i: int) -> Iterator[int]:
    """The words over ``i`` up to the clause that only describes a name: "invests in X, which plans to build"."""
    for at in tree.ancestors(i):
        yield at
        if tree.words[at].dep == "relcl":
            return


def _governs(tree: Tree, event: Event, above: set[int]) -> bool:
    """Whether words under ``above`` hang on an event, or on the verb that a deal noun is the object of."""
    by_noun = event.pos == "noun" and tree.words[event.trigger].head in above
    return by_noun or not event.words.isdisjoint(above)
