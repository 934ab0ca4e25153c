"""What the deal told right before says of the next: who pays for it, whose it is, what it runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.deals.drafts import SUPPLY, Draft
from extractors.deals.event import Event
from extractors.deals.roles import OPPOSITE, Bound, pull
from extractors.deals.sentences import Sentence
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

MEASURED = frozenset({"mw", "gpus", "space", "capacity"})
FOLLOWING = forms_of(("follow",))
SETS_UP = forms_of("deploy install commission".split())


def spends_as_seller(before: Draft | None, event: Event) -> bool:
    """Whether a seller only says what its goods take: "X", who sells Y power, "will spend $1 billion on works"."""
    spenders = {hit.actor.key for hit, role, _ in event.bindings if role in ("customer", "side")}
    if event.frames not in (["commit_to"], ["spend_power"]) or len(event.bindings) != 1 or before is None:
        return False
    sells = {key for key, bound in before.parties.items() if bound.role == "supplier"}
    return before.type in ("power", "chips") and bool(spenders & sells)


def funds_venture(before: Draft | None, event: Event) -> bool:
    """Whether partners only say what their venture, told right before, gets: "the pair will put in ¥60 billion".

    So does one that pays for a share of nothing that is named: "X will pay A$720 million for a 49 per cent interest".
    """
    givers = {hit.actor.key for hit, role, _ in event.bindings if role == "investor"}
    is_venture = before is not None and before.type == "joint_venture"
    pays = event.frames == ["inject"] or (event.frames == ["put_in"] and len(givers) > 1)
    pays = pays or (event.frames[0] == "pay_stake" and {role for _, role, _ in event.bindings} == {"investor"})
    return pays and before is not None and is_venture and givers <= before.parties.keys()


def pays_for_it(before: Draft | None, tree: Tree, event: Event, sentence: Sentence) -> Event:
    """ "Y will pay $585 million for them": what X was told to sell before."""
    pays = event.frames == ["commit_to"] and before is not None and before.type == "acquisition"
    if not pays or before is None or sentence.paragraph - before.paragraph > 1:
        return event
    meant = [p for c in tree.children(event.trigger, "prep", "dative") for p in tree.children(c, "pobj")]
    if not any(tree.text(p) in ("it", "them") for p in meant):
        return event
    buyers = [(h, "acquirer", near) for h, role, near in event.bindings if role == "customer"]
    told = [(b.hit, b.role, False) for b in before.parties.values() if b.role in ("seller", "target")]
    return replace(event, type="acquisition", bindings=[*buyers, *told], contract_side="")


def goes_on(before: Draft | None, sentence: Sentence, event: Event) -> tuple[str, float]:
    """The type of the deal told right before, for an amount that goes to another: "the last 48 MW went to X"."""
    if before is None or event.type or before.type not in SUPPLY:
        return "", 0.0
    named_side = event.is_definite and event.frames in (["n_deal"], ["standing"])  # "The supplier is X"
    if not MEASURED & event.kinds and not named_side:
        return "", 0.0
    is_near = sentence.paragraph - before.paragraph <= 1 and {h.actor.key for h, _, _ in event.bindings}
    return (before.type, 0.5) if is_near else ("", 0.0)


def told_already(
    before: Draft | None, event: Event, deal_type: str, parties: dict[str, Bound]
) -> tuple[str, dict[str, Bound]]:
    """ "The companies expect to complete the transaction": the deal that they were told to do right before."""
    if before is None or event.type or not event.is_definite:
        return deal_type, parties
    if event.frames == ["n_order"] and before.type == "power" and parties.keys() <= before.parties.keys():
        return before.type, {key: replace(b, role=before.parties[key].role) for key, b in parties.items()}
    if event.frames != ["n_deal"] or len(parties) < 2:
        return deal_type, parties
    if (other := _other_side(before, parties)) is not None:
        known = {key: bound.role for key, bound in before.parties.items()}
        return before.type, {key: replace(b, role=known.get(key, other)) for key, b in parties.items()}
    if not parties.keys() <= before.parties.keys() or any(b.hit.how != "anaphor" for b in parties.values()):
        return deal_type, parties
    return before.type, {key: replace(b, role=before.parties[key].role) for key, b in parties.items()}


def told_with_what(
    before: Draft | None, tree: Tree, event: Event, deal_type: str, parties: dict[str, Bound]
) -> tuple[str, dict[str, Bound]]:
    """ "It will use 20,000 GB200 chips": those that the deal told right before runs on, and no purchase."""
    if before is None or before.type != "compute":
        return deal_type, parties
    buys = event.frames == ["buy_chips"]
    sets_up = tree.text(event.trigger) in SETS_UP or tree.words[event.trigger].dep == "advcl"
    sells_again = event.frames[0] == "sell_chips" and parties.keys() <= before.parties.keys()
    if event.frames != ["use_chips"] and not (buys and sets_up) and not sells_again:
        return deal_type, parties
    if any(b.role == "customer" and key not in before.parties for key, b in parties.items()):
        return deal_type, parties
    kept = {key: b for key, b in parties.items() if key in before.parties}
    return before.type, {key: replace(b, role=before.parties[key].role) for key, b in kept.items()}


def _other_side(before: Draft, parties: Mapping[str, Bound]) -> str | None:
    """The role of whom "the agreement with X" adds to a deal told with one side: "Y takes 22,000 chips", from X."""
    sides = {b.role for b in before.parties.values()} & OPPOSITE.keys()
    new = [b.hit.actor for key, b in parties.items() if key not in before.parties]
    if before.type not in SUPPLY or before.is_habit or len(sides) != 1 or len(new) != 1 or len(parties) != 2:
        return None
    role = OPPOSITE[next(iter(sides))]
    leans = pull(before.type, new[0]) * (1 if role == "supplier" else -1)
    return role if leans >= 0 else None


def of_same_two(before: Draft | None, tree: Tree, event: Event) -> Event:
    """The event with the parties of the deal told right before: "The first such agreement", "follows one for 90 MW"."""
    word = tree.words[event.trigger]
    if before is None or event.bindings or event.frames != ["n_deal"] or len(before.parties) < 2:
        return event
    likened = any(tree.text(c) == "such" for c in tree.children(event.trigger, "amod", "predet", "det"))
    followed = word.dep == "dobj" and tree.text(word.head) in FOLLOWING
    if not (likened and word.dep in ("nsubj", "nsubjpass")) and not followed:
        return event
    bindings = [(replace(b.hit, how="anaphor"), b.role, False) for b in before.parties.values()]
    return replace(event, type=before.type, bindings=bindings)
