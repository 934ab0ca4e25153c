"""When two tellings in one document are of one deal, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from extractors.deals.distribute import ONE_OF_SEVERAL
from extractors.deals.drafts import ANOTHER, SUPPLY, Draft, amount_of, fill, size_of
from extractors.deals.event import Event
from extractors.deals.localities import most_specific
from extractors.deals.roles import PAIRS
from extractors.deals.scene import VENTURE
from extractors.deals.waiting import TERMS, set_aside
from extractors.parties.places import Places, compare_places
from extractors.records import Accelerators, Money, Quantity

CONFUSED = frozenset(  # types that headlines take for each other
    map(
        frozenset,
        [
            ("acquisition", "equity"),
            ("build", "joint_venture"),
            ("build", "lease"),
            ("chips", "compute"),
            ("compute", "lease"),
        ],
    )
)
RIVALS = frozenset({"n_bid", "n_takeover_bid"})  # rules of tellings whose buyers need not be those told before
GUESSED, SURE = 0.72, 0.8  # type confidences: voted for by companies and words around, given by a frame
STATUS_RANK = {"cancelled": 4, "amended": 3, "closed": 2, "announced": 1, "rumored": 0}


def same_deal(known: Draft, told: Draft) -> bool:
    """Same type, a common party, and no role filled by different companies."""
    if known.type != told.type:
        return _is_general(known, told) or _is_venture_at_work(known, told) or _is_corrected(known, told)
    common = set(known.parties) & set(told.parties)
    if not common:
        return _completes(known, told)
    if (
        ONE_OF_SEVERAL in told.rules
        and known.sentence.kind == "title"
        and TERMS & known.slots.keys() - told.slots.keys()
    ):
        return True  # "signs 6.6 GW of power": told in one figure, one deal
    if known.sentence.is_item and told.sentence.is_item and known.sentence.paragraph != told.sentence.paragraph:
        return False
    if any(known.parties[k].role != told.parties[k].role for k in common):
        if known.is_habit and not known.slots:
            return False  # "which rents Nvidia chips", then "Nvidia agreed to rent them back"
        weak = [d for d in (known, told) if len(d.parties) == 1 and next(iter(d.parties.values())).confidence < 0.8]
        return bool(weak) or (len(common) > 1 and PAIRS[known.type][0] != PAIRS[known.type][1])
    if (
        known.type == "acquisition"
        and known.sentence.kind == "title"
        and told.sentence.paragraph <= 1
        and told.focus == "primary"
        and not RIVALS & set(told.rules)
    ):
        return any(known.parties[k].role == told.parties[k].role for k in common)
    for role in {b.role for b in told.parties.values()}:
        one = {k for k, b in known.parties.items() if b.role == role}
        other = {k for k, b in told.parties.items() if b.role == role}
        if one and other and not one & other and not (role == "investor" and _is_more_of_round(known, told)):
            return False
    if _is_bought_beside(known, told) or _is_built_instead(known, told):
        return False
    if known.focus != told.focus and known.status != "rumored" and not set(told.parties) <= set(known.parties):
        return False
    if known.focus != told.focus and (_differ(known, told) or _are_apart(known, told)):
        return False  # "already rents 18 MW from it", "last year the two set up a venture in Ohio"
    if _is_cheque(known, told):
        return True
    told_from = known.sentence.end_char if known.sentence.kind == "title" else 0
    if ANOTHER in told.rules and _differ(known, told, after=told_from):
        return False  # "has since placed a second order, of $11 billion"
    if (
        len(common) == 1
        and known.type in ("build", "debt", "equity", "acquisition")
        and "value" in known.slots
        and "value" in told.slots
    ):
        return amount_of(known) == amount_of(told) or _is_converted(known, told)
    return True


def _is_bought_beside(known: Draft, told: Draft) -> bool:
    """Whether a body tells of a business bought, then of a company: "X's robotics arm, and in November Y"."""
    bought, named = ([b.role for b in d.parties.values()].count("target") for d in (known, told))
    return known.target is not None and known.sentence.kind == "body" and not bought and bool(named)


def _is_built_instead(known: Draft, told: Draft) -> bool:
    """Whether one site is given up and another told beside it: "drops X; will put $2.8 billion into a campus at Y"."""
    given_up = [draft.status == "cancelled" for draft in (known, told)]
    if known.type != "build" or given_up[0] is given_up[1]:
        return False
    return _are_apart(known, told) or (given_up[0] and not known.slots and "value" in told.slots)


def _is_more_of_round(known: Draft, told: Draft) -> bool:
    """Whether further investors of the round told right before are named: "also in the round are X and Y"."""
    in_round = {"n_round", "join_round", "write_cheque"} & set(told.rules)
    return bool(in_round) and "value" not in told.slots and told.sentence.paragraph - known.paragraph <= 1


def _are_apart(known: Draft, told: Draft) -> bool:
    """Whether both are told to be somewhere, and nowhere that could be the same place."""
    ours, theirs = ([place.name for place in most_specific(d.places)] for d in (known, told))
    return compare_places(ours, theirs) is Places.CONFLICT


def _is_cheque(known: Draft, told: Draft) -> bool:
    """Whether an investor's own part of a larger round is told: "X wrote the biggest check, of $500 million"."""
    whole, part = (size_of(d.slots.get("value")) for d in (known, told))
    if known.type != "equity" or "write_cheque" not in told.rules or whole is None or part is None:
        return False
    gives = {b.role for b in told.parties.values()} == {"investor", "investee"}
    return gives and part < whole and told.sentence.paragraph - known.paragraph <= 1


def _is_converted(known: Draft, told: Draft) -> bool:
    """Whether a headline gives the amount in another currency than the first lines do."""
    currencies = {d.slots["value"].currency for d in (known, told) if isinstance(d.slots["value"], Money)}
    return len(currencies) > 1 and known.sentence.kind == "title" and told.sentence.paragraph <= 1


def _is_general(known: Draft, told: Draft) -> bool:
    """One speaks of a "partnership" or of megawatts alone, the other says what it is about."""
    if told.is_habit or (known.status == "cancelled") is not (told.status == "cancelled"):
        return False
    if "take_mw" in known.rules and len(known.parties) == 1 and told.type in SUPPLY and known.focus == told.focus:
        key, bound = next(iter(known.parties.items()))
        return key in told.parties and told.parties[key].role == bound.role
    if set(known.parties) != set(told.parties) or len(known.parties) < 2 or known.focus != told.focus:
        return False
    types = {known.type, told.type}
    if told.type in SUPPLY and len({b.role for b in told.parties.values()}) < 2:
        return False  # "an alliance under which they will train models": both on one side
    if types <= SUPPLY and min(known.type_confidence, told.type_confidence) < GUESSED:
        return max(known.type_confidence, told.type_confidence) >= SURE and not _differ(known, told)
    return "partnership" in types and bool(types & {"compute", "chips", "lease", "power", "joint_venture"})


def _is_corrected(known: Draft, told: Draft) -> bool:
    """Whether the first lines tell a headline's deal by its right name: "buys into X", then "acquired 51% of X"."""
    if known.sentence.kind != "title" or told.sentence.paragraph > 1 or told.sentence.kind == "title":
        return False
    if known.type == "joint_venture":
        return False  # what it builds is its own
    return (
        (frozenset({known.type, told.type}) in CONFUSED or _is_bare(known))
        and len(told.parties) > 1
        and set(known.parties) == set(told.parties)
        and told.focus == "primary"
        and not _differ(known, told)
    )


def _is_bare(known: Draft) -> bool:
    """Whether a headline only says that two talk or deal, and what the two are made its type: "X in talks with Y"."""
    return {"n_talks", "n_deal"}.issuperset(known.rules[:1]) and known.type_confidence < GUESSED


def _differ(known: Draft, told: Draft, *, after: int = 0) -> bool:
    """Whether both name an amount of the same kind, and not the same one; of ``known``, one told from ``after`` on."""
    both = known.slots.keys() & told.slots.keys() & {"value", "power", "accelerators"}
    pairs = [(known.slots[slot], told.slots[slot]) for slot in both]
    return any(one.start_char >= after and _size(one) != _size(other) for one, other in pairs)


def _size(quantity: Quantity) -> object:
    """What an amount comes to, however it is bounded."""
    return quantity.count if isinstance(quantity, Accelerators) else size_of(quantity)


def _is_venture_at_work(known: Draft, told: Draft) -> bool:
    """What a joint venture builds and gets is its own matter: "it will build", "they will put $1 billion in"."""
    if known.type != "joint_venture" or told.type not in ("build", "equity", "acquisition"):
        return False
    together = len(told.parties) > 1 and set(told.parties) <= set(known.parties)
    if told.type == "equity":
        return together and all(b.hit.how == "anaphor" for b in told.parties.values())
    return (together and told.type == "build") or set(told.parties) == {VENTURE.key}


def _completes(known: Draft, told: Draft) -> bool:
    """Neighbouring sentences that each tell one side: "X will reopen its plant. Google will buy the power"."""
    if known.type == "equity":
        sides = [{b.role for b in d.parties.values()} for d in (known, told)]
        led = {"join_round", "n_round", "n_investment"} & set(told.rules)
        return (
            sides == [{"investee"}, {"investor"}]
            and bool(led)
            and told.sentence.paragraph - known.sentence.paragraph <= 1
        )
    if known.type not in SUPPLY or abs(told.sentence.paragraph - known.sentence.paragraph) > (
        0 if told.sentence.is_item else 1
    ):
        return False
    if told.sentence.start_char - known.sentence.end_char > 3 or known.focus != told.focus:
        return False
    sides = [{b.role for b in d.parties.values()} for d in (known, told)]
    return sides in ([{"supplier"}, {"customer"}], [{"customer"}, {"supplier"}])


def without_doubles(
    new: list[tuple[Event, Draft]], prices: Mapping[int, frozenset[int]] = MappingProxyType({})
) -> list[tuple[Event, Draft]]:
    """Of drafts of one sentence that tell the same deal, the fuller one, with the other's parties added.

    ``prices`` are the amounts that stand under each trigger: two with amounts of their own are two deals.
    """
    kept: list[tuple[Event, Draft]] = []
    for event, draft in new:
        for other_event, other in kept:
            one, own = prices.get(other_event.trigger, frozenset()), prices.get(event.trigger, frozenset())
            if one and own and one.isdisjoint(own):
                continue  # "has a $300 million line with X, and closed a $1 billion note"
            if same_deal(other, draft):
                merge(other, draft)
                other_event.words |= event.words
                break
        else:
            kept.append((event, draft))
    return kept


def merge(known: Draft, told: Draft) -> None:
    at_work = _is_venture_at_work(known, told)
    if known.type == told.type:
        set_aside(known, told)
    if known.type != told.type:  # see _is_general: what is said in particular counts
        particular = told.type_confidence > known.type_confidence or known.type == "partnership"
        particular = particular or _is_corrected(known, told)
        if told.type != "partnership" and particular:
            known.type, known.parties, known.type_confidence = told.type, dict(told.parties), told.type_confidence
        told.parties = {}
    if known.type == "acquisition" and known.sentence.kind == "title":
        _reconcile(known, told)
    for key, bound in told.parties.items():
        if key not in known.parties or bound.confidence > known.parties[key].confidence:
            known.parties[key] = bound
    for slot, quantity in told.slots.items():
        fill(known, slot, quantity, rank=told.ranks.get(slot, ""))
    known.places += told.places
    known.target = known.target or told.target
    if told.focus == known.focus and not at_work:  # what a venture plans says nothing of how firm it is itself
        known.status = _status(known, told)
    if told.focus == "primary":
        known.focus = "primary"
    known.rules += [r for r in told.rules if r not in known.rules]
    known.paragraph = max(known.paragraph, told.paragraph)
    known.strength = max(known.strength, told.strength)
    known.is_habit = known.is_habit and told.is_habit


def _reconcile(known: Draft, told: Draft) -> None:
    """Who buys is told best in the body; who sells is not the business that is sold."""
    if any(b.role == "acquirer" for b in told.parties.values()):
        known.parties = {k: b for k, b in known.parties.items() if b.role != "acquirer" or k in told.parties}
    if any(b.role == "seller" for b in known.parties.values()):
        told.parties = {
            k: b for k, b in told.parties.items() if b.role != "seller" or k in known.parties or b.confidence >= 0.9
        }


def restate(known: Draft, status: str) -> None:
    """What a later sentence says has become of a deal: talks collapse, an agreement closes or is widened."""
    if status and STATUS_RANK[status] > STATUS_RANK[known.status]:
        known.status = status
        known.rules.append("restated")


def _status(known: Draft, told: Draft) -> str:
    """Plain telling never makes a rumor firm; a title's "to buy" may turn out to be talks."""
    if told.status in ("cancelled", "amended") and STATUS_RANK[told.status] > STATUS_RANK[known.status]:
        return told.status
    if (
        told.status == "closed"
        and known.status == "announced"
        and known.sentence.kind == "title"
        and told.sentence.paragraph <= 1
        and {"completed", "bought"} & set(told.rules)
    ):
        return "closed"
    if (
        known.sentence.kind == "title"
        and known.status == "announced"
        and told.status == "rumored"
        and told.sentence.paragraph <= 1
        and told.sentence.start_char != known.sentence.start_char
    ):
        return "rumored"
    return known.status
