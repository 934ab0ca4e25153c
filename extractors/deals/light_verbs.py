"""The verb over a deal noun that lends it a side: "signs a lease", "wins a loan", "is among the investors in"."""

from __future__ import annotations

from extractors.deals.arguments import Argument
from extractors.deals.frames import Frame, frames_by_form
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

BESIDE = frozenset("as after amid despite following before since".split())
LENDS_NOTHING = forms_of(  # what may be done to a deal by those who are no party to it
    "guarantee backstop say tell describe estimate forecast predict value call know think compare breach sue "
    "criticise question "
    "exclude precede follow mention cite note discuss oversee regulate examine probe study investigate "
    "permit advise manage mean show make break need require await face welcome applaud attack oppose "
    "challenge dispute fault assess rate price average exceed total represent bring attract drive boost "
    "spur help hurt lift depress fear doubt expect".split()
)
GOING = forms_of(("go", "come", "deal", "agree", "proceed"))
VOUCHED = frozenset("guarantee guarantees guaranty backstop backstops".split())
NEARING = frozenset("close closer near nearer".split())
TALKS = frozenset("talks talk discussions negotiations discussion negotiation".split())


def light_verb(tree: Tree, noun: int, deal_type: str) -> tuple[int | None, Frame | None]:
    """The verb that makes or breaks what the noun names, and its light frame for deals of that type."""
    at = noun
    talks = tree.text(noun) in TALKS
    for _ in range(4):
        word = tree.words[at]
        head = word.head
        if head == at or tree.text(head) in VOUCHED:
            return None, None  # "a guarantee for the loan" lends nothing
        if word.dep == "prep" and word.lower in BESIDE:
            return None, None
        if word.dep == "prep" and word.lower == "to" and tree.text(head) in NEARING:  # "is close to a loan from X"
            at, head = head, tree.words[head].head
            word = tree.words[at]
        if tree.is_verb(head) and word.dep in (
            "dobj",
            "nsubjpass",
            "prep",
            "attr",
            "dative",
            "oprd",
            "agent",
            "npadvmod",
            "acomp",
        ):
            table = frames_by_form()
            forms = [
                tree.text(head),
                *(f"{tree.text(head)} {tree.text(c)}" for c in tree.children(head, "prt", "advmod")),
            ]
            light = next(
                (f for form in forms for f in table.get(form, ()) if f.pos == "light" and f.type in ("", deal_type)),
                None,
            )
            lends = word.dep in ("dobj", "nsubjpass") and at == noun and tree.text(head) not in LENDS_NOTHING
            if light is None and (talks or lends):  # "draws a loan", "bags a lease": a verb like any light one
                light = next(f for f in table["discuss"] if f.pos == "light")
            return (head, light) if light else (None, None)
        if word.dep not in ("pobj", "conj", "prep", "dobj", "compound", "appos") or (
            word.dep == "prep"
            and tree.text(at) not in ("of", "in", "into", "on", "over", "for", "about", "with", "through")
        ):
            return None, None
        at = head
    return None, None


def means(tree: Tree, noun: int, *, beside_frame: bool = False) -> tuple[int | None, Frame | None]:
    """The verb of what a deal is done for, as if it signed the deal: "boosts its footprint with a $3 billion lease"."""
    word = tree.words[noun]
    if word.dep != "pobj" or tree.text(word.head) not in ("with", "via", "through"):
        return None, None
    head = tree.words[word.head].head
    if beside_frame:
        head = next((a for a in tree.ancestors(noun) if tree.is_verb(a)), head)
    elif not tree.is_verb(head):  # "expand footprint with land acquisition" hangs on the noun
        head = tree.words[head].head if tree.words[head].dep == "dobj" else head
    table = frames_by_form()
    if tree.children(head, "prt", "neg") or tree.text(head) in GOING:  # "need not go through with its purchase"
        return None, None
    has_frame = any(f.pos == "verb" for f in table.get(tree.text(head), ()))
    if not tree.is_verb(head) or (has_frame and not beside_frame):
        return None, None
    return head, next(f for f in table["sign"] if f.pos == "light")


def lent(light: Frame, frame: Frame, argument: Argument, *, direct: bool) -> str:
    """The role that a light verb's phrase plays: its own for the deals that it is of, else the noun's."""
    own = light.roles.get(argument.relation, "")
    if light.type and (light.type != frame.type or not direct):
        own = ""
    return own or frame.roles.get(argument.relation, "")


def is_permit(tree: Tree, governor: int) -> bool:
    """Whether a verb permits or stops a site, which who does so does not build."""
    return any(f.frame_id == "approve_site" for f in frames_by_form().get(tree.text(governor), ()))


def another_between(tree: Tree, noun: int, stop: int) -> bool:
    """Whether a second deal is told before ``stop``: "announces lease with X and sale of Y to Z"."""
    table = frames_by_form()
    return any(
        tree.text(k - 1) in ("and", "&") and any(f.pos == "noun" for f in table.get(tree.text(k), ()))
        for k in range(noun + 2, stop)
    )
