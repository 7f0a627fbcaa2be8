"""The mailbox against a real IMAP server (pymap), spoken to over a socket."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from email.message import EmailMessage

import pytest

from core.errors import Outage, UserError
from intake.mailbox import Account, Mailbox, account_of_settings, attachments
from intake.models import ReceivedFile
from intake.services.receiving import Duplicate, New
from registry.files import read
from tests.intake.forms import word_form
from tests.intake.returns import OFFICER

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
USER, PASSWORD = "vanthu", "mat-khau-thu"


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with imap_server("--no-tls") as port:
        yield Account("127.0.0.1", port, USER, PASSWORD, "none", "INBOX", "Docgen-DaNhan")


@contextmanager
def imap_server(*options: str) -> Iterator[int]:
    """A server of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pymap.main import main; sys.exit(main())",
         "--host", "127.0.0.1", "--port", str(port), *options, "--no-service", "managesieve",
         "--no-service", "admin", "dict", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            assert server.poll() is None, server.stderr.read().decode()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield port
    finally:
        server.kill()
        server.wait()
        server.stderr.close()


@pytest.fixture
def inbox(account: Account, tmp_path, settings) -> Iterator[imaplib.IMAP4]:
    """The mailbox as a person sees it, empty at first."""
    settings.FILES_DIR = tmp_path / "kho"
    server = imaplib.IMAP4(account.host, account.port)
    server.login(USER, PASSWORD)
    for folder in ("INBOX", account.done):
        if server.select(f'"{folder}"')[0] == "OK":
            server.store("1:*", "+FLAGS", "(\\Deleted)")
            server.expunge()
    yield server
    server.logout()


def letter(*files: tuple[str, bytes], subject: str = "Gửi phiếu khảo sát") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Giàng Thị Dở <do@vidu.example>"
    made["To"] = "vanthu@vidu.example"
    made["Subject"] = subject
    made.set_content("Kính gửi văn phòng.")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype=WORD, filename=name)
    return made


def drop(inbox: imaplib.IMAP4, message: EmailMessage) -> None:
    assert inbox.append("INBOX", "", "", message.as_bytes())[0] == "OK"


def count(inbox: imaplib.IMAP4, folder: str) -> int:
    state, data = inbox.select(f'"{folder}"')
    return int(data[0] or 0) if state == "OK" else 0


def emptied(account: Account) -> list:
    with Mailbox(account) as mailbox:
        return list(mailbox.letters(actor=OFFICER))


@pytest.mark.django_db
def test_attachments_are_received_and_the_message_put_away(
    account: Account, inbox: imaplib.IMAP4
) -> None:
    one = word_form("enterprise_survey", {"enterprise_name": "Hợp tác xã Chè Tam Đường"})
    two = word_form("enterprise_survey", {"enterprise_name": "Công ty TNHH A&B <X>"})
    drop(inbox, letter(("Phiếu khảo sát số 1.docx", one), ("phieu-2.docx", two)))
    (found,) = emptied(account)
    assert found.subject == "Gửi phiếu khảo sát"
    assert [one.name for one in found.attached] == ["Phiếu khảo sát số 1.docx", "phieu-2.docx"]
    assert all(isinstance(one.outcome, New) for one in found.attached)
    rows = ReceivedFile.objects.order_by("id")
    assert [read(row.file) for row in rows] == [one, two]
    assert {(row.arrival, row.sender_text) for row in rows} == {
        ("mail", "Giàng Thị Dở <do@vidu.example>")
    }
    assert count(inbox, "INBOX") == 0
    assert count(inbox, account.done) == 1
    assert emptied(account) == []


@pytest.mark.django_db
def test_the_same_message_again_changes_nothing(account: Account, inbox: imaplib.IMAP4) -> None:
    message = letter(("phieu.docx", word_form("enterprise_survey")))
    drop(inbox, message)
    emptied(account)
    drop(inbox, message)  # as when a kill came between receiving and putting away
    (found,) = emptied(account)
    assert isinstance(found.attached[0].outcome, Duplicate)
    assert ReceivedFile.objects.count() == 1
    assert count(inbox, "INBOX") == 0


@pytest.mark.django_db
def test_a_message_without_a_form_stays_flagged_for_a_person(
    account: Account, inbox: imaplib.IMAP4
) -> None:
    drop(inbox, letter(subject="Hỏi về hạn nộp"))
    (found,) = emptied(account)
    assert found.attached == ()
    assert count(inbox, "INBOX") == 1
    assert b"\\Flagged" in inbox.fetch("1", "(FLAGS)")[1][0]
    assert emptied(account) == []


@pytest.mark.django_db
def test_an_outage_while_receiving_leaves_the_message(
    account: Account, inbox: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(inbox, letter(("phieu.docx", word_form("enterprise_survey"))))

    def full(*_: object, **__: object) -> None:
        raise Outage("Đĩa đầy.")

    with monkeypatch.context() as patch:
        patch.setattr("intake.mailbox.receive", full)
        with pytest.raises(Outage):
            emptied(account)
    assert count(inbox, "INBOX") == 1
    assert len(emptied(account)) == 1
    assert ReceivedFile.objects.count() == 1


def test_a_wrong_password_and_a_silent_server_are_told(account: Account) -> None:
    with pytest.raises(UserError) as refused, Mailbox(replace(account, password="sai")):
        pass
    assert refused.value.code == "mailbox_login"
    assert "sai" not in str(refused.value)
    with pytest.raises(Outage), Mailbox(replace(account, port=1)):
        pass
    assert PASSWORD not in repr(account)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("IMAP_HOST", "", "DOCGEN_IMAP_HOST"),
        ("IMAP_SECURITY", "none", "DOCGEN_IMAP_SECURITY"),
        ("IMAP_SECURITY", "ssl", "DOCGEN_IMAP_SECURITY"),
        ("IMAP_PORT", "x", "DOCGEN_IMAP_PORT"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    settings, setting: str, value: str, said: str
) -> None:
    settings.IMAP_HOST, settings.IMAP_USER, settings.IMAP_PASSWORD = "thu.vidu.example", "a", "b"
    setattr(settings, setting, value)
    with pytest.raises(UserError) as refused:
        account_of_settings()
    assert said in refused.value.message


def test_pictures_of_a_letterhead_are_no_attachments_but_photos_are() -> None:
    message = letter(("phieu.docx", b"PK"))
    message.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png",
                           disposition="inline", cid="<logo@vidu>")  # fmt: skip
    message.add_attachment(b"photo", maintype="image", subtype="jpeg", filename="IMG_1.jpg")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="hop.ics")
    outer = EmailMessage()
    outer.set_content("Chuyển tiếp")
    outer.add_attachment(message)
    assert list(attachments(outer)) == [("phieu.docx", b"PK"), ("IMG_1.jpg", b"photo")]
