"""review: what waits for a person's word, and the word itself, kept in data/overrides.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import AsJson, Config, DataDir, examples
from flows.terminal import print_json, print_table, say

if TYPE_CHECKING:
    from flows.settings import Settings

app = typer.Typer(
    help="What waits for a person's word: unknown names, ambiguous and doubtful deals, conflicts.",
    epilog=examples(
        "gigawire review",
        "gigawire review show 4f1c22aa",
        'gigawire review same 4f1c 9ab0 --who Ana --why "one loan, two papers"',
        "gigawire review alias 'Corvane' coreweave --who Ana --why 'their brand in Spain'",
        'gigawire review fix 4f1c power "150 MW" --who Ana --why "the filing says so"',
    ),
    rich_markup_mode=None,
)
Who = Annotated[str, typer.Option("--who", help="Who decides.")]
Why = Annotated[str, typer.Option("--why", help="Why, in a line.")]
Deal = Annotated[str, typer.Argument(help="The id of a deal, or how it begins.")]


def add_to(parent: typer.Typer) -> None:
    """Adds these commands."""
    parent.add_typer(app, name="review")


@app.callback(invoke_without_command=True)
def review(context: typer.Context, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """List what waits for a person's word: unknown names, ambiguous and doubtful deals, conflicts."""
    if context.invoked_subcommand:
        return
    from dataclasses import asdict

    from flows.steps.review import queue

    items = queue(_settings(data_dir, config))
    if as_json:
        print_json([asdict(item) for item in items])
        return
    if not items:
        say("nothing waits for a decision")
    rows = [[i.item_id, i.kind, i.about, i.deal_id, _suggested(i.suggestions), i.why] for i in items]
    print_table(["id", "kind", "about", "deal", "suggestions", "why"], rows)


@app.command(epilog=examples("gigawire review show 4f1c22aa"))
def show(
    item_id: Annotated[str, typer.Argument(help="The id of an item, or how it begins.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show one item with its words, where they stand, and the command that settles it."""
    from dataclasses import asdict

    from flows.exits import CommandError
    from flows.steps.review import queue

    found = [item for item in queue(_settings(data_dir, config)) if item.item_id.startswith(item_id)]
    if len(found) != 1:
        raise CommandError(f"{item_id!r} begins the ids of {len(found)} items: see `gigawire review`")
    if as_json:
        print_json(asdict(found[0]))
        return
    told = {**asdict(found[0]), "suggestions": _suggested(found[0].suggestions)}
    print_table(["", ""], [[name, value] for name, value in told.items() if value])


@app.command(epilog=examples('gigawire review same 4f1c 9ab0 --who Ana --why "one loan, two papers"'))
def same(one: Deal, other: Deal, who: Who, why: Why, data_dir: DataDir = None, config: Config = None) -> None:
    """Two deals are one; it keeps the id of the one told first."""
    _decide_on_deals("same", one, other, who=who, why=why, settings=_settings(data_dir, config))


@app.command(
    epilog=examples(
        'gigawire review different 4f1c 9ab0 --who Ana --why "two sites"',
        'gigawire review different 4f1c https://desk.example/second-hall --who Ana --why "the second hall"',
    )
)
def different(
    one: Deal,
    other: Annotated[str, typer.Argument(help="The other deal, or the address of an article that tells of another.")],
    who: Who,
    why: Why,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Two deals are two, however alike they are told; what one article tells is another deal."""
    _decide_on_deals("different", one, other, who=who, why=why, settings=_settings(data_dir, config))


@app.command(epilog=examples('gigawire review reject 4f1c --who Ana --why "a conference, no deal"'))
def reject(deal: Deal, who: Who, why: Why, data_dir: DataDir = None, config: Config = None) -> None:
    """A deal is none and leaves the tape."""
    _decide_on_deals("reject", deal, who=who, why=why, settings=_settings(data_dir, config))


@app.command(
    epilog=examples(
        'gigawire review fix 4f1c value "up to $300 million a year" --who Ana --why "the filing says so"',
        "gigawire review fix 4f1c status closed --who Ana --why 'the register has it'",
        'gigawire review fix 4f1c parties "Nebius (customer); Equinix (supplier)" --who Ana --why misread',
    )
)
def fix(
    deal: Deal,
    slot: Annotated[str, typer.Argument(help="type, status, parties, value, valuation, power, accelerators, term, …")],
    value: Annotated[str, typer.Argument(help="As the news would write it; none empties the slot.")],
    who: Who,
    why: Why,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """A slot of a deal is as you say, whatever is read."""
    from flows.clock import now
    from flows.steps.review import check_fix

    check_fix(slot, value, now())
    settings = _settings(data_dir, config)
    _decide_on_deals("fix", deal, who=who, why=why, settings=settings, slot=slot, value=value)


@app.command(epilog=examples("gigawire review alias 'Corvane' coreweave --who Ana --why 'their brand in Spain'"))
def alias(
    name: Annotated[str, typer.Argument(help="The name, as the news writes it.")],
    company_id: Annotated[str, typer.Argument(help="The company's id in the registry.")],
    who: Who,
    why: Why,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """A name stands for a company of the registry."""
    from flows.steps.review import alias_entry

    _write(_settings(data_dir, config), alias_entry(name, company_id), who, why)


def _decide_on_deals(kind: str, *ids: str, who: str, why: str, settings: Settings, **told: str) -> None:
    from flows.steps.review import deal_entry

    _write(settings, deal_entry(settings, kind, *ids, **told), who, why)


def _write(settings: Settings, entry: dict[str, Any], who: str, why: str) -> None:
    from flows.clock import now
    from flows.overrides import add_override

    add_override(settings.overrides, {**entry, "who": who, "when": now().isoformat(), "why": why})
    say(f"{entry['decision']} noted in {settings.overrides}; the next run applies it")


def _settings(data_dir: Any, config: Any) -> Settings:
    from flows.settings import load_settings

    return load_settings(config, data_dir=data_dir)


def _suggested(suggestions: Any) -> str:
    return ", ".join(f"{company_id} {score:.0f}" for company_id, score in suggestions)
