"""How fast documents are read, against the stock spaCy model run whole over the same texts, in one process on one core.

A mixed stream: one document in ten tells a deal (the labelled development set), the others are the news between them.
Prints documents per second of both and their ratio; with --check a ratio below --floor ends with exit code 1.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extractors.gold import document_from_json  # noqa: E402
from extractors.nlp import MODEL_NAME  # noqa: E402
from extractors.read import read_document  # noqa: E402
from extractors.records import Document  # noqa: E402

GOLD = ROOT / "tests" / "evaluation" / "gold" / "dev.jsonl"
REAL = ROOT.parent / "shared" / "real"


def labelled(with_deal: bool) -> list[Document]:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [document_from_json(row) for row in rows if bool(row["deals"]) == with_deal]


def between_deals() -> list[Document]:
    """News that tells no deal: the labelled negatives and, where ../shared is, real article bodies."""
    others = labelled(with_deal=False)
    if (REAL / "articles" / "ground-truth.json").is_file():
        truth = json.loads((REAL / "articles" / "ground-truth.json").read_text(encoding="utf-8"))
        for key, page in truth.items():
            others.append(Document(document_id=key, title="", body=page["articleBody"], publisher=""))
    return others


def stream(size: int) -> list[Document]:
    deals, others = itertools.cycle(labelled(with_deal=True)), itertools.cycle(between_deals())
    return [next(deals) if n % 10 == 0 else next(others) for n in range(size)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--floor", type=float, default=8.0, help="times the documents per second of the stock model")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    documents = stream(args.documents)
    sample = documents[:200]  # the stock model is slow: a stretch of the stream will do, mixed as the whole is

    import spacy

    stock = spacy.load(MODEL_NAME)
    stock(documents[0].text)
    start = time.process_time()
    for document in sample:
        stock(document.text)
    theirs = len(sample) / (time.process_time() - start)

    read_document(documents[0])
    start = time.process_time()
    found = sum(bool(read_document(document).deal_mentions) for document in documents)
    ours = len(documents) / (time.process_time() - start)

    characters = sum(len(d.text) for d in documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(documents)} documents, {characters / len(documents):.0f} characters each; {found} with a deal")
    print(f"stock model {theirs:8.1f} documents/s\ngigawire    {ours:8.1f} documents/s")
    print(f"ratio       {ours / theirs:8.2f}   (goal {args.floor}); peak memory {peak:.0f} MiB")
    return 1 if args.check and ours / theirs < args.floor else 0


if __name__ == "__main__":
    sys.exit(main())
