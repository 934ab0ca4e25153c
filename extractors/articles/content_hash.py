"""A fingerprint of an article's words."""

from __future__ import annotations

import hashlib
import unicodedata

from extractors.records import Article

# Spellings that editors and feeds change on the way: quotation marks, dashes, the ellipsis.
_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)


def content_hash(article: Article) -> str:
    """SHA-256 (hex) over title and body without regard to case, blanks and kind of quotes: equal for exact copies.

    >>> first = Article(title="“3 GW” deal", body="One.\\n\\nTwo.", url="https://a.example/")
    >>> content_hash(first) == content_hash(Article(title='"3 gw"  deal', body="One. Two."))
    True
    """
    text = unicodedata.normalize("NFKC", f"{article.title}\n{article.body}".translate(_SAME)).casefold()
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", errors="replace")).hexdigest()
