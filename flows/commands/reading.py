"""read, articles parse, stories, timelines: the pure middle on files, with no data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import examples
from flows.terminal import escaped_json, plain, say

if TYPE_CHECKING:
    from extractors.records import Article

articles_app = typer.Typer(help="Article pages.", rich_markup_mode=None)

Output = Annotated[Path | None, typer.Option("-o", "--out", help="Where the JSON lines go; stdout without.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command(epilog=examples("gigawire read docs.jsonl -o deals.jsonl", "gigawire read docs.jsonl --explain"))(read)
    app.command(epilog=examples("gigawire stories docs.jsonl -o stories.jsonl"))(stories)
    app.command(epilog=examples("gigawire timelines timelines.jsonl -o out.jsonl"))(timelines)
    articles_app.command("parse", epilog=examples("gigawire articles parse page.html"))(parse_articles)
    articles_app.callback()(_articles)
    app.add_typer(articles_app, name="articles")


def _articles() -> None:
    """Article pages."""


def read(
    documents: Annotated[Path, typer.Argument(help="JSON lines: id, title, body, published, publisher.")],
    out: Output = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say to each deal what it was read from.")] = False,
) -> None:
    """Read documents for deals, capacity and capex, in the form of the gold record.

    With --explain and no --out, lines for people say what each deal was read from; with --out, the JSON has it too.
    """
    from extractors.gold import document_from_json, extraction_to_json
    from extractors.read import read_document
    from flows.commands.explain import explained, lines_of_document

    extractions = (read_document(document_from_json(record)) for record in _json_lines(documents))
    if explain and out is None:
        for extraction in extractions:
            for line in lines_of_document(extraction):
                print(plain(line))
        return
    _write(
        (
            {**extraction_to_json(one), "explained": explained(one)} if explain else extraction_to_json(one)
            for one in extractions
        ),
        out,
    )


def parse_articles(
    files: Annotated[list[Path], typer.Argument(help="Files with the HTML of a page.")],
    url: Annotated[str, typer.Option(help="The address of the page.")] = "",
    out: Output = None,
) -> None:
    """Print the articles in pages, one JSON line each: title, text, published_at, publisher, canonical_url, …"""
    import gzip

    from extractors.articles import parse_article
    from extractors.errors import NotAnArticleError
    from flows.exits import PARTIAL

    failed: list[Path] = []

    def lines() -> Iterator[dict[str, Any]]:
        for file in files:
            try:
                data = file.read_bytes()
                if file.suffix == ".gz":
                    data = gzip.decompress(data)
                yield _told(parse_article(data, url=url))
            except NotAnArticleError as error:
                say(f"{file}: {error.message}")
                failed.append(file)
            except (OSError, EOFError) as error:
                say(f"{file}: cannot be opened ({error})")
                failed.append(file)

    _write(lines(), out)
    raise typer.Exit(PARTIAL if failed else 0)


def _told(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "text": article.body,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "publisher": article.publisher,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "is_truncated": article.is_truncated,
    }


def stories(documents: Annotated[Path, typer.Argument(help="JSON lines of documents.")], out: Output = None) -> None:
    """Sort documents into stories: one event over many articles."""
    from extractors.timelines import stories_of

    _write(iter(stories_of(list(_json_lines(documents)))), out)


def timelines(
    runs: Annotated[Path, typer.Argument(help="JSON lines, each a timeline with its documents.")], out: Output = None
) -> None:
    """Resolve timelines: deals and their revisions over documents in their order of arrival."""
    from extractors.timelines import read_timeline

    _write((read_timeline(timeline) for timeline in _json_lines(runs)), out)


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    import json

    from flows.exits import CommandError

    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise CommandError(f"{path}:{number}: no JSON on this line ({error.msg})") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read ({error})") from error


def _write(records: Iterator[dict[str, Any]], out: Path | None) -> None:
    """One JSON line a record; a file appears whole or not at all."""
    import json

    from flows.exits import CommandError

    if out is None:
        for record in records:
            print(escaped_json(json.dumps(record, ensure_ascii=False, default=_text)))
        return
    aside = out.with_name(out.name + ".part")
    try:
        with aside.open("w", encoding="utf-8") as file:
            for record in records:
                file.write(json.dumps(record, ensure_ascii=False, default=_text) + "\n")
        aside.replace(out)
    except OSError as error:
        raise CommandError(f"{out}: cannot be written ({error.strerror})") from error
    finally:
        aside.unlink(missing_ok=True)


def _text(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)
