"""No file of a stranger hangs, fills the memory or runs code; the answer is an error that can be shown."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.frames import pack, unpack
from docgen.cage import Limits, run_caged
from docgen.engine import Place, TemplateError, UnsafeTemplate
from docgen.services.templates import lint_template
from tests.docgen.engine import make

LIMITS = Limits(cpu=10, wall=60)
KIND = "founding_decision"
BODY = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(inner: str) -> bytes:
    """A template with this raw body."""
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'
    return with_body(xml.encode())


def with_body(data: bytes) -> bytes:
    members = {**make.members(make.template("a")), BODY: data}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in members.items():
            archive.writestr(name, value)
    return out.getvalue()


def _entity() -> bytes:
    return with_body(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    )


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">{entities}]>'
    return with_body(f"{head}<x>&j;</x>".encode())


def _lying_size() -> bytes:
    """A member that says it is small and is not."""
    data = bytearray(with_body(b" " * 50_000_000))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(BODY.encode()))
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "cut off": lambda: (good := make.template("{{ ten_co_quan }}"))[: len(good) // 2],
    "noise": lambda: random.Random(7).randbytes(5000),
    "outside entity": _entity,
    "a billion laughs": _laughs,
    "100 MB of paragraphs": lambda: document("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 3_000_000),
    "30 MB of paragraphs": lambda: document("<w:p><w:r><w:t>{{x</w:t></w:r></w:p>" * 800_000),
    "100 MB in one text": lambda: document(f"<w:p><w:r><w:t>{'x' * 100_000_000}</w:t></w:r></w:p>"),
    "bomb": lambda: with_body(b"\0" * 190_000_000),
    "lying size": _lying_size,
    "deep elements": lambda: document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "deep tags": lambda: make.template("{% if a %}" * 3000 + "{% endif %}" * 3000),
    "deep brackets": lambda: make.template("{{ " + "(" * 20_000 + "a" + ")" * 20_000 + " }}"),
    "huge attribute": lambda: document(f'<w:p w:x="{"x" * 30_000_000}"/>'),
    "wrong encoding": lambda: with_body(
        '<?xml version="1.0" encoding="UTF-8"?><x>\xe9</x>'.encode("latin-1")
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_an_error_that_says_where(name: str) -> None:
    docx = HOSTILE[name]()
    where, message = outcome(docx)
    assert 10 < len(message) < 500
    if docx.startswith(b"PK") and name not in ("cut off", "lying size"):
        assert where is not None
        assert where.part == BODY


def outcome(docx: bytes) -> tuple[Place | None, str]:
    """Place and message of the error, or of the first fault, which is one of severity E."""
    try:
        fault = lint_template(docx, kind=KIND, limits=LIMITS).faults[0]
    except TemplateError as error:
        return error.where, error.message
    return (fault.where, fault.message) if fault.severity == "E" else (None, "")


@pytest.mark.parametrize(
    "limits", [Limits(wall=0.01), Limits(memory=40_000_000), Limits(cpu=0)], ids=repr
)
def test_past_the_limits_is_a_template_error(limits: Limits) -> None:
    with pytest.raises(TemplateError, match="Không kiểm tra được mẫu"):
        run_caged("lint", {"kind": KIND}, make.template("{{ a }}"), limits=limits)


def test_the_trial_fills_the_template_and_tells_what_is_missing() -> None:
    answer, docx = run_caged("trial", {"kind": KIND}, make.template("{{ ten_cong_doan_co_so }}"))
    assert "Công đoàn cơ sở" in make.paragraphs(docx)[0]
    assert len(str(answer["sha256"])) == 64
    with pytest.raises(TemplateError, match="khong_co"):
        run_caged("trial", {"kind": KIND}, make.template("{{ khong_co }}"))


def test_unsafe_stays_unsafe_through_the_cage() -> None:
    with pytest.raises(UnsafeTemplate) as caught:
        run_caged("trial", {"kind": KIND}, make.template("a", "{{ ten.__class__ }}"))
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2


def test_the_child_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lint_template(make.template("{{ ten_co_quan }}"), kind=KIND, annotated=True)
    assert list(tmp_path.iterdir()) == []


def test_messages_go_through_the_pipe_unchanged() -> None:
    facts: dict[str, object] = {"tên": "H'Mông", "so": [1, None]}
    assert unpack(pack(facts, b"\0PK")) == (facts, b"\0PK")
    for broken in (b"", b"abc", b"\0" * 20):
        with pytest.raises(ValueError, match=r"Expecting value|message"):
            unpack(broken)
