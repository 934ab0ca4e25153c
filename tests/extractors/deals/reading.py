"""What is read in a text, in a form that is quickly compared."""

from __future__ import annotations

from extractors.read import read_document
from extractors.records import Document


def told(title: str, body: str = "") -> list[str]:
    """The deals of a document, each as "type role:Name role:Name"; names with underscores."""
    document = Document(document_id="d", title=title, body=body, published=None, publisher="")
    return sorted(
        f"{deal.type} " + " ".join(sorted(f"{p.role}:{p.name.replace(' ', '_')}" for p in deal.parties))
        for deal in read_document(document).deal_mentions
    )
