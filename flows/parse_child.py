"""Parsing in a process of its own, within a time and a memory: ``python -m flows.parse_child`` answers calls.

What was written to be costly (a tag of 100,000 attributes, an author of a million letters) costs that process its life
and the run nothing. One child serves one process, call after call, and ends with it. What is small and shaped as usual
is parsed here: there the worst that is known stays within seconds.
"""

from __future__ import annotations

import atexit
import os
import pickle
import re
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from threading import Lock
from typing import Any, BinaryIO, TypeVar

PARSE_SECONDS = 30
MEMORY_BYTES = 3_000_000_000  # of addresses, not of use
ORDINARY_BYTES = 256_000
ORDINARY_WORD = 2_000  # bytes without a blank: some patterns of feedparser take the square of it
ORDINARY_TAG = 20_000  # bytes without a ">"
_BLANK, _TAG_END = re.compile(rb"\s"), re.compile(b">")
_HEAD = struct.Struct("!Q")

Result = TypeVar("Result")


class CostlyError(Exception):
    """A call that took more time or memory than it may."""


def is_ordinary(data: bytes) -> bool:
    """Whether parsing the bytes is known to take no more than seconds, whoever wrote them.

    >>> is_ordinary(b"<rss><channel/></rss>"), is_ordinary(b"<item " + b'a="" ' * 10_000 + b">")
    (True, False)
    """
    if len(data) > ORDINARY_BYTES:
        return False
    return not (_has_run(data, _BLANK, ORDINARY_WORD) or _has_run(data, _TAG_END, ORDINARY_TAG))


def _has_run(data: bytes, ending: re.Pattern[bytes], longest: int) -> bool:
    """Whether more than ``longest`` bytes follow one another without an ``ending``.

    Such a run fills a block of half its length, so most of the bytes need no look.
    """
    step = longest // 2
    blocks = range(0, len(data) - step + 1, step)
    if all(ending.search(data, start, start + step) for start in blocks):
        return False
    return max(map(len, ending.split(data))) > longest


class ParseChild:
    """The process, started at its first call."""

    def __init__(self, seconds: int = PARSE_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def call(self, function: Callable[..., Result], *arguments: object, **named: object) -> Result:
        """What a module's function gives back or raises. Raises CostlyError where the child did not survive it."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                _write(process.stdin, (function, arguments, named))
                is_raised, result = _read(process.stdout)
            except (OSError, EOFError) as error:
                self.close()
                raise CostlyError(f"not parsed within {self._seconds} seconds and the memory it may have") from error
        if is_raised:
            raise result
        return result

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "flows.parse_child", str(self._seconds)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


CHILD = ParseChild()


def within_limits(function: Callable[..., Result], *arguments: object, is_usual: bool, **named: object) -> Result:
    """The call made here where it ``is_usual``, else in the child. Raises CostlyError."""
    return function(*arguments, **named) if is_usual else CHILD.call(function, *arguments, **named)


def main() -> int:
    """Takes calls until its parent is gone; one that lasts longer than ``argv[1]`` seconds ends the process."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while True:
        try:
            function, arguments, named = _read(sys.stdin.buffer)
        except EOFError:
            return 0
        signal.alarm(seconds)  # no handler: the kernel ends the process even inside a parser written in C
        try:
            answer = (False, function(*arguments, **named))
        except MemoryError:
            return 1
        except Exception as error:  # told to whoever called
            answer = (True, error)
        signal.alarm(0)
        _write(answers, answer)


def _write(stream: BinaryIO | Any, value: object) -> None:
    data = pickle.dumps(value)
    stream.write(_HEAD.pack(len(data)) + data)
    stream.flush()


def _read(stream: BinaryIO | Any) -> Any:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    data = stream.read(_HEAD.unpack(head)[0])
    return pickle.loads(data)


if __name__ == "__main__":
    sys.exit(main())
