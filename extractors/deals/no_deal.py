"""What looks like a deal by its words and tells none: states, habits, works under way, makers' products."""

from __future__ import annotations

from collections.abc import Collection

from extractors.deals.arguments import PARTS
from extractors.deals.event import Event
from extractors.deals.matter import MONEY, thing_at
from extractors.deals.roles import PREMISES, SUPPLY, TOLD, Bound, is_moneyed
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

NO_POWER = frozenset("cloud chipmaker server_maker network_equipment lab software internet storage".split())
NO_HOSTS = frozenset({"lab", "chipmaker"})
SETTING_UP = frozenset({"develop_mw", "build_space", "build"})
HOLDING = forms_of("hold own have keep retain control".split())
JOINT = frozenset("joint jointly jv new newco venture vehicle entity half equally".split())
MODALS = frozenset("will would shall to could may might".split())
RECEIVING = forms_of(("receive", "get", "take", "accept"))
BEING = frozenset("is are was were be been 's 're".split())
BANKS = frozenset({"lender"})  # who sell neither chips nor power, but buy them as others do
TALK = frozenset(  # what is said, asked or ruled about a site, and what else is planned or raised than one
    "annexation ban complaint complaints concern concerns conference customers debate decision event flotation forum "
    "hearing injunction summit workshop "
    "ipo jobs lawsuit lawsuits listing meeting meetings moratorium objection objections office offices opposition "
    "ordinance petition poll profit question questions rate rates review revenue rules ruling sales statement study "
    "suit survey talk talks tariff tariffs tax users vote waiver waivers webinar".split()
)
REACTIONS = forms_of(
    "alarm anger annoy burden cost cause divide enrage face fuel give have haunt irk leave loom make mean prompt "
    "rattle rile spark split spook stir strain test threaten trigger upset worry".split()
)
THOSE = frozenset("the these those".split())
BUILDERS = frozenset("datacenter_operator reit miner_host neocloud".split())
BUILT_FOR = frozenset({"contractor", "utility"})  # who builds and connects the sites of others
WORKED = frozenset({"run_on", "host_work", "use_chips"})
SALES = frozenset({"sell_chips", "sell_power", "sell_compute", "make_chips"})
WORTH = frozenset("valuation value worth appraisal estimate".split())
VALUING = forms_of("value appraise mark book carry revalue".split())
HOLDINGS = frozenset({"n_investment", "n_stake", "n_shareholder"})
NOBODY = frozenset("anyone anybody nobody".split())
FORMER = frozenset("previous prior earlier preceding last former".split())


def is_no_deal(tree: Tree, event: Event, deal_type: str, *, in_body: bool, leads: bool) -> bool:
    """Whether an event of such a type is a state, a plan for a site, advice or a memo rather than a deal."""
    if _holds(tree, event) or _is_site_plan(tree, event) or _is_advice(event) or _is_memo(tree, event):
        return True
    word = tree.words[event.trigger]
    if event.pos == "noun" and deal_type in ("debt", "equity") and _is_former(tree, event.trigger):
        return True  # "compared with $1.8 billion in its previous financing"
    if event.frames == ["run_for"] and word.dep == "acl" and word.tag == "VBN":
        return True  # "its clusters, operated by X": how things are
    if event.frames == ["run_for"] and is_habit(tree, event) and not _names_customer(event):
        return True  # "runs clusters for companies that train their own models": its business
    if (deal_type == "build" or event.frames == ["host"]) and _is_talk(tree, event):
        return True
    if HOLDINGS.issuperset(event.frames) and _is_valued(tree, event.trigger):
        return True
    if event.frames == ["n_talks"] and _is_with_nobody(tree, event.trigger):
        return True
    if not in_body and deal_type == "build" and _is_reacted_to(tree, event):
        return True
    if event.frames == ["back_company"] and (word.dep == "acl" or tree.children(event.trigger, "auxpass")):
        return True  # "Firmus, backed by Nvidia, plans": whose money it has had
    if event.frames == ["sell_power"] and _is_of_host(event):
        return True  # "expects to deliver 133 MW": halls, of which it tells no tenant
    if _is_run_with(tree, event) or _is_bare_growth(event, in_body=in_body):
        return True
    if deal_type == "partnership" and _is_others_only(event):
        return True
    if event.frames == ["borrow"] and any(tree.text(c) in PARTS for c in tree.children(event.trigger, "nsubj")):
        return True  # "most of it borrowed"
    if event.frames[0] == "form_company" and _is_owned(tree, event):
        return True
    if event.frames in (["buy_stake"], ["get_stake"]) and _is_paid_in_stock(tree, event):
        return True
    if event.frames == ["commit_to"] and is_habit(tree, event) and in_body:
        return True  # "spends $200 million a year with others"
    if not in_body:
        return False
    return _is_bookings(tree, event) or _is_turnover(tree, event) or _is_under_way(tree, event, deal_type, leads)


def _is_valued(tree: Tree, holding: int) -> bool:
    """Whether it is told what a holding is worth: "the valuation of X's investment in Y", "values its stake in Y"."""
    word = tree.words[holding]
    above = word.head
    if word.dep == "pobj" and tree.text(above) == "of":
        return tree.text(tree.words[above].head) in WORTH
    own = any(tree.words[c].tag == "PRP$" for c in tree.children(holding, "poss"))
    return word.dep == "dobj" and own and tree.text(above) in VALUING


def _is_with_nobody(tree: Tree, talks: int) -> bool:
    """Whether talks are with nobody in particular: "is not in discussions with anyone about any of its buildings"."""
    return any(tree.text(p) in NOBODY for p in tree.objects_of(talks, "with"))


def _is_former(tree: Tree, i: int) -> bool:
    """Whether a round or loan is only what another is compared with."""
    return bool(FORMER & {tree.text(c) for c in tree.children(i, "amod", "compound")})


def plausible(deal_type: str, parties: dict[str, Bound], traders: Collection[str] = ()) -> dict[str, Bound]:
    """The parties, or none where they contradict the type: a chip "powers" a computer, but sells no electricity.

    ``traders`` are the keys of those who were told to sell or buy before.
    """
    if deal_type in SUPPLY:  # "it" and "the group" may have been taken for a bank that was only mentioned
        parties = {
            k: b
            for k, b in parties.items()
            if (b.hit.how != "anaphor" or not is_moneyed(b.hit.actor) or k in traders)
            and (b.role != "supplier" or b.hit.actor.kinds != BANKS or _only_sounds_like_a_bank(b))
        }
    if deal_type == "power" and any(b.role == "supplier" and b.hit.actor.kinds & NO_POWER for b in parties.values()):
        return {}
    if deal_type == "build":  # "taps Mortenson to build its campus": who only builds for others
        builders = {k for k, b in parties.items() if b.hit.actor.kinds and b.hit.actor.kinds <= BUILT_FOR}
        if any(b.role == "developer" and k not in builders for k, b in parties.items()):
            parties = {k: b for k, b in parties.items() if k not in builders}
    sellers = [b for b in parties.values() if b.role == "supplier"]
    if deal_type == "compute" and len(sellers) == len(parties) and all(b.hit.actor.kinds & NO_HOSTS for b in sellers):
        return {}  # "to train its next model": labs let no machines; "will use Nvidia GPUs": their makers sell them
    return parties


def _only_sounds_like_a_bank(bound: Bound) -> bool:
    """Whether a supplier named outright is a bank by its name alone: "leased 96 MW from Quill Property Trust"."""
    actor = bound.hit.actor
    return bound.hit.how == "head" and bound.confidence > TOLD and not actor.company_id and not actor.descriptors


def is_habit(tree: Tree, event: Event) -> bool:
    """Whether a verb alone tells what somebody does all the time: "it rents 12 MW in Budapest"."""
    word = tree.words[event.trigger]
    if event.pos != "verb" or len(event.words) > 1:
        return False
    if any(tree.text(c) in MODALS for c in tree.children(event.trigger, "aux")):
        return False
    objects = tree.children(event.trigger, "dobj")
    if event.type == "equity" and any(tree.text(d) in THOSE for o in objects for d in tree.children(o, "det")):
        return False  # "the fund buys the shares from X": those of the deal just told
    if WORKED.issuperset(event.frames) and (word.tag in ("VBD", "VBN") or (word.tag == "VBG" and word.dep == "acl")):
        return True  # "trained its model on", "machines running Nvidia GPUs"
    return word.tag in ("VBP", "VBZ") or word.lower in ("using", "use", "used", "deploy", "access")


def is_lone_payment(event: Event) -> bool:
    """Whether money is paid to nobody named, for nothing named: "it will pay as much as 6 billion riyals"."""
    return event.frames == ["commit_to"] and not event.votes and len({h.actor.key for h, _, _ in event.bindings}) < 2


def _is_owned(tree: Tree, event: Event) -> bool:
    """Whether a company is only said to be somebody's: "owns a slice of X", "each will own 30% of the company"."""
    alone = len({hit.actor.key for hit, _, _ in event.bindings}) < 2
    is_venture = any(w.lower in JOINT for w in tree.words)
    return tree.text(event.trigger) in HOLDING and (alone or not is_venture)


def _holds(tree: Tree, event: Event) -> bool:
    """Whether a share is owned already: "Baidu holds a 58% stake in Kunlunxin"."""
    head = tree.words[event.trigger].head
    if event.frames != ["n_stake"] or tree.text(head) not in HOLDING:
        return False
    told = tree.words[head].start_char  # where a headline's "holds" is shown as "will hold", both stand at one place
    return not any(tree.text(c) in MODALS and tree.words[c].start_char < told for c in tree.children(head, "aux"))


def _is_site_plan(tree: Tree, event: Event) -> bool:
    """Whether the bid or proposal is to build: "a data center proposal"."""
    if event.pos != "noun" or event.frames != ["n_bid"]:
        return False
    things = (thing_at(tree, c) for c in tree.children(event.trigger, "compound", "nmod", "amod"))
    return any(thing is not None and thing.kind in PREMISES for thing in things)


def _is_talk(tree: Tree, event: Event) -> bool:
    """Whether what is announced or filed is only about a site: "files lawsuits over data centers"."""
    objects = tree.children(event.trigger, "dobj") if event.pos == "verb" else []
    return any(tree.words[o].ref < 0 and tree.text(o) in TALK for o in objects)


def _is_reacted_to(tree: Tree, event: Event) -> bool:
    """Whether a headline only tells what a site does to others: "$11B data center has residents worried"."""
    word = tree.words[event.trigger]
    return event.pos == "noun" and word.dep == "nsubj" and tree.text(word.head) in REACTIONS


def _is_bare_growth(event: Event, *, in_body: bool) -> bool:
    """Whether a company only grows somewhere: news where a headline says it of who builds sites for a living."""
    if event.frames != ["expand_in"]:
        return False
    return in_body or not any(hit.actor.kinds & BUILDERS for hit, _, _ in event.bindings)


def _is_of_host(event: Event) -> bool:
    """Whether only a company is named that lets halls or machines out, and sells nobody electricity."""
    actors = {hit.actor.key: hit.actor for hit, _, _ in event.bindings}
    return len(actors) == 1 and all(actor.kinds & BUILDERS for actor in actors.values())


def _names_customer(event: Event) -> bool:
    """Whether a customer is called by name."""
    return any(role == "customer" and hit.how == "head" for hit, role, _ in event.bindings)


def _is_others_only(event: Event) -> bool:
    """Whether all that is named are the other sides of somebody's deals: "following deals with A and B"."""
    return event.frames == ["n_deal"] and {role for _, role, _ in event.bindings} == {"other"}


def _is_run_with(tree: Tree, event: Event) -> bool:
    """Whether machines are only said to run with somebody's chips: "attacks on machines running Nvidia GPUs"."""
    return WORKED.issuperset(event.frames) and tree.words[event.trigger].dep == "acl"


def _is_advice(event: Event) -> bool:
    """Whether banks are hired: they advise or arrange, they do not supply."""
    picked = [hit.actor for hit, role, _ in event.bindings if role == "supplier"]
    return event.frames == ["pick"] and bool(picked) and all(is_moneyed(actor) for actor in picked)


def _is_bookings(tree: Tree, event: Event) -> bool:
    """Whether contracts with nobody in particular are summed up: "signed $4 billion of new contracts last quarter"."""
    several = tree.words[event.trigger].tag == "NNS" and event.frames == ["n_deal"]
    return several and len({hit.actor.key for hit, _, _ in event.bindings}) < 2 and "mw" not in event.kinds


def _is_turnover(tree: Tree, event: Event) -> bool:
    """Whether somebody sold things to nobody in particular: "sold servers worth 2 billion euros last year"."""
    word = tree.words[event.trigger]
    alone = len({hit.actor.key for hit, _, _ in event.bindings}) < 2
    if not alone or not SALES.issuperset(event.frames) or word.tag not in ("VBD", "VBZ", "VBP"):
        return False
    to_whom = [c for c in tree.children(event.trigger, "prep", "dative") if tree.text(c) in ("to", "for")]
    return not any(tree.words[p].tag != "CD" for c in to_whom for p in tree.children(c, "pobj"))


def _is_paid_in_stock(tree: Tree, event: Event) -> bool:
    """Whether shares are what a seller gets for what it sells: "will receive $2.8 billion in stock"."""
    if tree.text(event.trigger) not in RECEIVING:
        return False
    objects = tree.children(event.trigger, "dobj")
    paid = [o for o in (*objects, *(c for o in objects for c in tree.children(o, "conj"))) if tree.words[o].ref >= 0]
    return any(tree.text(p) == "in" for o in paid for p in tree.children(o, "prep"))


def _is_memo(tree: Tree, event: Event) -> bool:
    """Whether a "note" is something written: one that is lent or sold has its amount or comes with others."""
    return event.frames == ["n_loan"] and tree.text(event.trigger) == "note" and not MONEY & event.kinds


def _is_outlay(event: Event) -> bool:
    """Whether money is told to go into a site: "is spending ¥310 billion on a campus"."""
    return event.frames == ["invest_build"] and "money" in event.kinds


def _is_under_way(tree: Tree, event: Event, deal_type: str, leads: bool) -> bool:
    """Whether a site is told of as being built already ("is adding a hall in Omaha"): its state, not a commitment.

    Where it ``leads`` the story, being built is the news, unless it follows on something else that is said; so is
    being called off.
    """
    if event.status == "cancelled":
        return False
    word = tree.words[event.trigger]
    for_nobody = SETTING_UP.issuperset(event.frames) and len({h.actor.key for h, _, _ in event.bindings}) < 2
    if (deal_type != "build" and not for_nobody) or (leads and word.dep != "conj") or _is_outlay(event):
        return False
    return word.tag == "VBG" and any(tree.text(c) in BEING for c in tree.children(event.trigger, "aux"))
