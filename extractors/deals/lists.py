"""Lists of companies as written, whatever the parser made of them: "A, which led, B of Japan and chip designer C"."""

from __future__ import annotations

from extractors.deals.scene import Scene
from extractors.deals.tree import Tree

JOINS = frozenset(", and & plus".split())
ALSO = (("as", "well", "as"), ("along", "with"), ("together", "with"), ("alongside",), ("in", "addition", "to"))
DESCRIBES = ("DT", "JJ", "NN", "VBG", "CD", "POS", "HYPH", "PRP$", "RB")
ACTS = frozenset("nsubj nsubjpass poss csubj".split())  # such a name belongs to what comes after it
REACH = 40  # words that a list may run over


def _is_part_of_clause(tree: Tree, i: int) -> bool:
    """Whether the noun after a name is the object of a participle: "X, building a Y campus, raises"."""
    head = tree.words[i].head
    return tree.words[head].dep == "dobj" and tree.words[tree.words[head].head].tag == "VBG"


def listed_after(tree: Tree, i: int, scene: Scene) -> list[int]:
    """The names that go on with the list that name ``i`` begins, in order; a name that does something else ends it."""
    found: list[int] = []
    at, is_joined = i + 1, False
    while at < min(len(tree.words), i + REACH):
        word = tree.words[at]
        if scene.actor_at(word.ref) is not None:
            is_gapped = word.dep == "conj" and tree.is_verb(word.head)  # "…, and Microsoft $5 billion"
            is_only_named = word.dep in ("compound", "nmod") and tree.words[word.head].ref < 0 and word.head == at + 1
            is_described = is_only_named and tree.text(at - 1) in ("a", "an")  # "X, a Marvell customer"
            is_elsewhere = is_only_named and _is_part_of_clause(tree, at)
            if not is_joined or word.dep in ACTS or is_gapped or is_described or is_elsewhere:
                break
            found.append(at)
            at, is_joined = at + 1, False
            continue
        ahead = tuple(w.lower for w in tree.words[at : at + 3])
        also = next((words for words in ALSO if ahead[: len(words)] == words), ())
        if word.lower in JOINS or also:
            at, is_joined = at + (len(also) or 1), True
        elif word.tag in ("WDT", "WP"):
            end = next((k for k in range(at, min(at + 12, len(tree.words))) if tree.text(k) == ","), None)
            if end is None:
                break
            at, is_joined = end + 1, True
        elif (
            not is_joined
            and word.lower in ("of", "in")
            and at + 1 < len(tree.words)
            and tree.words[at + 1].tag == "NNP"
        ):
            at += 2
        elif is_joined and word.tag.startswith(DESCRIBES):
            at += 1
        else:
            break
    return found
