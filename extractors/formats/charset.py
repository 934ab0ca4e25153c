"""Bytes to text, whatever the label says."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

# Longer signatures first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that hold no text: signature, what to call it.
BINARY_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip or office document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "RIFF media"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"PAR1", "Parquet"),
    (b"ID3", "MP3 audio"),
    (b"wOF", "font"),
)
MOST_NULS = 0.01  # share of the bytes
# The WHATWG reading of labels that are wrong more often than right.
LABEL_MEANS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "ms-cyrl": "cp1251",
    "mac": "mac-roman", "csmacintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
}  # fmt: skip
ESCAPE = b"\x1b"
MAINFRAME_DECLARATION = "<?xml".encode("cp037")  # the same in every EBCDIC code page

_LABEL = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_HEADER_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)


def binary_kind(data: bytes) -> str:
    """What sort of binary file the bytes are ("PDF", "NUL bytes", …), "" where they may be text.

    >>> binary_kind(b"%PDF-1.7 ...")
    'PDF'
    >>> binary_kind("Strom für 3 GW".encode("utf-16"))
    ''
    """
    for signature, kind in BINARY_SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.count(b"\0") > len(data) * MOST_NULS and not _wide_encoding(data):  # a stray one is dropped, not a reason
        return "NUL bytes"
    return ""


def decode(data: bytes, content_type: str = "") -> str:
    """The bytes as text; never raises.

    A byte order mark wins, then UTF-8 where the bytes are valid UTF-8, then the label of the HTTP header, then that of
    the document. What is left is UTF-8 with single bytes of another origin in it, which are read as Windows-1252, the
    usual stowaway.

    >>> decode(b'<?xml version="1.0" encoding="utf-8"?>caf\\xe9 \\xc3\\xa9')[-6:]
    'café é'
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide_encoding(data):
        return data.decode(wide, errors="replace")
    if data.startswith(MAINFRAME_DECLARATION):
        return _decode_mainframe(data)
    if ESCAPE not in data:  # most of what comes: no look at its labels
        with suppress(UnicodeDecodeError):
            return data.decode()
    labels = [match[1] for match in _HEADER_LABEL.finditer(content_type)]
    labels += [match[1].decode("ascii") for match in _LABEL.finditer(data[:2048])]
    labels = [LABEL_MEANS.get(label.lower(), label.lower()) for label in labels]
    # ISO-2022 is made of ASCII bytes alone, escapes among them, and would pass for UTF-8.
    labels.sort(key=lambda label: not label.startswith("iso-2022"))
    for label in labels if labels and labels[0].startswith("iso-2022") else ["utf-8", *labels]:
        try:
            return data.decode(label)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", errors="gigawire_cp1252")


def _decode_mainframe(data: bytes) -> str:
    """EBCDIC in the code page that its declaration names."""
    told = _HEADER_LABEL.search(data[:200].decode("cp037").replace("encoding", "charset"))
    try:
        return data.decode(told[1] if told else "cp037", errors="replace")
    except LookupError:
        return data.decode("cp037", errors="replace")


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32 by where the NUL bytes of its first ASCII characters stand, or ""."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding if "utf-8" not in encoding else ""
    head = data[:64]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[::2], head[1::2]
    if len(data) % 2 == 0 and not any(odd) and all(even):
        return "utf-16-le"
    if len(data) % 2 == 0 and not any(even) and all(odd):
        return "utf-16-be"
    return ""


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the one byte that is no UTF-8, as Windows-1252 has it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error("gigawire_cp1252", _read_as_cp1252)
