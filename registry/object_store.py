"""Objects in an S3-compatible store, by way of django-storages; only installed where it is used."""

from __future__ import annotations

import base64
import hashlib
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.errors import Outage

CONNECT_SECONDS = 5
READ_SECONDS = 30
#: Tries of one request, the first one counted: a store that restarts is waited for, not given up.
TRIES = 3
MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
NO_BUCKET = frozenset({"NoSuchBucket"})
REFUSED = frozenset(
    {"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AllAccessDisabled"}
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Which bucket of which server; an empty endpoint is Amazon's, empty keys are those of the machine."""

    bucket: str
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = ""
    prefix: str = ""

    def __repr__(self) -> str:
        return f"Bucket({self.bucket!r} ở {self.endpoint or 'Amazon S3'})"  # never the secret


class ObjectStore:
    """One bucket. django-storages keeps a connection for each thread."""

    def __init__(self, config: Bucket) -> None:
        self.config = config
        try:
            storages = importlib.import_module("storages.backends.s3")
            self._exceptions = importlib.import_module("botocore.exceptions")
            client = importlib.import_module("botocore.config")
        except ImportError as fault:
            raise Outage(
                "Kho tệp đặt ở DOCGEN_S3_BUCKET nhưng chưa cài gói cần cho S3. Chạy: .venv/bin/pip install "
                "--require-hashes --no-deps -r requirements-s3.txt",
                retryable=False,
                code="s3_not_installed",
            ) from fault
        self._storage: Any = storages.S3Storage(
            bucket_name=config.bucket,
            endpoint_url=config.endpoint or None,
            region_name=config.region or None,
            access_key=config.key_id or None,
            secret_key=config.secret or None,
            addressing_style="path" if config.endpoint else None,
            signature_version=None,
            client_config=client.Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                s3={"addressing_style": "path"} if config.endpoint else {},
            ),
        )

    def _object(self, key: str) -> Any:
        return self._storage.bucket.Object(self._prefix + key)

    @property
    def _prefix(self) -> str:
        return f"{self.config.prefix.strip('/')}/" if self.config.prefix else ""

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes; the server proves them by their checksum before it says yes."""
        with self._outages():
            self._object(key).put(
                Body=data,
                ContentMD5=base64.b64encode(hashlib.md5(data).digest()).decode(),  # noqa: S324
            )

    def get(self, key: str, *, start: int = 0, size: int | None = None) -> bytes:
        """The bytes, or a part of them. Raises FileNotFoundError."""
        if size == 0:
            return b""  # an empty range cannot be asked for
        wanted = {} if not start and size is None else {"Range": _range(start, size)}
        with self._outages():
            body: bytes = self._object(key).get(**wanted)["Body"].read()
        return body

    def objects(self) -> Iterator[tuple[str, int, float]]:
        """Key, size in bytes and time of change of everything under the prefix."""
        with self._outages():
            for found in self._storage.bucket.objects.filter(Prefix=self._prefix):
                key = found.key.removeprefix(self._prefix)
                yield key, found.size, found.last_modified.timestamp()

    @contextmanager
    def _outages(self) -> Iterator[None]:
        """The library's faults in the words of the house."""
        try:
            yield
        except self._exceptions.ClientError as fault:
            code = str(fault.response.get("Error", {}).get("Code", ""))
            if code in MISSING:
                raise FileNotFoundError(code) from fault
            raise self._answer(code) from fault
        except (self._exceptions.BotoCoreError, OSError) as fault:
            raise Outage(
                f"Kho tệp S3 ({self._where}) không trả lời. Kiểm tra mạng và máy chủ rồi thử lại.",
                code="s3_unreachable",
                facts={"bucket": self.config.bucket, "detail": type(fault).__name__},
            ) from fault

    def _answer(self, code: str) -> Outage:
        facts = {"bucket": self.config.bucket, "detail": code}
        if code in NO_BUCKET:
            message = f"Kho tệp S3 ({self._where}) không có bucket này. Kiểm tra DOCGEN_S3_BUCKET hoặc tạo bucket."
            return Outage(message, retryable=False, code="s3_no_bucket", facts=facts)
        if code in REFUSED:
            message = (
                f"Kho tệp S3 ({self._where}) từ chối truy cập. Kiểm tra DOCGEN_S3_KEY_ID, "
                "DOCGEN_S3_SECRET và quyền trên bucket."
            )
            return Outage(message, retryable=False, code="s3_refused", facts=facts)
        message = f"Kho tệp S3 ({self._where}) báo lỗi {code or 'không rõ'}. Thử lại sau."
        return Outage(message, code="s3_failed", facts=facts)

    @property
    def _where(self) -> str:
        return f"{self.config.bucket}, {self.config.endpoint or 'Amazon S3'}"


def _range(start: int, size: int | None) -> str:
    return f"bytes={start}-{'' if size is None else start + size - 1}"
