"""Bodies decoded by ourselves: httpx takes a truncated gzip for whole and a bomb in one piece."""

from __future__ import annotations

import zlib

from flows.retrieve.errors import RetrieveError

ACCEPTED = "gzip, deflate"
GZIP_MAGIC = b"\x1f\x8b"
_STEP = 65_536  # bytes decoded at once, so that a bomb is noticed early


class BoundedBody:
    """A body as it comes in, never larger than allowed: ``feed`` every piece, then ``close``."""

    def __init__(self, url: str, content_encoding: str, *, max_bytes: int, max_wire_bytes: int) -> None:
        self._url = url
        self._encoding = content_encoding.strip().lower()
        self._max_bytes = max_bytes
        self._max_wire_bytes = max_wire_bytes
        self._wire_bytes = 0
        self._body = bytearray()
        self._decoder: zlib._Decompress | None = None
        if self._encoding in {"", "identity"}:
            return
        if self._encoding not in {"gzip", "x-gzip", "deflate"}:
            raise RetrieveError("unknown_encoding", f"{url}: sent as {content_encoding!r:.60}, not as asked")

    def feed(self, piece: bytes) -> None:
        """Takes one piece from the wire. Raises RetrieveError (too_large, broken_off)."""
        self._wire_bytes += len(piece)
        if self._wire_bytes > self._max_wire_bytes:
            raise RetrieveError("too_large", f"{self._url}: more than {self._max_wire_bytes:,} bytes on the wire")
        if self._encoding in {"", "identity"}:
            self._append(piece)
            return
        if not piece:
            return
        try:
            self._decode(piece)
        except zlib.error as error:
            raise RetrieveError("broken_off", f"{self._url}: the {self._encoding} body is damaged ({error})") from error

    def close(self) -> bytes:
        """The whole body. Raises RetrieveError (broken_off) where the compressed stream has no end."""
        if self._decoder is not None and not self._decoder.eof:
            raise RetrieveError("broken_off", f"{self._url}: the {self._encoding} body ends before its end")
        return bytes(self._body)

    def _append(self, data: bytes) -> None:
        if len(self._body) + len(data) > self._max_bytes:
            raise RetrieveError("too_large", f"{self._url}: more than {self._max_bytes:,} bytes when decoded")
        self._body += data

    def _decode(self, piece: bytes) -> None:
        pending = piece
        while True:
            if self._decoder is None:
                self._decoder = self._new_decoder(pending)
            elif self._decoder.eof:
                if not pending.startswith(GZIP_MAGIC):
                    return  # padding behind the end, as some servers send
                self._decoder = self._new_decoder(pending)  # gzip may hold several members
            decoded = self._decoder.decompress(pending, _STEP)
            self._append(decoded)
            if self._decoder.eof:
                pending = self._decoder.unused_data
            else:
                pending = self._decoder.unconsumed_tail
                if not pending and len(decoded) < _STEP:  # a full step may leave more inside the decoder
                    return

    def _new_decoder(self, start: bytes) -> zlib._Decompress:
        if self._encoding != "deflate":
            return zlib.decompressobj(wbits=31)
        # "deflate" should be a zlib stream; some servers send the bare one
        has_zlib_header = start[0] & 0x0F == 8 and (len(start) == 1 or (start[0] << 8 | start[1]) % 31 == 0)
        return zlib.decompressobj(wbits=15 if has_zlib_header else -15)
