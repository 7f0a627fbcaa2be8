"""The mailbox to which forms are sent: attachments are received, and only then is the message put away.

A message stays where it is until all its attachments are on the disk. One that was received but not put away is
received again as the same bytes.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from types import TracebackType
from typing import Self

from django.conf import settings

from core.errors import Outage, UserError
from intake.guard import MAX_FILE
from intake.models import Arrival
from intake.services.receiving import Duplicate, New, receive

_TIMEOUT = 30.0  # seconds
#: Larger messages are left for a person: attachments grow by a third in transport.
_LARGEST = 2 * MAX_FILE
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"tls": 993, "starttls": 143, "none": 143}
#: Signatures, calendar entries and cards are no forms.
_OTHER = frozenset({"text/calendar", "text/vcard", "application/pgp-signature",
                    "application/pkcs7-signature", "application/x-pkcs7-signature"})  # fmt: skip
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is. ``security``: tls, starttls or none. ``ca``: a file with the certificate to trust."""

    host: str
    port: int
    user: str
    password: str
    security: str
    folder: str
    done: str
    ca: str = ""

    def __repr__(self) -> str:
        return f"Account({self.user}@{self.host}:{self.port})"


def account_of_settings() -> Account:
    """The office's mailbox. Raises UserError saying which setting is missing or wrong."""
    host, security = settings.IMAP_HOST, settings.IMAP_SECURITY
    needed = {
        "DOCGEN_IMAP_HOST": host,
        "DOCGEN_IMAP_USER": settings.IMAP_USER,
        "DOCGEN_IMAP_PASSWORD": settings.IMAP_PASSWORD,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise UserError(
            f"Chưa cài đặt hộp thư: thiếu {', '.join(missing)}.",
            code="bad_setting",
            facts={"missing": missing},
        )
    if security not in _PORTS or (security == "none" and host not in _LOCAL):
        raise UserError(
            "DOCGEN_IMAP_SECURITY phải là tls hoặc starttls (none chỉ dùng cho máy chủ ở chính máy này).",
            code="bad_setting",
        )
    port = settings.IMAP_PORT or str(_PORTS[security])
    if not port.isdigit():
        raise UserError(f"DOCGEN_IMAP_PORT ghi “{port}”, phải là số.", code="bad_setting")
    return Account(
        host=host,
        port=int(port),
        user=settings.IMAP_USER,
        password=settings.IMAP_PASSWORD,
        security=security,
        folder=settings.IMAP_FOLDER,
        done=settings.IMAP_DONE_FOLDER,
        ca=settings.IMAP_CA,
    )


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment: its name, and what receiving it answered; None with the reason when it was refused."""

    name: str
    outcome: New | Duplicate | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the mailbox with what became of its attachments; none: a person must read it."""

    sender: str
    subject: str
    attached: tuple[Attached, ...]
    note: str = ""


class Mailbox:
    """An open mailbox. Raises Outage when the server does not answer, UserError when it refuses the account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._server: imaplib.IMAP4 | None = None

    def __enter__(self) -> Self:
        account = self.account
        try:
            self._server = _connect(account)
        except ssl.SSLCertVerificationError as fault:
            raise UserError(
                f"Chứng thư của hộp thư {account.host}:{account.port} không được tin ({fault.verify_message}). "
                "Nếu đó là máy chủ của cơ quan, hãy đặt DOCGEN_IMAP_CA là tệp chứng thư (PEM) của máy chủ ấy.",
                code="mailbox_certificate",
            ) from fault
        except (OSError, imaplib.IMAP4.abort, imaplib.IMAP4.error) as fault:
            raise Outage(
                f"Không kết nối được hộp thư {account.host}:{account.port}: {fault}.",
                code="mailbox",
            ) from fault
        try:
            self._server.login(account.user, account.password)
        except imaplib.IMAP4.error as fault:
            self._leave()
            raise UserError(
                f"Hộp thư {account.host} không nhận tài khoản {account.user}. Kiểm tra DOCGEN_IMAP_USER và mật khẩu.",
                code="mailbox_login",
            ) from fault
        self._call("SELECT", self._open)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                server.logout()

    def letters(self, *, actor: str) -> Iterator[Letter]:
        """Receive the attachments of every message that nobody has flagged, and put each message away.

        A message without a form stays in the folder, flagged for a person.
        """
        for number in self._uids():
            size = self._size(number)
            if size > _LARGEST:
                self._flag(number)
                yield Letter(
                    "", "", (), f"Thư lớn quá {_LARGEST // 2**20} MB, để lại trong hộp thư."
                )
                continue
            data = self._fetch(number)
            if data is None:
                continue  # taken away meanwhile
            letter = receive_letter(data, actor=actor)
            if any(one.outcome is not None for one in letter.attached):
                self._put_away(number)
            else:
                self._flag(number)
            yield letter

    # --- the protocol --------------------------------------------------------------------------------

    @property
    def server(self) -> imaplib.IMAP4:
        """The connection. Raises RuntimeError outside of the ``with`` block."""
        if self._server is None:
            raise RuntimeError("the mailbox is not open")
        return self._server

    def _open(self) -> tuple[str, list[bytes | None]]:
        return self.server.select(_quoted(self.account.folder))

    def _call(self, what: str, act: object) -> list[object]:
        """The data of an answer. Raises Outage when the server says no or goes away."""
        try:
            state, data = act()  # type: ignore[operator]
        except (OSError, imaplib.IMAP4.error) as fault:
            raise Outage(f"Hộp thư không trả lời lệnh {what}: {fault}.", code="mailbox") from fault
        if state != "OK":
            raise Outage(f"Hộp thư từ chối lệnh {what}: {data!r}.", code="mailbox")
        return list(data)

    def _uid(self, command: str, *words: str) -> list[object]:
        return self._call(command, lambda: self.server.uid(command, *words))

    def _uids(self) -> list[str]:
        found = self._uid("SEARCH", "UNFLAGGED", "UNDELETED")
        first = found[0] if found else b""
        return first.decode("ascii").split() if isinstance(first, bytes) else []

    def _size(self, number: str) -> int:
        said = b" ".join(
            one for one in self._uid("FETCH", number, "(RFC822.SIZE)") if isinstance(one, bytes)
        )
        size = _SIZE.search(said)
        return int(size[1]) if size else 0

    def _fetch(self, number: str) -> bytes | None:
        for part in self._uid("FETCH", number, "(BODY.PEEK[])"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def _flag(self, number: str) -> None:
        self._uid("STORE", number, "+FLAGS", "(\\Flagged)")

    def _put_away(self, number: str) -> None:
        done = _quoted(self.account.done)
        with contextlib.suppress(imaplib.IMAP4.error):
            self.server.create(done)  # it says no when the folder is there
        if "MOVE" in self.server.capabilities:
            self._uid("MOVE", number, done)
            return
        self._uid("COPY", number, done)
        self._uid("STORE", number, "+FLAGS", "(\\Deleted)")
        if "UIDPLUS" in self.server.capabilities:
            self._uid("EXPUNGE", number)
        else:
            self._call("EXPUNGE", self.server.expunge)


def _connect(account: Account) -> imaplib.IMAP4:
    if account.security == "tls":
        context = _trust(account)
        return imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=_TIMEOUT)
    server = imaplib.IMAP4(account.host, account.port, timeout=_TIMEOUT)
    if account.security == "starttls":
        try:
            server.starttls(ssl_context=_trust(account))
        except (OSError, imaplib.IMAP4.error):
            with contextlib.suppress(OSError):  # a failed handshake has closed it
                server.shutdown()
            raise
    return server


def _trust(account: Account) -> ssl.SSLContext:
    """Certificates of the system, or the one that the office names; the host's name is always checked.

    Raises UserError when the named file holds no certificate.
    """
    try:
        return ssl.create_default_context(cafile=account.ca or None)
    except OSError as fault:  # SSLError is one
        raise UserError(
            f"DOCGEN_IMAP_CA: không đọc được chứng thư trong tệp “{account.ca}”.",
            code="bad_setting",
        ) from fault


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- one message ----------------------------------------------------------------------------------------


def receive_letter(data: bytes, *, actor: str) -> Letter:
    """Receive every attachment of a message. Raises Outage when the store does not take one."""
    message = message_from_bytes(data, policy=policy.default)
    sender = _header(message, "From")
    attached = tuple(
        _receive(name, content, sender=sender, actor=actor)
        for name, content in attachments(message)
    )
    return Letter(sender, _header(message, "Subject"), attached)


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, TypeError):  # a header that the standard library cannot read
        return ""


def _receive(name: str, content: bytes, *, sender: str, actor: str) -> Attached:
    try:
        outcome = receive(content, name=name, arrival=Arrival.MAIL, actor=actor, sender_text=sender)
    except UserError as fault:
        return Attached(name, None, fault.message)
    return Attached(name, outcome)


def attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what is attached, also inside a forwarded message; pictures of a letterhead are left out."""
    for at, part in enumerate(message.walk()):
        if part.is_multipart() or part.get_content_type() in _OTHER:
            continue
        name = part.get_filename()
        inline = part.get_content_disposition() == "inline" and part.get("Content-ID")
        if inline and part.get_content_maintype() == "image":
            continue
        if not name and part.get_content_disposition() != "attachment":
            continue
        content = part.get_payload(decode=True)
        if isinstance(part, EmailMessage) and isinstance(content, bytes) and content:
            yield name or f"dinh-kem-{at}", content
