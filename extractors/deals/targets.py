"""What is bought or sold that is no company of the cast: "ABB's robotics division", "three older data centres"."""

from __future__ import annotations

from extractors.deals.arguments import Argument
from extractors.deals.event import DEFINITE, DIRECT
from extractors.deals.frames import Frame
from extractors.deals.matter import Matter, matter_of, thing_at
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Mention

ASSETS = frozenset({"business", "business_site", "plant_gear", "space"})
UNITS = frozenset("arm business division operations subsidiary unit".split())
CENTRES = frozenset("centers centres datacenters datacentres".split())
PORTFOLIOS = frozenset("portfolio fleet collection package".split())


def _is_name(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a word names a company, site or product: what makes a business one that can be told from others."""
    ref = tree.words[i].ref
    part = scene.parts[ref] if ref >= 0 else None
    return isinstance(part, Mention) and part.kind != "place"


def find_target(
    tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene, bindings: list[tuple[Hit, str, bool]]
) -> tuple[int, int] | None:
    """The words for a business bought or sold that is no company: "ABB's robotics division", a named site."""
    if frame.type != "acquisition" or any(role == "target" and hit.how in DIRECT for hit, role, _ in bindings):
        return None
    owned = frame.pos == "noun" or frame.roles.get("subject") != "seller"
    relations = {relation for relation, role in frame.roles.items() if role == "target"}
    for argument in arguments:
        if argument.relation not in relations or tree.words[argument.word].tag.startswith("PRP"):
            continue
        matter = matter_of(tree, argument.word, scene, deep=False)
        named = "named" in matter.kinds
        if _is_asset(tree, argument.word, matter, scene, may_be_owned=owned):
            return _asset_words(tree, argument.word)
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


def _is_bare_unit(tree: Tree, i: int) -> bool:
    """Whether a headline leaves out whose described business is sold: "to sell bitcoin business"."""
    described = tree.children(i, "compound", "amod", "nmod")
    return tree.text(i) in UNITS and bool(described) and not tree.children(i, "det", "poss")


def _is_told_apart(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a business is named or said to be somebody's: "X's cloud unit", "the hosting business of X"."""
    of_whom = [p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj")]
    if any(tree.words[c].dep == "poss" or _is_name(tree, c, scene) for c in tree.children(i)):
        return True
    described = tree.children(i, "compound", "amod", "nmod")
    return bool(described) and any(scene.company_at(tree.words[p].ref) for p in of_whom)


def _is_asset(tree: Tree, i: int, matter: Matter, scene: Scene, *, may_be_owned: bool) -> bool:
    """Whether a thing that is no company is sold: "an old factory", "three older data centres", not "the site".

    ``may_be_owned``: of a company that sells it itself; "AMD hands over ZT's factories" sells ZT.
    """
    word = tree.words[i]
    if word.ref >= 0 or not matter.kinds & {*ASSETS, "site"}:
        return False
    if not all(scene.company_at(tree.words[c].ref) and may_be_owned for c in tree.children(i, "poss")):
        return False
    if "business" in matter.kinds and tree.text(i) not in PORTFOLIOS:
        return False
    thing = thing_at(tree, i)
    told = {tree.text(c) for c in tree.children(i, "det")}
    several = thing is not None and tree.text(i) in CENTRES  # "three older data centres"
    return thing is not None and (thing.kind in ASSETS or several) and not told & {"the", "that", "this"}


def _asset_words(tree: Tree, i: int) -> tuple[int, int]:
    """The noun with what describes it: "three older data centres", "portfolio of power plants"."""
    first = min([i, *tree.children(i, "amod", "compound", "nummod", "nmod")])
    while first < i and tree.words[first].ref >= 0:  # "a $40 million printing works"
        first += 1
    of_what = [p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj")]
    last = of_what[0] if tree.text(i) in PORTFOLIOS and of_what else i
    return tree.words[first].start_char, tree.words[last].end_char
