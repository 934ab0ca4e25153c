"""The verb over a deal noun that lends it a side: "signs a lease", "wins a loan", "is among the investors in"."""

from __future__ import annotations

from extractors.deals.argument import RELATIVES, Argument
from extractors.deals.frames import Frame, frames_by_form
from extractors.deals.tree import Tree
from extractors.deals.two_objects import two_objects
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
TELLING = forms_of("tell inform notify advise".split())
COMPARING = forms_of("match mirror resemble echo compare exceed dwarf surpass".split())
VOUCHED = frozenset("guarantee guarantees guaranty backstop backstops".split())
NEARING = frozenset("close closer near nearer".split())
GIVING = forms_of(("give", "grant", "guarantee", "assure", "secure", "hand", "bring", "allocate"))
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
            light = _light_frame(tree, head, deal_type)
            lends = word.dep in ("dobj", "nsubjpass") and at == noun and tree.text(head) not in LENDS_NOTHING
            if light is None and (talks or lends):  # "draws a loan", "bags a lease": a verb like any light one
                light = next(f for f in frames_by_form()["discuss"] if f.pos == "light")
            return (head, light) if light else (None, None)
        if word.dep not in ("pobj", "conj", "prep", "dobj", "compound", "appos") or (
            word.dep == "prep"
            and tree.text(at) not in ("of", "in", "into", "on", "over", "for", "about", "with", "through")
        ):
            return None, None
        at = head
    return None, None


def made_in_clause(tree: Tree, noun: int, deal_type: str) -> tuple[int | None, Frame | None]:
    """The verb of the clause that says who made what the noun names: "the contract that X signed with Y"."""
    if any(tree.text(a) in COMPARING for a in tree.ancestors(noun)):
        return None, None  # "the terms match those of the lease that X signed in January": another deal's
    for verb in tree.children(noun, "relcl", "acl"):
        subjects = tree.children(verb, "nsubj")
        others = (w for w in tree.children(verb, "dobj") if tree.text(w) not in RELATIVES)
        of_noun = all(two_objects(tree, verb, w) is not None for w in others)
        if subjects and of_noun and not any(tree.text(w) in RELATIVES for w in subjects):
            return verb, _light_frame(tree, verb, deal_type)
    return None, None


def _light_frame(tree: Tree, verb: int, deal_type: str) -> Frame | None:
    """The light frame of a verb, or of a verb with its particle, for deals of a type."""
    text, table = tree.text(verb), frames_by_form()
    forms = [text, *(f"{text} {tree.text(c)}" for c in tree.children(verb, "prt", "advmod"))]
    found = (f for form in forms for f in table.get(form, ()) if f.pos == "light" and f.type in ("", deal_type))
    return next(found, None)


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


def told_whom(tree: Tree, governor: int) -> list[Argument]:
    """Whom somebody tells what becomes of their deal: "told Norvane that it would not renew the lease"."""
    word = tree.words[governor]
    its_own = any(tree.text(s) in ("it", "they") for s in tree.children(governor, "nsubj"))
    if word.dep != "ccomp" or not its_own or tree.text(word.head) not in TELLING:
        return []
    return [Argument("with", child) for child in tree.children(word.head, "dobj", "dative")]


def giving(tree: Tree, noun: int) -> list[int]:
    """The verbs by which a deal itself gives somebody something: "a deal with X that gives Y 45 MW"."""
    return [
        verb
        for verb in tree.children(noun, "relcl")
        if tree.text(verb) in GIVING and all(tree.words[s].tag in ("WDT", "WP") for s in tree.children(verb, "nsubj"))
    ]


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
