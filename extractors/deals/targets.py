"""What is bought or sold that is no company of the cast: "ABB's robotics division", "three older data centres"."""

from __future__ import annotations

from extractors.deals.argument import Argument
from extractors.deals.event import DEFINITE, DIRECT
from extractors.deals.frames import Frame
from extractors.deals.localities import is_broad
from extractors.deals.matter import Matter, is_percentage, matter_of, thing_at
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Mention

ASSETS = frozenset({"business", "business_site", "plant_gear", "space"})
UNITS = frozenset("arm business division operations subsidiary unit".split())
CENTRES = frozenset("centers centres datacenters datacentres".split())
STAKES = frozenset({"stake", "share"})
PORTFOLIOS = frozenset("portfolio fleet collection package".split())


def _is_name(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a word names a company, site or product: what makes a business one that can be told from others."""
    ref = tree.words[i].ref
    part = scene.parts[ref] if ref >= 0 else None
    return isinstance(part, Mention) and part.kind != "place"


def find_target(
    tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene, bindings: list[tuple[Hit, str, bool]]
) -> tuple[int, int] | None:
    """The words for what is bought or sold and is no company: "ABB's robotics division", a named site.

    Of a stake, what it is a part of: "its 40% holding in the Skerra battery project".
    """
    if any(role in ("target", "investee") and hit.how in DIRECT for hit, role, _ in bindings):
        return None
    if STAKES & frame.things or any(is_percentage(tree, a.word, scene) for a in arguments if a.relation == "object"):
        wholes = (whole for a in arguments if a.relation != "subject" for whole in _wholes(tree, a))
        return next((_named_words(tree, i) for i in wholes if _is_named_asset(tree, i, scene)), None)
    if frame.type != "acquisition":
        return None
    own = frame.roles.get("subject") == "seller"
    owned = frame.pos == "noun" or not own
    relations = {relation for relation, role in frame.roles.items() if role == "target"}
    for argument in arguments:
        if argument.relation not in relations or tree.words[argument.word].tag.startswith("PRP"):
            continue
        if (named_site := _site_at(tree, argument.word, scene)) is not None:
            return named_site
        matter = matter_of(tree, argument.word, scene, deep=False)
        named = "named" in matter.kinds
        if _is_asset(tree, argument.word, matter, scene, may_be_own=own, may_be_owned=owned):
            return _asset_words(tree, argument.word, scene)
        is_own = frame.frame_id == "sell_business" and _is_bare_unit(tree, argument.word)
        if not ({"business"} & matter.kinds or named) or not (is_own or _is_told_apart(tree, argument.word, scene)):
            continue
        span = [w for w in tree.subtree(argument.word) if w <= argument.word]
        its = [c for c in tree.children(argument.word, "poss") if tree.words[c].tag == "PRP$"]
        described = tree.text(argument.word) != "assets" and tree.children(argument.word, "amod", "compound", "nmod")
        for child in [*tree.children(argument.word, "det"), *(its if described else ())]:
            span = [w for w in span if w != child]  # "its Argentine oilfield unit"
        if not span or tree.text(span[0]) in DEFINITE:
            continue
        start, end = tree.words[span[0]].start_char, tree.words[argument.word].end_char
        return start, end
    return None


def _wholes(tree: Tree, argument: Argument) -> list[int]:
    """What a share is a share of: "49% of X's arm", "a holding in the project"."""
    whose = [c for c in tree.children(argument.word, "prep") if tree.text(c) in ("in", "of")]
    direct = [argument.word] if argument.relation in ("in", "of") else []
    return [*(p for c in whose for p in tree.children(c, "pobj")), *direct]


def _is_named_asset(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a project, site or business is told apart by a name before it: "the Skerra battery project"."""
    if tree.words[i].ref >= 0 or not matter_of(tree, i, scene, deep=False).kinds & {*ASSETS, "site"}:
        return False
    return any(_is_name(tree, below, scene) for below in tree.subtree(i) if below < i)


def _named_words(tree: Tree, i: int) -> tuple[int, int]:
    """A noun with the name and what else stands before it, without article and numbers."""
    first = min(tree.subtree(i))
    while first < i and (tree.words[first].tag in ("DT", "CD", "PRP$") or tree.words[first].dep == "punct"):
        first += 1
    return tree.words[first].start_char, tree.words[i].end_char


def whole_alone(target: tuple[int, int] | None, bindings: list[tuple[Hit, str, bool]]) -> list[tuple[Hit, str, bool]]:
    """The bindings without names that are only part of what is bought: "Skerra" in "the Skerra battery project"."""
    first, last = target or (0, 0)
    bought = ("target", "investee")
    return [b for b in bindings if b[1] not in bought or not first <= b[0].start_char < last]


def _site_at(tree: Tree, i: int, scene: Scene) -> tuple[int, int] | None:
    """The span of a site's name: "sold Bay Halls"."""
    part = scene.parts[tree.words[i].ref] if tree.words[i].ref >= 0 else None
    is_site = isinstance(part, Mention) and part.kind == "facility"
    return (part.start_char, part.end_char) if part is not None and is_site else None


def _is_bare_unit(tree: Tree, i: int) -> bool:
    """Whether a headline leaves out whose described business is sold: "to sell bitcoin business"."""
    described = tree.children(i, "compound", "amod", "nmod")
    return tree.text(i) in UNITS and bool(described) and not tree.children(i, "det", "poss")


def _is_told_apart(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a business is named or said to be somebody's: "X's cloud unit", "the hosting business of X"."""
    of_whom = tree.objects_of(i, "of")
    if any(tree.words[c].dep == "poss" or _is_name(tree, c, scene) for c in tree.children(i)):
        return True
    described = tree.children(i, "compound", "amod", "nmod")
    return bool(described) and any(scene.company_at(tree.words[p].ref) for p in of_whom)


def _is_asset(tree: Tree, i: int, matter: Matter, scene: Scene, *, may_be_own: bool, may_be_owned: bool) -> bool:
    """Whether a thing that is no company is sold: "an old factory", "three older data centres", not "the site".

    ``may_be_own``: of whoever sells it, "its old factory". ``may_be_owned``: of a company that sells it itself;
    "AMD hands over ZT's factories" sells ZT.
    """
    word = tree.words[i]
    if word.ref >= 0 or not matter.kinds & {*ASSETS, "site"}:
        return False
    owners = tree.children(i, "poss")
    its_own = may_be_own and any(tree.words[c].tag == "PRP$" for c in owners)  # "sells its old factory"
    if not its_own and not all(scene.company_at(tree.words[c].ref) and may_be_owned for c in owners):
        return False
    if "business" in matter.kinds and tree.text(i) not in PORTFOLIOS:
        return False
    thing = thing_at(tree, i)
    told = {tree.text(c) for c in tree.children(i, "det")}
    placed = _place_before(tree, i, scene) is not None
    is_told = its_own or placed or tree.text(i) in CENTRES
    return thing is not None and (thing.kind in ASSETS or is_told) and (placed or not told & {"the", "that", "this"})


def _place_before(tree: Tree, i: int, scene: Scene) -> int | None:
    """The word of the town or state that tells a site apart: "Brisbane sites", not "UK sites"."""
    for c in tree.children(i, "compound", "nmod", "amod"):
        part = scene.parts[tree.words[c].ref] if tree.words[c].ref >= 0 else None
        if isinstance(part, Mention) and part.kind in ("place", "facility") and not is_broad(part.surface):
            return c
    return None


def _asset_words(tree: Tree, i: int, scene: Scene) -> tuple[int, int]:
    """The noun with what describes it: "three older data centres", "portfolio of power plants"."""
    first = min([i, *tree.children(i, "amod", "compound", "nummod", "nmod")])
    place = _place_before(tree, i, scene)
    while first < (i if place is None else place) and (place is not None or tree.words[first].ref >= 0):
        first += 1  # "a $40 million printing works", "its 90 MW Valencia hall"
    of_what = tree.objects_of(i, "of")
    last = of_what[0] if tree.text(i) in PORTFOLIOS and of_what else i
    return tree.words[first].start_char, tree.words[last].end_char
