"""Parquet files by their row groups: the first ones of a file, followed by those of a second file.

Row groups are copied as the bytes that they are. Only the footer is written anew, which tells where each stands: a
struct of Thrift's compact protocol, read and written here without knowing more of its fields than these few.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

MAGIC = b"PAR1"
END = 8  # bytes after the footer: its length, MAGIC
PIECE = 1 << 20  # bytes that are copied at once
# ids of fields (parquet.thrift)
ROWS, GROUPS = 3, 4  # of the footer
COLUMNS, ROWS_OF_GROUP, START, LENGTH = 1, 3, 5, 6  # of a row group
CHUNK, OFFSETS = 3, (9, 11)  # of a column: its pages; of these: where the data and the dictionary begin
# types of values in Thrift's compact protocol
TRUE, FALSE, BYTE, INTEGERS, DOUBLE, BINARY, LIST, STRUCT = 1, 2, 3, (4, 5, 6), 7, 8, 9, 12

Struct = dict[int, tuple[int, Any]]  # id of a field -> type, value; a list is (type of its values, values)


def join(first: Path, count: int, second: Path, path: Path) -> None:
    """Write the first ``count`` row groups, one or more, of a file and all of a second one, of the same columns.

    Neither may have Bloom filters or an index of pages: these stand elsewhere and are not looked for.
    """
    with first.open("rb") as head, second.open("rb") as tail, path.open("wb") as file:
        before = groups(read_footer(head)[0])[:count]
        footer, tail_end = read_footer(tail)
        head_end = number(before[-1], START) + number(before[-1], LENGTH)
        after = [moved(group, head_end - len(MAGIC)) for group in groups(footer)]
        footer[GROUPS] = (LIST, (STRUCT, before + after))
        footer[ROWS] = (footer[ROWS][0], sum(number(group, ROWS_OF_GROUP) for group in before + after))
        copy(head, 0, head_end, file)
        copy(tail, len(MAGIC), tail_end, file)
        told = written(STRUCT, footer)
        file.write(told + len(told).to_bytes(4, "little") + MAGIC)


def read_footer(file: IO[bytes]) -> tuple[Struct, int]:
    """The footer of an open Parquet file, and where it begins."""
    size = file.seek(0, 2)
    file.seek(size - END)
    start = size - END - int.from_bytes(file.read(4), "little")
    file.seek(start)
    return read(file, STRUCT), start


def groups(footer: Struct) -> list[Struct]:
    """The row groups that a footer tells of."""
    found: list[Struct] = footer[GROUPS][1][1]
    return found


def number(struct: Struct, field: int) -> int:
    """The value of a field that is an integer."""
    return int(struct[field][1])


def moved(group: Struct, by: int) -> Struct:
    """The same row group that many bytes further on."""
    columns = [{**column, CHUNK: (STRUCT, shifted(column[CHUNK][1], OFFSETS, by))} for column in group[COLUMNS][1][1]]
    return {**shifted(group, (START,), by), COLUMNS: (LIST, (STRUCT, columns))}


def shifted(struct: Struct, fields: tuple[int, ...], by: int) -> Struct:
    """The struct with so much added to those of the fields that it has."""
    return {field: (kind, value + by if field in fields else value) for field, (kind, value) in struct.items()}


def copy(source: IO[bytes], start: int, end: int, file: IO[bytes]) -> None:
    """Append bytes of one file to another."""
    source.seek(start)
    for at in range(start, end, PIECE):
        file.write(source.read(min(PIECE, end - at)))


def read(file: IO[bytes], kind: int) -> Any:
    """The value of that type which comes next."""
    if kind in (TRUE, FALSE):  # a field's type is its value
        return None
    if kind == BYTE:
        return file.read(1)
    if kind in INTEGERS:
        return from_zigzag(read_varint(file))
    if kind == DOUBLE:
        return file.read(8)
    if kind == BINARY:
        return file.read(read_varint(file))
    if kind == LIST:
        count, of = divmod(file.read(1)[0], 16)
        return of, [read(file, of) for _ in range(read_varint(file) if count == 15 else count)]
    if kind != STRUCT:
        raise ValueError(f"no footer of a Parquet file: type {kind}")
    struct: Struct = {}
    field = 0
    while head := file.read(1)[0]:
        step, of = divmod(head, 16)
        field = field + step if step else from_zigzag(read_varint(file))
        struct[field] = (of, read(file, of))
    return struct


def written(kind: int, value: Any) -> bytes:
    """The bytes of a value of that type, as read() takes them."""
    if kind in (TRUE, FALSE):
        return b""
    if kind in INTEGERS:
        return varint(value << 1 if value >= 0 else ~(value << 1))
    if kind == BINARY:
        return varint(len(value)) + value
    if kind == LIST:
        of, values = value
        count = len(values)
        head = bytes([count << 4 | of]) if count < 15 else bytes([15 << 4 | of]) + varint(count)
        return head + b"".join(written(of, item) for item in values)
    if kind != STRUCT:
        return bytes(value)
    told, last = bytearray(), 0
    for field, (of, item) in value.items():
        step = field - last
        told += bytes([step << 4 | of]) if 0 < step < 16 else bytes([of]) + varint(field << 1)
        told += written(of, item)
        last = field
    return bytes(told) + b"\0"


def read_varint(file: IO[bytes]) -> int:
    """A whole number of any length, seven bits a byte, the lowest first."""
    found = shift = 0
    while True:
        byte = file.read(1)[0]
        found |= (byte & 127) << shift
        if byte < 128:
            return found
        shift += 7


def varint(value: int) -> bytes:
    """The bytes that read_varint() takes."""
    told = bytearray()
    while value > 127:
        told.append(value & 127 | 128)
        value >>= 7
    return bytes([*told, value])


def from_zigzag(value: int) -> int:
    """0, 1, 2, 3, … stand for 0, -1, 1, -2, …"""
    return value >> 1 ^ -(value & 1)
