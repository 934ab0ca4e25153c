"""What a phrase means here: which companies it names or refers to, and what kind of thing it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors import registry
from extractors.deals.cast import OWNERS, PARTY_KINDS, PLURAL_ANAPHORS, Actor, load_descriptors
from extractors.deals.frames import load_things
from extractors.deals.tree import Tree
from extractors.records import Accelerators, Area, Duration, Mention, Money, Power, Quantity, Share

MEMBERS = frozenset("including like with".split())
GROUPS = frozenset(
    "group consortium investors lenders banks syndicate team trio pair backers companies "
    "partners funds firms round club investor "
    "participation arm combination series string number maker".split()
)
PRONOUNS = frozenset("it they he she its their which who that them".split())
DEMONSTRATIVES = frozenset("the its their this that both these those".split())
HEADS = frozenset(
    "compute chips power plant_gear space site business_site stake loan land business company deal funding".split()
)
MEASURES = frozenset("priced mw gpus share place money named".split())
WHOLE = frozenset("all whole rest remainder most part parts".split())
MAKES = frozenset("build builds building intends plans owns runs operates develops makes is has".split())
MEMORY = 30  # actors that "the company" may still mean
GENERIC = frozenset("company group firm business corporation maker provider giant".split())
ALIKE = {"utility": frozenset({"power_producer", "nuclear"}), "datacenter_operator": frozenset({"reit", "miner_host"})}
GIANTS = frozenset("cloud chipmaker internet".split())
ORGANISED = frozenset(
    "unit arm subsidiary division affiliate parent business cloud platform consortium group "
    "fund venture team vehicle spv owners".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A company found in a phrase, with the words that name it and how: head, poss, of, member, anaphor, compound."""

    actor: Actor
    start_char: int
    end_char: int
    how: str


@dataclass(slots=True)
class Scene:
    """A document being read: its parts in order, its actors, and who was spoken of last."""

    text: str
    parts: Sequence[Mention | Quantity]
    actors: dict[str, Actor]
    recent: list[str] = field(default_factory=list)  # actor keys, most recent subject first
    pair: tuple[str, ...] = ()  # parties of the deal told last
    by_mention: dict[int, Actor] = field(default_factory=dict)  # start_char of a mention -> actor
    starts: Sequence[int] = ()  # start_char of every part

    def between(self, start: int, end: int) -> tuple[int, Sequence[Mention | Quantity]]:
        """The parts that begin in text[start:end], and the number of the first."""
        first = bisect_left(self.starts, start)
        return first, self.parts[first : bisect_left(self.starts, end, lo=first)]

    def actor_at(self, ref: int) -> Actor | None:
        """The actor of part number ``ref``, if it is a company."""
        part = self.parts[ref] if ref >= 0 else None
        return self.by_mention.get(part.start_char) if isinstance(part, Mention) and part.kind in PARTY_KINDS else None

    def company_at(self, ref: int) -> bool:
        """Whether part ``ref`` is a company and no mere venture, whose name often only names a site."""
        part = self.parts[ref] if ref >= 0 else None
        return isinstance(part, Mention) and part.kind != "vehicle" and self.actor_at(ref) is not None

    def note(self, subjects: Iterable[str], others: Iterable[str] = ()) -> None:
        """Make ``subjects`` the most recent actors; ``others`` come after them, or after the last subject."""
        first = list(dict.fromkeys(subjects)) or self.recent[:1]
        fresh = list(dict.fromkeys([*first, *others]))
        self.recent = (fresh + [k for k in self.recent if k not in fresh])[:MEMORY]


def make_scene(text: str, parts: Sequence[Mention | Quantity], cast: Sequence[Actor]) -> Scene:
    """A scene before its first sentence. Parts are put in order, a name before the amount that begins with it."""
    by_mention = {m.start_char: actor for actor in cast for m in actor.mentions}
    ordered = sorted(parts, key=lambda p: (p.start_char, not isinstance(p, Mention)))
    starts = [p.start_char for p in ordered]
    return Scene(text=text, parts=ordered, actors={a.key: a for a in cast}, by_mention=by_mention, starts=starts)


def actors_of(tree: Tree, i: int, scene: Scene, *, depth: int = 0, before: int | None = None) -> list[Hit]:
    """The companies that the phrase headed by ``i`` stands for, coordinated ones included."""
    if depth > 6:
        return []
    hits: list[Hit] = []
    for head in tree.conjuncts(i):
        if (tree.is_verb(head) and tree.words[head].ref < 0) or (before is not None and head != i and head > before):
            continue
        hits += _actors_of_head(tree, head, scene, depth)
    unique: dict[str, Hit] = {}
    for hit in hits:
        unique.setdefault(hit.actor.key, hit)
    return list(unique.values())


def _actors_of_head(tree: Tree, i: int, scene: Scene, depth: int) -> list[Hit]:
    word = tree.words[i]
    actor = scene.actor_at(word.ref)
    if actor is not None:
        part = scene.parts[word.ref]
        return [Hit(actor, part.start_char, part.end_char, "head"), *_appended(tree, i, scene, depth)]
    if word.lower in PRONOUNS:
        return _pronoun(tree, i, scene)
    if word.ref >= 0 and not isinstance(scene.parts[word.ref], Mention):
        targets = [p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj")]
        return [
            Hit(h.actor, h.start_char, h.end_char, h.how if h.how == "product" else "of")
            for target in targets
            for h in actors_of(tree, target, scene, depth=depth + 1)
        ]
    if word.lower in WHOLE:
        wholes = [p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj")]
        inner = [h for p in wholes for h in actors_of(tree, p, scene, depth=depth + 1)]
        if inner:
            return inner
    owned = _owner(tree, i, scene)
    if owned is not None:
        return [owned]
    appositions = [
        h for c in tree.children(i, "appos") for h in actors_of(tree, c, scene, depth=depth + 1) if h.how == "head"
    ]
    if appositions:
        return appositions
    members = _members(tree, i, scene, depth)
    if members:
        return members
    anaphor = _anaphor(tree, i, scene)
    if anaphor:
        return anaphor
    hits: list[Hit] = _product_owner(word.ref, scene)
    owned_by_name = bool(tree.children(i, "poss"))
    for child in tree.children(i):
        dep = tree.words[child].dep
        if dep in ("compound", "nmod"):
            hits += _product_owner(tree.words[child].ref, scene)
        if owned_by_name and dep != "poss":
            continue
        if dep == "poss":
            how = "its" if tree.words[child].tag == "PRP$" else "poss"
            hits += [
                Hit(h.actor, h.start_char, h.end_char, how) for h in actors_of(tree, child, scene, depth=depth + 1)
            ]
        elif dep in ("compound", "nmod") and any(
            scene.company_at(tree.words[c].ref) for c in tree.children(child, "compound", "nmod")
        ):
            hits += [
                Hit(h.actor, h.start_char, h.end_char, "compound")
                for c in tree.children(child, "compound", "nmod")
                if scene.company_at(tree.words[c].ref)
                for h in _actors_of_head(tree, c, scene, depth + 1)
            ]
        elif dep in ("compound", "nmod", "amod", "npadvmod", "nummod", "dep") and scene.company_at(
            tree.words[child].ref
        ):
            hits += [
                Hit(h.actor, h.start_char, h.end_char, "compound")
                for h in _actors_of_head(tree, child, scene, depth + 1)
            ]
        elif dep == "prep" and tree.text(child) in ("of", "from", "at"):
            for target in tree.children(child, "pobj"):
                hits += [
                    Hit(h.actor, h.start_char, h.end_char, "of")
                    for h in actors_of(tree, target, scene, depth=depth + 1)
                ]
        elif dep == "relcl" and tree.text(child) in MAKES:
            for maker in tree.children(child, "nsubj"):
                hits += [
                    Hit(h.actor, h.start_char, h.end_char, "by")
                    for h in actors_of(tree, maker, scene, depth=depth + 1)
                    if h.how == "head"
                ]
        elif dep == "acl" and tree.text(child) in (
            "owned",
            "run",
            "operated",
            "built",
            "controlled",
            "developed",
            "made",
            "provided",
        ):
            for by in tree.children(child, "agent", "prep"):
                if tree.text(by) == "by":
                    for target in tree.children(by, "pobj"):
                        hits += [
                            Hit(h.actor, h.start_char, h.end_char, "by")
                            for h in actors_of(tree, target, scene, depth=depth + 1)
                        ]
    return hits


def _appended(tree: Tree, i: int, scene: Scene, depth: int) -> list[Hit]:
    """Names in apposition to a name count only where they list its members ("the partners, A and B")."""
    return []


def _product_owner(ref: int, scene: Scene) -> list[Hit]:
    """Who sells a product that stands for its maker ("to Azure")."""
    part = scene.parts[ref] if ref >= 0 else None
    if not isinstance(part, Mention) or part.kind not in ("product", "facility"):
        return []
    company = registry.load().companies.get(_company_of(part))
    if company is None or (part.kind == "facility" and company.name.split()[0] not in part.surface):
        return []
    actor = scene.actors.get(company.company_id) or Actor(
        key=company.company_id,
        name=company.name,
        company_id=company.company_id,
        kinds=frozenset({company.kind}),
        mentions=(),
    )
    scene.actors.setdefault(actor.key, actor)
    return [Hit(actor, part.start_char, part.end_char, "product")]


def _pronoun(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    word = tree.words[i]
    if word.lower in ("he", "she", "that", "who", "which"):
        return []
    if word.lower in ("they", "them", "their") and len(scene.pair) > 1:
        return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in scene.pair]
    before = _subject_before(tree, i, scene)
    key = before or (scene.recent[0] if scene.recent else "")
    return [Hit(scene.actors[key], word.start_char, word.end_char, "anaphor")] if key else []


def _subject_before(tree: Tree, i: int, scene: Scene) -> str:
    """The nearest earlier subject of the sentence that names a company."""
    for at in range(i - 1, -1, -1):
        if tree.words[at].dep in ("nsubj", "nsubjpass"):
            actor = scene.actor_at(tree.words[at].ref)
            if actor is not None:
                return actor.key
    return ""


def _owner(tree: Tree, i: int, scene: Scene) -> Hit | None:
    """ "the Facebook owner", "the maker of Claude", "Tamsin's parent": the company behind a product or brand."""
    if tree.text(i) not in OWNERS:
        return None
    for child in tree.subtree(i):
        ref = tree.words[child].ref
        part = scene.parts[ref] if ref >= 0 else None
        if (
            isinstance(part, Mention)
            and part.kind in ("product", "company")
            and child != i
            and tree.words[child].dep != "poss"
        ):
            owner = _company_of(part)
            actor = scene.actors.get(owner)
            if actor is not None and owner != getattr(part, "registry_id", ""):
                return Hit(actor, tree.words[i].start_char, tree.words[i].end_char, "anaphor")
    return None


def _company_of(part: Mention) -> str:
    known = registry.load()
    if part.kind == "facility" and part.registry_id in known.facilities:
        return known.facilities[part.registry_id].company_id
    if part.kind == "product" and part.registry_id in known.products:
        company_id = known.products[part.registry_id].company_id
        return company_id
    if part.kind == "company" and part.registry_id in known.companies:
        return known.companies[part.registry_id].parent_id
    return ""


def _members(tree: Tree, i: int, scene: Scene, depth: int) -> list[Hit]:
    """ "a group of A, B and C", "a consortium that includes A", "a round led by A", "investors including A"."""
    if tree.text(i) not in GROUPS:
        return []
    hits: list[Hit] = []
    for child in tree.children(i):
        dep, text = tree.words[child].dep, tree.text(child)
        if dep == "prep" and text in ("of", "including", "from", "like", "with", "between", "by"):
            targets = tree.children(child, "pobj")
        elif dep in ("acl", "relcl"):
            targets = [p for by in tree.children(child, "agent") for p in tree.children(by, "pobj")] + tree.children(
                child, "dobj"
            )
        elif dep == "appos":
            targets = [child]
        else:
            continue
        for target in targets:
            hits += [
                Hit(h.actor, h.start_char, h.end_char, "member")
                for h in actors_of(tree, target, scene, depth=depth + 1)
            ]
    return hits


def _anaphor(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    """ "the company", "the two", "the Finnish utility", "its landlord": whom the noun phrase speaks of."""
    word = tree.words[i]
    determiners = {tree.text(c) for c in tree.children(i, "det", "poss", "predet", "amod", "nummod")}
    if word.lower in ("two", "pair", "duo", "three", "trio", "both", "each", "either") or (
        word.lower in PLURAL_ANAPHORS | {"operators", "makers", "developers"}
        and determiners & (DEMONSTRATIVES | {"two", "three"})
    ):
        keys = scene.pair if len(scene.pair) > 1 else tuple(scene.recent[: 3 if word.lower in ("three", "trio") else 2])
        return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in keys]
    if not determiners & {"the", "this", "that"}:
        return []
    nouns, _ = load_descriptors()
    compound = " ".join([tree.text(c) for c in tree.children(i, "compound", "amod")] + [word.lower])
    noun = next((n for n in (compound, " ".join(compound.split()[-2:]), word.lower) if n in nouns), "")
    if not noun:
        return []
    if any(scene.actor_at(tree.words[c].ref) for c in tree.subtree(i)):
        return []
    kind = nouns[noun]
    order = list(dict.fromkeys([k for k in [_subject_before(tree, i, scene)] if k] + scene.recent))
    actors = [a for key in order if _was_named(a := scene.actors[key], word.start_char)]
    found = next((a for a in actors if noun in a.descriptors or (kind and kind in a.kinds)), None)
    found = found or next((a for a in actors if a.kinds & ALIKE.get(kind, frozenset())), None)
    if found is None and noun in GENERIC:
        found = actors[0] if actors else None
    if found is None and kind:
        found = next((a for a in actors if not a.kinds or (noun == "startup" and not a.kinds & GIANTS)), None)
    if found is None and len(scene.actors) == 1:
        found = next((a for a in scene.actors.values() if _was_named(a, word.start_char)), None)
    return [Hit(found, word.start_char, word.end_char, "anaphor")] if found else []


def _was_named(actor: Actor, before: int) -> bool:
    """ "The company" refers back, never on."""
    return bool(actor.mentions) and actor.mentions[0].start_char < before


@dataclass(frozen=True, slots=True)
class Matter:
    """What a phrase is about: kinds of things with the place of the word, votes for deal types."""

    kinds: frozenset[str]
    votes: tuple[tuple[str, float], ...]


def matter_of(tree: Tree, i: int, scene: Scene, *, deep: bool = True, modifiers: bool = False) -> Matter:
    """Kinds and votes of the phrase headed by ``i``: its head, modifiers, "of" and "for" complements and conjuncts."""
    kinds: set[str] = set()
    votes: dict[str, float] = {}
    heads = tree.conjuncts(i) + [
        c for c in tree.children(i, "appos") if tree.text(c) in ("mw", "gw", "megawatts", "gigawatts")
    ]
    for head in heads:
        _weigh(tree, head, scene, kinds, votes, 1.0 if head == i else 0.7, head=True)
        if scene.actor_at(tree.words[head].ref) is not None:
            continue
        told: set[str] = set()
        for child in tree.children(head, "compound", "amod", "nmod", "nummod", "npadvmod", "poss", "dep", "quantmod"):
            for below in tree.subtree(child):
                _weigh(tree, below, scene, told, votes, 0.9, head=False)
        kinds |= told if modifiers or not kinds & HEADS else told & MEASURES
        if not deep:
            continue
        for child in tree.children(head, "prep"):
            if tree.text(child) in ("of", "for", "on", "to", "in", "about", "over"):
                near = tree.text(child) == "of"
                for target in tree.children(child, "pobj"):
                    for below in [target, *tree.children(target, "compound", "amod", "nmod")]:
                        _weigh(
                            tree,
                            below,
                            scene,
                            kinds,
                            votes,
                            0.8 if near else 0.5,
                            head=near and below == target and not scene.actor_at(tree.words[below].ref),
                        )
                    if near and scene.actor_at(tree.words[target].ref):
                        kinds.add(
                            "stake"
                            if _is_share(tree, head, scene)
                            else "company"
                            if tree.text(head) in WHOLE
                            else "of_company"
                        )
                    if near and (
                        tree.words[target].ref >= 0
                        or tree.words[target].tag == "CD"
                        or tree.text(target) in ("capacity", "worth", "amount")
                    ):
                        inner = matter_of(tree, target, scene)
                        kinds |= inner.kinds - {"company"}
                        for vote, weight in inner.votes:
                            votes[vote] = votes.get(vote, 0) + 0.6 * weight
    return Matter(frozenset(kinds), tuple(sorted(votes.items())))


def _weigh(
    tree: Tree, i: int, scene: Scene, kinds: set[str], votes: dict[str, float], weight: float, *, head: bool
) -> None:
    word = tree.words[i]
    if word.ref >= 0:
        part = scene.parts[word.ref]
        if isinstance(part, Mention):
            if part.kind in PARTY_KINDS:
                if head:
                    kinds.add("company")
            elif part.kind == "accelerator":
                kinds.add("chips")
                votes["chips"] = votes.get("chips", 0) + 0.6 * weight
            elif part.kind == "facility":
                kinds |= {"named", "site"}
            elif part.kind == "place":
                kinds.add("place")
            elif part.kind == "product":
                kinds.add("product")
                _product(part, kinds, votes, weight)
        elif isinstance(part, Power):
            kinds.add("mw")
        elif isinstance(part, Accelerators):
            kinds |= {"gpus", "chips"}
            votes["chips"] = votes.get("chips", 0) + 0.5 * weight
        elif isinstance(part, Money):
            kinds.add("money" if head else "priced")
        elif isinstance(part, Area):
            if re.search(r"acre|hectare", part.surface):
                kinds.add("land")
        elif isinstance(part, Share):
            kinds.add("share")
        elif not isinstance(part, Duration):
            return
        return
    if word.lower == "it" and head:
        kinds.add("it")
    thing = thing_at(tree, i)
    if thing is not None:
        if head or thing.kind not in ("business", "land"):
            kinds.add(thing.kind)
        for vote, amount in thing.votes.items():
            votes[vote] = votes.get(vote, 0) + amount * weight


def _is_share(tree: Tree, i: int, scene: Scene) -> bool:
    ref = tree.words[i].ref
    return tree.text(i) in ("%", "percent", "half", "majority", "third", "quarter", "thirds", "quarters") or (
        ref >= 0 and isinstance(scene.parts[ref], Share)
    )


def _product(part: Mention, kinds: set[str], votes: dict[str, float], weight: float) -> None:
    product = registry.load().products.get(part.registry_id)
    kind = product.kind if product else ""
    if kind in ("service", "cloud", "platform"):
        kinds.add("compute")
        votes["compute"] = votes.get("compute", 0) + 1.2 * weight
    elif kind in ("chip", "accelerator", "processor", "server", "system", "memory", "network"):
        kinds.add("chips")
        votes["chips"] = votes.get("chips", 0) + 1.2 * weight


def thing_at(tree: Tree, i: int):  # type: ignore[no-untyped-def]
    """The longest registered phrase that ends at word ``i``, or None."""
    things = load_things()
    for length in (4, 3, 2, 1):
        first = i - length + 1
        if first < 0:
            continue
        phrase = _joined(tree, first, i)
        if phrase in things:
            return things[phrase]
    return None


def _joined(tree: Tree, first: int, last: int) -> str:
    out = ""
    for k in range(first, last + 1):
        word = tree.words[k].lower
        out += word if word == "-" or out.endswith("-") or not out else " " + word
    return out
