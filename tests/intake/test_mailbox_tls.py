"""The mailbox over TLS with a certificate that an office made itself: from the first byte, and after STARTTLS."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.errors import Outage, UserError
from intake.mailbox import Account, Mailbox, account_of_settings
from intake.services.receiving import New
from tests.intake.forms import word_form
from tests.intake.returns import OFFICER
from tests.intake.test_mailbox import PASSWORD, USER, drop, imap_server, letter

HOST = "127.0.0.1"


def certificate(folder: Path, name: str = HOST) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hộp thư cơ quan")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "chung-thu.pem", folder / "khoa.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


@contextmanager
def wrapped(port: int, public: Path, private: Path) -> Iterator[int]:
    """TLS from the first byte before a server without it, as stunnel gives it; the port in front."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    front = socket.create_server((HOST, 0))

    def pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        while True:
            try:
                plain, _ = front.accept()
            except OSError:
                return  # closed: the test is over
            try:
                outer = context.wrap_socket(plain, server_side=True)
            except OSError:  # a client that does not trust us goes away
                plain.close()
                continue
            inner = socket.create_connection((HOST, port))
            one = threading.Thread(target=pump, args=(outer, inner), daemon=True)
            one.start()
            pump(inner, outer)
            one.join()
            outer.close()
            inner.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield front.getsockname()[1]
    finally:
        front.shutdown(socket.SHUT_RDWR)
        front.close()
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module", params=["tls", "starttls"])
def account(request: pytest.FixtureRequest, pem: tuple[Path, Path]) -> Iterator[Account]:
    public, private = pem
    made = Account(HOST, 0, USER, PASSWORD, request.param, "INBOX", "Docgen-DaNhan", str(public))
    if request.param == "starttls":
        with imap_server("--cert", str(public), "--key", str(private)) as port:
            yield replace(made, port=port)
    else:
        with imap_server("--no-tls") as inner, wrapped(inner, public, private) as port:
            yield replace(made, port=port)


@pytest.mark.django_db
def test_a_form_comes_over_tls(account: Account, tmp_path: Path, settings) -> None:
    settings.FILES_DIR = tmp_path / "kho"
    with Mailbox(account) as mailbox:
        assert isinstance(mailbox.server.sock, ssl.SSLSocket)
        assert mailbox.server.sock.version() in {"TLSv1.2", "TLSv1.3"}
        drop(mailbox.server, letter(("phieu.docx", word_form("enterprise_survey"))))
        found = [one for one in mailbox.letters(actor=OFFICER) if one.attached]
    assert [type(one.attached[0].outcome) for one in found] == [New]


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_said(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imaplib.IMAP4.login", lambda *_: pytest.fail("the password was sent"))
    with pytest.raises(UserError) as refused, Mailbox(replace(account, ca="")):
        pass
    assert refused.value.code == "mailbox_certificate"
    assert "DOCGEN_IMAP_CA" in refused.value.message


def test_a_certificate_for_another_host_is_refused(account: Account) -> None:
    with pytest.raises(UserError) as refused, Mailbox(replace(account, host="localhost")):
        pass
    assert refused.value.code == "mailbox_certificate"


def test_a_server_without_tls_gets_no_password() -> None:
    with imap_server("--no-tls") as port:
        for security in ("tls", "starttls"):
            plain = Account(HOST, port, USER, PASSWORD, security, "INBOX", "Docgen-DaNhan")
            with pytest.raises(Outage), Mailbox(plain):
                pass


def test_a_file_without_a_certificate_is_named(settings, tmp_path: Path) -> None:
    settings.IMAP_HOST, settings.IMAP_USER, settings.IMAP_PASSWORD = "thu.vidu.example", "a", "b"
    settings.IMAP_CA = str(tmp_path / "khong-co.pem")
    with pytest.raises(UserError) as refused, Mailbox(account_of_settings()):
        pass
    assert refused.value.code == "bad_setting"
    assert "DOCGEN_IMAP_CA" in refused.value.message
