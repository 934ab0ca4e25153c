"""The archive as WARC (ISO 28500), the form in which web archives hand their files on.

Records are of type ``resource``: bytes, their address, type and time. Headers of the answers are not kept, so no
``response`` is made up. The same bytes from the same address at another time are a ``revisit``. The same archive gives
the same file.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warehouse.archive import Archive
from warehouse.kept import ArchivedBody

WRITTEN_BY_US = {"entry"}
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def export_warc(archive: Archive, bodies: Sequence[ArchivedBody], target: Path, *, software: str) -> int:
    """Writes what came over the wire into one ``.warc.gz``; gives the number of records. Bytes not kept are left out.

    The file is written aside and renamed, so that nobody sees half of it.
    """
    retrieved = [body for body in bodies if body.kind not in WRITTEN_BY_US and archive.has(body.content_hash)]
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    try:
        with aside.open("wb") as file:
            count = write_records(file, archive, retrieved, name=target.name, software=software)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return count


def write_records(file: BinaryIO, archive: Archive, bodies: Iterable[ArchivedBody], *, name: str, software: str) -> int:
    """One record for each retrieval, after one that says what wrote the file."""
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    first: dict[tuple[str, str], ArchivedBody] = {}
    count = 0
    for body in bodies:
        if not count:
            told = {"software": software, "format": "WARC File Format 1.1"}
            headers = {"WARC-Date": date_of(body), "WARC-Record-ID": record_id("warcinfo", name)}
            info = writer.create_warcinfo_record(name, told)
            for header, value in headers.items():
                info.rec_headers.replace_header(header, value)
            writer.write_record(info)
        earlier = first.setdefault((body.content_hash, body.url), body)
        writer.write_record(record_of(writer, body, archive, earlier))
        count += 1
    return count


def record_of(writer: Any, body: ArchivedBody, archive: Archive, earlier: ArchivedBody) -> Any:
    """A resource, or a revisit of an earlier one."""
    headers = {
        "WARC-Date": date_of(body),
        "WARC-Record-ID": record_id(body.content_hash, body.url, date_of(body)),
        "WARC-Payload-Digest": f"sha256:{body.content_hash}",
    }
    address = body.url or f"urn:sha256:{body.content_hash}"
    if earlier is not body:
        headers |= {
            "WARC-Profile": REVISIT_PROFILE,
            "WARC-Refers-To-Target-URI": address,
            "WARC-Refers-To-Date": date_of(earlier),
        }
        return writer.create_warc_record(address, "revisit", warc_headers_dict=headers)
    kind = body.content_type.encode("ascii", "replace").decode().replace("\r", " ").replace("\n", " ")
    return writer.create_warc_record(
        address,
        "resource",
        payload=BytesIO(archive.get(body.content_hash)),
        warc_content_type=kind or "application/octet-stream",
        warc_headers_dict=headers,
    )


def date_of(body: ArchivedBody) -> str:
    """When it was retrieved, as WARC writes times."""
    return body.retrieved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_id(*parts: str) -> str:
    """An id that depends on what is recorded alone."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts))}>"
