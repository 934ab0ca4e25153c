"""The bytes as they were retrieved, under the hash of what they are: any stage can run again without the network."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import sys
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseDamagedError, WarehouseUnwritableError

NEW = ".new"
MANY_PATHS = 16
PACKED_LEVEL = 6  # level 9 takes twice as long for a hundredth of the size
HASH = re.compile(r"[0-9a-f]{64}")


class Archive:
    """A content-addressed store of gzip files: ``ab/abcd….gz`` holds the bytes whose sha256 is ``abcd…``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep the bytes; gives their sha256. Kept ones are not written again, and half a file is never seen."""
        content_hash = hashlib.sha256(data).hexdigest()
        if self.has(content_hash):
            return content_hash
        path = self.path(content_hash)
        aside = path.with_name(f".{content_hash}.{os.getpid()}.{threading.get_ident()}")
        with self._disk_errors(content_hash):
            path.parent.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                file.write(packed(data))
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
            sync_folder(path.parent)
        return content_hash

    @contextmanager
    def _disk_errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise WarehouseUnwritableError(
                f"cannot keep {what[:12]}… in {self.root} ({error.strerror}): make it writable or make space"
            ) from error

    def get(self, content_hash: str) -> bytes:
        """The bytes with that sha256. Raises KeyError where they are not kept, WarehouseDamagedError where broken."""
        try:
            with open(self._place(content_hash), "rb") as file:
                kept = file.read()
        except FileNotFoundError:
            raise KeyError(content_hash) from None
        data = unpacked(kept)
        if data is None or hashlib.sha256(data).hexdigest() != content_hash:
            raise WarehouseDamagedError(
                f"archived file {self.path(content_hash)} is damaged: delete it, the next run retrieves it again"
            )
        return data

    def has(self, content_hash: str) -> bool:
        """True where the bytes with that sha256 are kept."""
        return os.path.exists(self._place(content_hash))  # unlike Path.exists, False where we may not look

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
        return self._sweep("[0-9a-f][0-9a-f]/.*") + self.sweep_new()

    def sweep_new(self) -> int:
        """Remove what a killed run had not committed, which is one folder to look at."""
        return self._sweep(f"{NEW}/.*")

    def _sweep(self, pattern: str) -> int:
        leftovers = [path for path in self.root.glob(pattern) if not is_being_written(path)]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def path(self, content_hash: str) -> Path:
        """Where the bytes with that sha256 lie. Raises ValueError for what is no sha256."""
        return Path(self._place(content_hash))

    def _place(self, content_hash: str) -> str:
        """The path as text: a Path takes longer to make than its file to be looked up."""
        if not HASH.fullmatch(content_hash):
            raise ValueError(f"no sha256 in hexadecimal: {content_hash!r}")
        return f"{self.root}/{content_hash[:2]}/{content_hash}.gz"


class WritingArchive(Archive):
    """An archive that waits for the disk once for many files: what was ``put`` is kept after ``commit``.

    For runs that put thousands of small files and commit a transaction that speaks of them: each wait for the disk
    takes as long as parsing a feed. Until then files lie in ``.new/``, where a killed run's are swept.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._waiting: dict[str, str] = {}  # sha256 -> where its file lies aside
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        """Take the bytes; gives their sha256."""
        content_hash = hashlib.sha256(data).hexdigest()
        if content_hash in self._waiting or self.has(content_hash):
            return content_hash
        aside = f"{self.root}/{NEW}/.{content_hash}.{os.getpid()}.{threading.get_ident()}"
        with self._disk_errors(content_hash):
            try:
                write(aside, packed(data))
            except FileNotFoundError:
                os.makedirs(os.path.dirname(aside), exist_ok=True)
                write(aside, packed(data))
        with self._lock:
            self._waiting.setdefault(content_hash, aside)
        return content_hash

    def get(self, content_hash: str) -> bytes:
        """The bytes with that sha256, also where they wait. Raises KeyError, WarehouseDamagedError."""
        aside = self._waiting.get(content_hash)
        data = unpacked(Path(aside).read_bytes()) if aside is not None and os.path.exists(aside) else None
        return super().get(content_hash) if data is None else data

    def commit(self) -> int:
        """Keep for good what was put so far; gives how many files."""
        with self._lock:
            waiting = dict(self._waiting)
        with self._disk_errors(next(iter(waiting), "")):
            sync(list(waiting.values()))
            for content_hash, aside in waiting.items():
                place = self._place(content_hash)
                try:
                    os.replace(aside, place)
                except FileNotFoundError:
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                    os.replace(aside, place)
            sync(list({os.path.dirname(self._place(content_hash)) for content_hash in waiting}))
        with self._lock:
            for content_hash in waiting:
                del self._waiting[content_hash]
        return len(waiting)


def write(path: str, data: bytes) -> None:
    """Make a file of the bytes."""
    with open(path, "wb") as file:
        file.write(data)


def sync(paths: Sequence[str]) -> None:
    """Make files and folders survive a power cut: one by one where they are few, the whole disk at once where many."""
    if len(paths) > MANY_PATHS and sys.platform == "linux":  # where sync() waits until all is written
        os.sync()
        return
    for path in paths:
        sync_folder(path)


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


def packed(data: bytes) -> bytes:
    """The bytes as a gzip file, the same for the same bytes."""
    return gzip.compress(data, PACKED_LEVEL, mtime=0)


def unpacked(packed: bytes) -> bytes | None:
    """The bytes of a gzip file, None where it is broken."""
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return None


def sync_folder(folder: Path | str) -> None:
    """Make the names in a folder, or the bytes in a file, survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
