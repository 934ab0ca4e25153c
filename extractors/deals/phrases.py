"""Whom a phrase means: the companies that it names or refers to."""

from __future__ import annotations

from dataclasses import replace

from extractors import registry
from extractors.deals.called import PLAYERS
from extractors.deals.cast import OWNERS, PLURAL_ANAPHORS, Actor, load_descriptors, names_cloud
from extractors.deals.lists import listed_after
from extractors.deals.matter import WHOLE
from extractors.deals.pronouns import PRONOUNS, of_two, parent_of, pronoun, spoken_of, subjects_together, was_named
from extractors.deals.roles import is_moneyed
from extractors.deals.scene import VENTURE, Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Mention
from extractors.registry.verbs import forms_of

GROUPS = frozenset(
    "group club consortium investors lenders banks syndicate team trio pair backers companies "
    "partners fund funds firms round club investor "
    "participation arm combination series string number maker".split()
)


DEMONSTRATIVES = frozenset("the its their this that both these those".split())


MAKES = frozenset("makes intends is has".split()) | forms_of(
    "build own run operate develop plan put construct erect finish complete open prepare expand".split()
)


MORE = frozenset("additional further more other others".split())


COUNTED = frozenset("two pair duo three trio both each either".split())


KIN = frozenset("company firm startup group operator developer".split())


ISSUER = frozenset("company group corporation".split())


GENERIC = frozenset(
    "concern outfit enterprise player upstart company group firm business corporation maker provider giant".split()
)


ALIKE = {"utility": frozenset({"power_producer", "nuclear"}), "datacenter_operator": frozenset({"reit", "miner_host"})}


ONE_OF = frozenset("one another two some several".split())


GIANTS = frozenset("cloud chipmaker internet".split())
BYSTANDERS = frozenset({"grid operator", "grid company", "transmission company"})  # rarely who a story is about


RELATED = frozenset(  # whoever it is, it is not the company itself: "EdgeConneX's neighbor"
    "neighbor neighbors neighbour neighbours rival rivals competitor competitors peer peers customer customers client "
    "clients tenant tenants supplier suppliers vendor vendors landlord creditor creditors critic critics counterpart "
    "predecessor successor spokesman spokeswoman founder founders employees staff workers users".split()
)


ORGANISED = frozenset(
    "unit arm subsidiary division affiliate parent business cloud platform consortium group "
    "fund venture team vehicle spv owners estate administrators liquidators receivers trustees".split()
)


def actors_of(tree: Tree, i: int, scene: Scene, *, depth: int = 0, before: int | None = None) -> list[Hit]:
    """The companies that the phrase headed by ``i`` stands for, coordinated ones included."""
    if depth > 6:
        return []
    hits: list[Hit] = []
    for head in tree.conjuncts(i):
        if (tree.is_verb(head) and tree.words[head].ref < 0) or (before is not None and head != i and head > before):
            continue
        hits += _actors_of_head(tree, head, scene, depth)
        if before is None and scene.actor_at(tree.words[head].ref) is not None:
            hits += [h for k in listed_after(tree, head, scene) for h in _actors_of_head(tree, k, scene, depth)]
    unique: dict[str, Hit] = {}
    for hit in hits:
        unique.setdefault(hit.actor.key, hit)
    return list(unique.values())


def dealing(tree: Tree, i: int, scene: Scene, *, before: int | None = None) -> list[Hit]:
    """``actors_of`` a phrase that acts or is dealt with, where a cloud is as good as its company: "with Azure"."""
    hits = actors_of(tree, i, scene, before=before)
    return [replace(h, how="head") if h.how == "product" and _is_cloud(h, scene) else h for h in hits]


def _is_cloud(hit: Hit, scene: Scene) -> bool:
    _, named = scene.between(hit.start_char, hit.start_char + 1)
    return any(isinstance(part, Mention) and names_cloud(part) for part in named)


def _actors_of_head(tree: Tree, i: int, scene: Scene, depth: int) -> list[Hit]:
    word = tree.words[i]
    actor = scene.actor_at(word.ref)
    if actor is not None:
        part = scene.parts[word.ref]
        return [Hit(actor, part.start_char, part.end_char, "head")]
    if word.lower in PRONOUNS:
        teller = _teller(tree, i)
        return pronoun(tree, i, scene) if teller < 0 else _actors_of_head(tree, teller, scene, depth + 1)
    if word.ref >= 0 and not isinstance(scene.parts[word.ref], Mention):
        targets = tree.objects_of(i, "of")
        return [
            Hit(h.actor, h.start_char, h.end_char, h.how if h.how == "product" else "of")
            for target in targets
            for h in actors_of(tree, target, scene, depth=depth + 1)
        ]
    appositions = [
        h for c in tree.children(i, "appos") for h in actors_of(tree, c, scene, depth=depth + 1) if h.how == "head"
    ]
    if appositions and word.lower in ONE_OF:  # "one of its customers, X"
        return appositions
    if word.lower in WHOLE:
        wholes = tree.objects_of(i, "of")
        inner = [h for p in wholes for h in actors_of(tree, p, scene, depth=depth + 1)]
        if inner:
            return inner
    owned = _owner(tree, i, scene)
    if owned is not None:
        return [owned]
    if appositions:
        return appositions
    members = _members(tree, i, scene, depth)
    if members:
        return members
    anaphor = _anaphor(tree, i, scene)
    if anaphor:
        return anaphor
    if word.lower in RELATED:
        return []
    if parent := parent_of(tree, i, scene):
        return [parent]
    if word.lower in ORGANISED and tree.children(i, "poss"):  # "Microsoft's M12 fund": called so
        called = [c for c in tree.children(i, "compound") if scene.company_at(tree.words[c].ref)]
        if called:
            return _actors_of_head(tree, called[-1], scene, depth + 1)
    hits: list[Hit] = product_owner(word.ref, scene)
    owned_by_name = bool(tree.children(i, "poss"))
    for child in tree.children(i):
        dep = tree.words[child].dep
        if dep in ("compound", "nmod"):
            hits += product_owner(tree.words[child].ref, scene)
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


def product_owner(ref: int, scene: Scene) -> list[Hit]:
    """Who sells a product that stands for its maker ("to Azure")."""
    part = scene.parts[ref] if ref >= 0 else None
    if not isinstance(part, Mention) or part.kind not in ("product", "facility"):
        return []
    company = registry.load().companies.get(_company_of(part))
    if company is None or (part.kind == "facility" and company.name.split()[0] not in part.surface):
        return []
    known = scene.actors.get(company.company_id) or scene.actors.get(company.parent_id)  # Trainium is Amazon's, too
    actor = known or Actor(
        key=company.company_id,
        name=company.name,
        company_id=company.company_id,
        kinds=frozenset({company.kind}),
        mentions=(),
    )
    scene.actors.setdefault(actor.key, actor)
    return [Hit(actor, part.start_char, part.end_char, "product")]


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
            by_whom = [*tree.children(child, "agent"), *tree.children(child, "prep")]  # "led by A", "made up of A"
            told = [by for by in by_whom if tree.text(by) in ("by", "of", "from", "including")]
            targets = [p for by in told for p in tree.children(by, "pobj")] + tree.children(child, "dobj")
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
    if word.lower == "each" and i > 0 and tree.words[i - 1].ref >= 0 and scene.actor_at(tree.words[i - 1].ref) is None:
        return []  # "campuses of 100 MW each"
    if word.lower in ("each", "both") and _follows_pair(tree, i):
        return []  # "it and X set up a venture, half owned by each"
    if word.lower in ("two", "three") and any(tree.text(c) in MORE for c in tree.children(i, "amod")):
        return []  # "two more will follow"
    of_what = tree.objects_of(i, "of")
    if any(tree.words[p].tag.startswith("NN") and tree.words[p].ref < 0 for p in of_what) and word.lower in COUNTED:
        return []  # "a pair of gas units"
    if word.lower in ("two", "pair", "duo", "three", "trio", "both", "each", "either") or (
        word.lower in PLURAL_ANAPHORS | {"operators", "makers", "developers"} and determiners & DEMONSTRATIVES
    ):
        recent = scene.pair if len(scene.pair) > 1 else scene.recent[: 3 if word.lower in ("three", "trio") else 2]
        keys = subjects_together(tree, i, scene) or recent
        return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in keys]
    beside = {b for c in tree.children(i, "relcl", "conj") for b in tree.subtree(c)}  # "the firm, which lets to X"
    named = any(scene.actor_at(tree.words[c].ref) for c in tree.subtree(i) if c not in beside)
    is_trade = bool(tree.children(i, "compound"))  # "the data center landlord": what it is, not in which deal
    if word.lower in PLAYERS and not named and not is_trade and (of_role := _in_role(tree, i, scene)):
        return of_role
    if word.lower in ("former", "latter") and "the" in determiners:
        return of_two(tree, i, scene)
    if VENTURE.key in scene.actors and _is_venture(tree, i, determiners):
        return [Hit(VENTURE, word.start_char, word.end_char, "anaphor")]
    bare = not determiners and _in_later_part(scene, word.start_char)
    if not bare and not determiners & {"the", "this", "that", "his", "her"}:
        return []
    nouns, _ = load_descriptors()
    compound = " ".join([tree.text(c) for c in tree.children(i, "compound", "amod")] + [word.lower])
    noun = next((n for n in (compound, " ".join(compound.split()[-2:]), word.lower) if n in nouns), "")
    if not noun:
        return []
    if named and not _is_of_parent(tree, i, scene):
        return []
    if word.text.istitle() and word.lower in ISSUER and scene.topic:  # "the Company" announces what it does
        return [Hit(scene.actors[scene.topic], word.start_char, word.end_char, "anaphor")]
    kind = nouns[noun]
    actors = [a for a in map(scene.actors.__getitem__, spoken_of(tree, i, scene)) if was_named(a, word.start_char)]
    found: Actor | None = next((a for a in actors if noun in a.descriptors or (kind and kind in a.kinds)), None)
    found = found or next((a for a in actors if a.kinds & ALIKE.get(kind, frozenset())), None)
    if noun in BYSTANDERS:
        return [Hit(found, word.start_char, word.end_char, "anaphor")] if found else []
    if found is None and noun in GENERIC:
        later = {named_later.key for w in tree.words[i + 1 :] if (named_later := scene.actor_at(w.ref)) is not None}
        found = next((a for a in actors if a.key not in later), None)  # "the company will use Nokia's routers"
        if found is not None and word.lower == "company" and is_moneyed(found):  # no fund, where the story has one
            found = next((a for a in actors if a.key == scene.topic and a.key not in later), found)
    if found is None and kind:
        found = next((a for a in actors if not a.kinds or (noun == "startup" and not a.kinds & GIANTS)), None)
    if found is None and len(scene.actors) == 1 and not bare:
        found = next((a for a in scene.actors.values() if was_named(a, word.start_char)), None)
    return [Hit(found, word.start_char, word.end_char, "anaphor")] if found else []


def _in_later_part(scene: Scene, at: int) -> bool:
    """Whether a place stands behind a headline's semicolon, where nouns lose their article: "…; utility to invest"."""
    return ";" in scene.text[:at] and "\n" not in scene.text[:at]


def _teller(tree: Tree, i: int) -> int:
    """Of whom a pronoun's clause is told: "The grid operator replied that it had …"; -1 where no noun says."""
    verb = tree.words[i].head
    if tree.words[i].dep != "nsubj" or tree.text(i) != "it" or tree.words[verb].dep != "ccomp":
        return -1
    nouns, _ = load_descriptors()
    tellers = [s for s in tree.children(tree.words[verb].head, "nsubj") if s < i and tree.words[s].ref < 0]
    return next((s for s in tellers if tree.text(s) in nouns), -1)


def _follows_pair(tree: Tree, i: int) -> bool:
    """Whether a pronoun and somebody else are the subject that a word like "each" looks back to."""
    subjects = [w.i for w in tree.words[:i] if w.dep == "nsubj" and w.lower in ("it", "they")]
    return any(tree.children(s, "conj") or len(tree.children(tree.words[s].head, "nsubj")) > 1 for s in subjects)


def _is_of_parent(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a noun only says whose a company is: "the Hiranandani group firm", "the SoftBank-backed company"."""
    if tree.text(i) not in KIN:
        return False
    outer = [c for c in tree.subtree(i) if scene.actor_at(tree.words[c].ref) is not None]
    return all(tree.words[c].dep in ("compound", "npadvmod") and c < i for c in outer)


def _is_venture(tree: Tree, i: int, determiners: set[str]) -> bool:
    """Whether a phrase means the joint venture told of: "the venture", "the new company", "their joint entity"."""
    if not determiners & {"the", "this", "that", "their"}:
        return False
    described = determiners | {tree.text(c) for c in tree.children(i, "compound")}
    word = tree.text(i)
    return word in ("venture", "jv") or (word in ("company", "entity", "firm") and bool(described & {"new", "joint"}))


def _in_role(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    """ "The borrower", "its supplier", "the tenant": who was told to be that, of whoever the possessor is."""
    word = tree.words[i]
    owners = tree.children(i, "poss")
    if owners:
        held = actors_of(tree, owners[0], scene, depth=5)
        keys = scene.in_role(PLAYERS[word.lower], held[0].actor.key) if len(held) == 1 else []
    elif {"the", "this", "that"} & {tree.text(c) for c in tree.children(i, "det")}:
        keys = scene.in_role(PLAYERS[word.lower])
    else:
        keys = []
    if not word.lower.endswith("s"):
        keys = keys if len(keys) == 1 else []
    return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in keys]
