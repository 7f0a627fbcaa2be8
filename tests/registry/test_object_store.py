"""The same files in a bucket: a real server of the S3 protocol in this process."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from core.errors import Outage
from registry import object_store, stores
from registry.files import NewFile, key_of, missing, orphans, read, store, store_many
from registry.models import StoredFile
from registry.object_store import Bucket

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, settings: pytest.FixtureRequest) -> Bucket:
    found = Bucket("van-ban", server, "us-east-1", "khoa", "bi-mat", "liên đoàn/lai-chau")
    client(found).create_bucket(Bucket="van-ban")
    for key in keys(found):
        client(found).delete_object(Bucket=found.bucket, Key=key)
    settings.FILES_BUCKET = found  # type: ignore[attr-defined]
    return found


def client(found: Bucket) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=found.endpoint,
        region_name="us-east-1",
        aws_access_key_id=found.key_id,
        aws_secret_access_key=found.secret,
    )


def keys(found: Bucket) -> list[str]:
    listed = client(found).list_objects_v2(Bucket=found.bucket).get("Contents", [])
    return [entry["Key"] for entry in listed]


def test_a_file_and_a_pack_come_back(bucket: Bucket) -> None:
    alone = store(b"mot minh", media_type="text/plain", name="một.txt")
    many = store_many(NewFile(f"tệp {n}".encode(), "text/plain", f"{n}.txt") for n in range(5))
    empty = store(b"", media_type="text/plain", name="rỗng.txt")
    assert read(alone) == b"mot minh"
    assert read(empty) == b""
    assert [read(row).decode() for row in many] == [f"tệp {n}" for n in range(5)]
    assert sorted(keys(bucket)) == sorted(
        f"liên đoàn/lai-chau/{key}" for key in {key_of(row) for row in (alone, empty, *many)}
    )
    assert len({row.pack for row in many}) == 1
    assert missing() == []


def test_the_hash_is_proved_on_read_and_a_lost_object_is_made_again(bucket: Bucket) -> None:
    row = store(b"goc", media_type="text/plain", name="a.txt")
    key = f"{bucket.prefix}/{key_of(row)}"
    client(bucket).put_object(Bucket="van-ban", Key=key, Body=b"xau")
    with pytest.raises(Outage, match="bị hỏng"):
        read(row)
    client(bucket).delete_object(Bucket="van-ban", Key=key)
    assert missing() == [row]
    with pytest.raises(Outage, match=r"Không thấy tệp «a\.txt»"):
        read(row)
    assert read(row, remake=lambda _: b"goc") == b"goc"
    assert read(row) == b"goc"


def test_orphans_of_a_bucket(bucket: Bucket) -> None:
    row = store(b"co dong", media_type="text/plain", name="a.txt")
    lost = store(b"mat dong", media_type="text/plain", name="b.txt")
    lost.delete()
    assert orphans() == []
    found = orphans(older_than=timedelta(seconds=-5))
    assert [path.name for path in found] == [hashlib.sha256(b"mat dong").hexdigest()]
    assert read(row) == b"co dong"


def test_a_server_that_is_away_is_an_outage_with_its_address(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(object_store, "TRIES", 1)
    settings.FILES_BUCKET = Bucket("van-ban", f"http://127.0.0.1:{port}", "x", "k", "s")  # type: ignore[attr-defined]
    with pytest.raises(Outage, match=f"S3 .*127.0.0.1:{port}.* không trả lời") as caught:
        store(b"x", media_type="text/plain", name="x")
    assert caught.value.retryable
    assert not StoredFile.objects.exists()


def test_a_server_that_says_nothing_is_given_up(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_store, "TRIES", 1)
    monkeypatch.setattr(object_store, "READ_SECONDS", 0.3)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        settings.FILES_BUCKET = Bucket("van-ban", address, "x", "k", "s")  # type: ignore[attr-defined]
        with pytest.raises(Outage, match="không trả lời"):
            store(b"x", media_type="text/plain", name="x")


def test_a_bucket_that_is_not_there_is_said(server: str, settings: pytest.FixtureRequest) -> None:
    settings.FILES_BUCKET = Bucket("khong-co", server, "us-east-1", "khoa", "bi-mat")  # type: ignore[attr-defined]
    with pytest.raises(Outage, match="không có bucket này") as caught:
        store(b"x", media_type="text/plain", name="x")
    assert not caught.value.retryable


def test_without_the_packages_the_command_is_said(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(object_store.importlib, "import_module", away)
    settings.FILES_BUCKET = Bucket("chua-cai", "http://127.0.0.1:9", "x", "k", "s")  # type: ignore[attr-defined]
    with pytest.raises(Outage, match=r"requirements-s3\.txt") as caught:
        stores.byte_store()
    assert caught.value.code == "s3_not_installed"


def test_a_secret_is_never_printed() -> None:
    assert "bi-mat" not in repr(Bucket("b", "http://x", "r", "k", "bi-mat"))
