"""Whom a pronoun means: the subject before it, whom the text spoke of last, the two named last."""

from __future__ import annotations

from extractors.deals.cast import Actor
from extractors.deals.matter import is_amount_told
from extractors.deals.origin import may_be_from, origin_of
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Mention
from extractors.registry.verbs import forms_of

SPEAKER = frozenset("we us our".split())
PRONOUNS = SPEAKER | frozenset("it they he she its their which who that them".split())
UNITS = frozenset("affiliate arm division subsidiary unit vehicle".split())
PARTS_OF_COMPANIES = frozenset(
    "shares stock units board boss chair chairman chairwoman chief director executive founder head president officer "
    "spokesman spokeswoman spokesperson".split()
)
DONE_BY_THINGS = forms_of("arrive consume cost generate produce weigh".split())
LOOK_BACK = 1500  # characters in which "the former" and "the latter" were named


def pronoun(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    """The company that a pronoun means; several for "they" and "their", none where it means a thing."""
    word = tree.words[i]
    if word.lower in SPEAKER:
        topic = scene.topic
        how = "its" if word.lower == "our" else "anaphor"
        return [Hit(scene.actors[topic], word.start_char, word.end_char, how)] if topic else []
    if word.lower in ("he", "she", "that", "who", "which"):
        return []
    if (word.lower == "them" and word.dep == "dobj") or is_amount_told(tree, i, scene):
        return []  # things, nearly always: "agreed to sell them to X"
    if word.lower == "they" and tree.text(word.head) in DONE_BY_THINGS:
        return []  # "They will generate 1.2 gigawatts between them"
    together = subjects_together(tree, i, scene) if word.lower in ("they", "their") else []
    if together:
        return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in together]
    if word.lower in ("they", "them", "their") and len(scene.pair) > 1:
        return [Hit(scene.actors[k], word.start_char, word.end_char, "anaphor") for k in scene.pair]
    before = subject_before(tree, i, scene)
    if word.dep in ("dobj", "dative", "pobj") and word.lower in ("it", "them") and before:
        other = next((k for k in scene.recent if k != before and was_named(scene.actors[k], word.start_char)), "")
        named_here = {a.key for w in tree.words[:i] if (a := scene.actor_at(w.ref)) is not None}
        if other and named_here == {before}:  # "Velmora is to furnish it with chips": not itself
            return [Hit(scene.actors[other], word.start_char, word.end_char, "anaphor")]
    if word.tag == "PRP$" and before and tree.words[word.head].dep == "attr":  # "X will be its partner": another's
        before = next((k for k in scene.recent if k != before and was_named(scene.actors[k], word.start_char)), before)
    before = _borrower(tree, i, before, scene) or before
    key = before or _explained(tree, i, scene) or (scene.recent[0] if scene.recent else "")
    return [Hit(scene.actors[key], word.start_char, word.end_char, "anaphor")] if key else []


def _borrower(tree: Tree, i: int, subject: str, scene: Scene) -> str:
    """The one company named beside a bank that acts: "X lent Y $400 million for chips, which it is buying"; or ""."""
    if not subject or scene.actors[subject].kinds != {"lender"}:
        return ""
    others = {a.key for w in tree.words[:i] if (a := scene.actor_at(w.ref)) is not None} - {subject}
    return others.pop() if len(others) == 1 else ""


def _explained(tree: Tree, i: int, scene: Scene) -> str:
    """The only company named before a colon that ``i`` follows: "None is happier than X: it raised …"."""
    if i == 0 or tree.words[i - 1].lower not in (":", "—", "–"):
        return ""
    named = {actor.key for w in tree.words[:i] if (actor := scene.actor_at(w.ref)) is not None}
    return named.pop() if len(named) == 1 else ""


def subjects_together(tree: Tree, i: int, scene: Scene) -> list[str]:
    """The companies that are one subject before word ``i``: "A and B ended their agreement"."""
    for at in range(i - 1, -1, -1):
        if tree.words[at].dep in ("nsubj", "nsubjpass"):
            members = [scene.actor_at(tree.words[k].ref) for k in tree.conjuncts(at) if k < i]
            named = [actor.key for actor in members if actor is not None]
            if len(named) > 1:
                return named
    return []


def subject_before(tree: Tree, i: int, scene: Scene) -> str:
    """The nearest earlier subject of the sentence that names a company, of a clause that ``i`` is not outside of."""
    above = set(tree.ancestors(i))
    for at in range(i - 1, -1, -1):
        verb = tree.words[at].head
        beside = tree.words[verb].dep in ("relcl", "acl") and verb not in above
        if tree.words[at].dep in ("nsubj", "nsubjpass") and not beside:
            # "her company, X, said it had …", "X's chips are financed by Y, which lent the company …"
            for named in (at, *tree.children(at, "appos", "poss"), *_stood_for(tree, at)):
                actor = scene.actor_at(tree.words[named].ref)
                if actor is not None:
                    return actor.key
    return ""


def _stood_for(tree: Tree, i: int) -> list[int]:
    """Of whom a subject is a part that stands for the whole: "shares in X rose after it", "the head of X said its"."""
    if tree.text(i) not in PARTS_OF_COMPANIES:
        return []
    whose = [c for c in tree.children(i, "prep") if tree.text(c) in ("in", "of", "at")]
    return [p for c in whose for p in tree.children(c, "pobj")]


def parent_of(tree: Tree, i: int, scene: Scene) -> Hit | None:
    """ "X disclosed that an unregulated subsidiary had agreed": the unit of whoever the sentence is about."""
    word = tree.words[i]
    unnamed = any(tree.text(c) in ("a", "an") for c in tree.children(i, "det"))
    if word.lower not in UNITS or word.dep != "nsubj" or not unnamed or tree.children(i, "prep", "compound"):
        return None
    key = subject_before(tree, i, scene)
    return Hit(scene.actors[key], word.start_char, word.end_char, "anaphor") if key else None


def spoken_of(tree: Tree, i: int, scene: Scene) -> list[str]:
    """Whom a noun ("the company", "the Canadian group") may mean, likeliest first: not the subject that acts on it.

    Where the noun says where the company is from, those from elsewhere are left out, and whom the story is about leads.
    """
    before = subject_before(tree, i, scene)
    acting = _acting_on(tree, i, scene) if tree.words[i].dep in ("dobj", "pobj", "dative") else ""
    own = set(tree.subtree(i))  # "the Hiranandani group firm" is another
    told = [scene.actor_at(w.ref) for w in tree.words[:i] if w.i not in own]
    here = [actor.key for actor in told if actor is not None]
    order = [k for k in dict.fromkeys([before, *here, *scene.recent]) if k and k != acting]
    origin = origin_of(tree, i, scene)
    if not origin:
        return order
    fitting = [k for k in order if may_be_from(scene.actors[k], origin)]
    return [k for k in fitting if k == scene.topic] + [k for k in fitting if k != scene.topic]


def _acting_on(tree: Tree, i: int, scene: Scene) -> str:
    """Key of the company that is the subject of the verb right over a phrase, "" for none."""
    verb = next((at for at in tree.ancestors(i) if tree.is_verb(at)), i)
    named = (scene.actor_at(tree.words[s].ref) for s in tree.children(verb, "nsubj", "nsubjpass"))
    return next((actor.key for actor in named if actor is not None), "")


def of_two(tree: Tree, i: int, scene: Scene) -> list[Hit]:
    """ "The former" and "the latter" of the two companies named last."""
    at = tree.words[i].start_char
    before = [m for m in scene.between(max(0, at - LOOK_BACK), at)[1] if isinstance(m, Mention)]
    named = list(dict.fromkeys(a.key for m in reversed(before[-12:]) if (a := scene.by_mention.get(m.start_char))))
    if len(named) < 2:
        return []
    key = named[1] if tree.text(i) == "former" else named[0]
    return [Hit(scene.actors[key], tree.words[i].start_char, tree.words[i].end_char, "anaphor")]


def was_named(actor: Actor, before: int) -> bool:
    """ "The company" refers back, never on."""
    return bool(actor.mentions) and actor.mentions[0].start_char < before
