"""The bytes as they were retrieved, under the hash of what they are: any stage can run again without the network."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

from warehouse.errors import WarehouseDamagedError, WarehouseUnwritableError

HASH = re.compile(r"[0-9a-f]{64}")


class Archive:
    """A content-addressed store of gzip files: ``ab/abcd….gz`` holds the bytes whose sha256 is ``abcd…``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep the bytes; gives their sha256. Kept ones are not written again, and half a file is never seen."""
        content_hash = hashlib.sha256(data).hexdigest()
        path = self.path(content_hash)
        if os.path.exists(path):  # unlike Path.exists, False where we may not look
            return content_hash
        aside = path.with_name(f".{content_hash}.{os.getpid()}.{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                file.write(gzip.compress(data, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise WarehouseUnwritableError(
                f"cannot keep {content_hash[:12]}… in {self.root} ({error.strerror}): make it writable or make space"
            ) from error
        return content_hash

    def get(self, content_hash: str) -> bytes:
        """The bytes with that sha256. Raises KeyError where they are not kept, WarehouseDamagedError where broken."""
        try:
            packed = self.path(content_hash).read_bytes()
        except FileNotFoundError:
            raise KeyError(content_hash) from None
        data = unpacked(packed)
        if data is None or hashlib.sha256(data).hexdigest() != content_hash:
            raise WarehouseDamagedError(
                f"archived file {self.path(content_hash)} is damaged: delete it, the next run retrieves it again"
            )
        return data

    def has(self, content_hash: str) -> bool:
        """True where the bytes with that sha256 are kept."""
        return self.path(content_hash).exists()

    def verify(self) -> list[str]:
        """Hashes of the kept files that do not hold what their name promises, sorted."""
        return [content_hash for content_hash in self.hashes() if not self.is_whole(content_hash)]

    def hashes(self) -> Iterator[str]:
        """The sha256 of everything kept, sorted."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/*.gz")):
            if HASH.fullmatch(path.stem):
                yield path.stem

    def is_whole(self, content_hash: str) -> bool:
        """True where the kept bytes have that sha256."""
        data = unpacked(self.path(content_hash).read_bytes())
        return data is not None and hashlib.sha256(data).hexdigest() == content_hash

    def sweep(self) -> int:
        """Remove what killed processes left aside; gives how many files. Those of living ones stay."""
        leftovers = [path for path in self.root.glob("[0-9a-f][0-9a-f]/.*") if not is_being_written(path)]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def path(self, content_hash: str) -> Path:
        """Where the bytes with that sha256 lie. Raises ValueError for what is no sha256."""
        if not HASH.fullmatch(content_hash):
            raise ValueError(f"no sha256 in hexadecimal: {content_hash!r}")
        return self.root / content_hash[:2] / f"{content_hash}.gz"


def is_being_written(aside: Path) -> bool:
    """True where the process that ``.hash.pid.thread`` names is alive."""
    pid = aside.name.split(".")[2:3]
    if not pid or not pid[0].isdigit():
        return False
    try:
        os.kill(int(pid[0]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def unpacked(packed: bytes) -> bytes | None:
    """The bytes of a gzip file, None where it is broken."""
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
