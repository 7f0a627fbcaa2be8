"""Verbs on papers in the store: request, submit, sign, issue, recall, replace, show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone

from config.cli.output import FOUND, answer, json_option, read_json_file, write_file
from config.cli.store import store_verb
from config.cli.verbs import DAY, WholeNumber
from core.errors import DocgenError, NotFound, Problem
from docgen.kinds import get_kind
from docgen.models import CORRECTION, Document, DocumentState, JobState, Rendering
from docgen.services.access import get_document
from docgen.services.consequences import due_job
from docgen.services.ending import recall_document, replace_document
from docgen.services.issuing import (
    issue_document,
    issue_inserted,
    reserve_for,
)
from docgen.services.lifecycle import (
    redraft_document,
    request_document,
    return_document,
    submit_document,
)
from docgen.services.papers import paper_bytes
from docgen.services.rendering import file_of
from docgen.services.signing import record_signature
from records.models import Person
from workers.dispatch import make_files_now

ACTOR = click.option(
    "--as", "actor", default="văn thư", show_default=True, help="Người thực hiện, ghi vào nhật ký."
)

GIVEN_DATA = click.option(
    "--data",
    "data_file",
    metavar="TỆP.json",
    help="Phần người soạn ghi thêm mà kho hồ sơ không có, như các lỗi được đính chính.",
)


def document_facts(document: Document) -> dict[str, object]:
    """How scripts see a paper."""
    return {
        "id": str(document.pk),
        "kind": document.kind,
        "variant": document.variant,
        "record": document.record,
        "state": document.state,
        "state_label": document.get_state_display(),
        "subject": document.subject,
        "issuer": document.issuer.name,
        "code": document.code or None,
        "date": document.issued_on,
        "intended_date": document.intended_on,
        "profile": document.profile,
        "sha256": document.final_file.sha256 if document.final_file else None,
        "consequences_due": due_job(document) is not None,
        "cites": [cited.code for cited in document.cites.all()],
        "corrects": corrected_codes(document),
        "corrected_by": [paper.code or str(paper.pk) for paper in document.corrections()],
        "warnings": [
            {"code": problem.code, "fields": list(problem.fields), "message": problem.message}
            for problem in warnings_of(document)
        ],
    }


def corrected_codes(document: Document) -> list[str]:
    """The papers whose form this letter corrects."""
    if document.kind != CORRECTION:
        return []
    return [cited.code for cited in document.cites.all()]


def warnings_of(document: Document) -> tuple[Problem, ...]:
    """What a person should look at before signing; the paper can be made all the same."""
    return get_kind(document.kind).warnings(document.data)


def document_line(document: Document) -> str:
    """How people see a paper: number or draft, subject, state."""
    head = document.code or "(dự thảo)"
    line = f"{head}  {document.subject}  [{document.get_state_display()}]  {document.pk}"
    letters = ", ".join(paper.code or "dự thảo" for paper in document.corrections())
    marks = [f"đính chính bởi công văn {letters}"] if letters else []
    job = due_job(document)
    if job is not None:
        marks.append(f"hệ quả chưa ghi vào hồ sơ, sẽ ghi cùng bản chính thức: {_why_due(job)}")
    marks += [f"lưu ý: {problem.message}" for problem in warnings_of(document)]
    return "\n  ".join([line, *marks])


def _why_due(job: Rendering) -> str:
    if job.state == JobState.FAILED:
        return f"{job.error_message} Sửa hồ sơ rồi chạy “docgen batch retry”."
    return "chờ máy chạy việc, hoặc chạy “docgen sweep”."


def today() -> date:
    """Today in the office."""
    return timezone.localdate()


@store_verb("request", help="Soạn dự thảo một loại văn bản cho một hay nhiều hồ sơ.")
@click.argument("kind", metavar="LOẠI", help="Loại văn bản; xem “docgen kinds”.")
@click.option(
    "--for", "records", multiple=True, required=True, metavar="HỒ_SƠ", help="case:…, campaign:…"
)
@click.option("--date", "day", type=DAY, help="Ngày dự kiến ban hành; mặc định là hôm nay.")
@click.option(
    "--variant", default="", help="Trường hợp (found, recognise, elected ...) nếu cần chỉ rõ."
)
@click.option(
    "--replaces", default="", help="Văn bản còn hiệu lực mà văn bản mới sẽ thay (docgen replace)."
)
@GIVEN_DATA
@ACTOR
@json_option
def request(
    kind: str,
    records: tuple[str, ...],
    day: date | None,
    variant: str,
    replaces: str,
    data_file: str | None,
    actor: str,
    *,
    as_json: bool,
) -> int:
    """Draft papers from the store; a bad one is an entry in the list and the exit is 1."""
    on = day or today()
    old = get_document(replaces) if replaces else None
    given = read_json_file(data_file) if data_file else {}
    made: list[dict[str, object]] = []
    lines: list[str] = []
    for record in records:
        try:
            requested = request_document(
                kind,
                record=record,
                on=on,
                actor=actor,
                variant=variant,
                replaces=old,
                given=given,
            )
        except DocgenError as fault:
            if len(records) == 1:
                raise
            made.append(
                {
                    "record": record,
                    "error": {"code": fault.code, "message": fault.message, "facts": fault.facts},
                }
            )
            lines.append(f"{record}: {fault.message}")
            continue
        make_files_now(requested.document.renderings.all())
        requested.document.refresh_from_db()
        made.append({**document_facts(requested.document), "new": requested.is_new})
        lines.append(document_line(requested.document))
    answer(made[0] if len(records) == 1 else made, as_json=as_json, text="\n".join(lines))
    return FOUND if any("error" in entry for entry in made) else 0


@store_verb(
    "redraft", help="Soạn lại dự thảo theo hồ sơ hiện có; chữ ký trước đó không còn giá trị."
)
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--date", "day", type=DAY, help="Ngày dự kiến ban hành; mặc định là hôm nay.")
@GIVEN_DATA
@ACTOR
@json_option
def redraft(
    document: str, day: date | None, data_file: str | None, actor: str, *, as_json: bool
) -> None:
    """Draft, returned or signed without a number: drafted again."""
    given = read_json_file(data_file) if data_file else {}
    paper = redraft_document(get_document(document), on=day or today(), actor=actor, given=given)
    _show_made(paper, as_json=as_json)


@store_verb("submit", help="Trình duyệt một dự thảo.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@ACTOR
@json_option
def submit(document: str, actor: str, *, as_json: bool) -> None:
    """Draft to submitted."""
    _show(submit_document(get_document(document), actor=actor), as_json=as_json)


@store_verb("return", help="Trả lại một văn bản đang chờ duyệt, kèm ý kiến.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--remarks", required=True, help="Ý kiến để người soạn sửa.")
@ACTOR
@json_option
def send_back(document: str, remarks: str, actor: str, *, as_json: bool) -> None:
    """Submitted to returned."""
    _show(return_document(get_document(document), actor=actor, remarks=remarks), as_json=as_json)


@store_verb("sign", help="Ghi nhận người có thẩm quyền đã ký.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--signer", required=True, help="Mã hoặc họ tên người ký.")
@click.option("--date", "day", type=DAY, help="Ngày ký; mặc định là ngày dự kiến của văn bản.")
@ACTOR
@json_option
def sign(document: str, signer: str, day: date | None, actor: str, *, as_json: bool) -> None:
    """Submitted to signed."""
    paper = get_document(document)
    record_signature(paper, signer=person_code(signer), actor=actor, on=day or paper.intended_on)
    _show_made(paper, as_json=as_json)


def person_code(reference: str) -> str:
    """A person's code from a code or a full name. Raises NotFound when nobody or several fit."""
    if Person.objects.filter(code=reference).exists():
        return reference
    found = list(Person.objects.filter(full_name=reference, offices__isnull=False).distinct()[:2])
    if len(found) == 1:
        return found[0].code
    reason = "có nhiều người cùng tên, dùng mã" if found else "kiểm tra mã hoặc họ tên"
    raise NotFound(f"Không tìm được người ký “{reference}”: {reason}.", facts={"signer": reference})


@store_verb("issue", help="Cấp số, ngày cho văn bản đã ký và tạo bản chính thức.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--date", "day", type=DAY, help="Ngày ban hành; mặc định là hôm nay.")
@click.option(
    "--reserve", "reserve", is_flag=True, help="Chỉ giữ số cho văn bản này, chưa phát hành."
)
@click.option("--insert-after", type=WholeNumber(), help="Chèn số sau số này (70 → 70a).")
@click.option("--reason", default="", help="Lý do giữ số hoặc chèn số.")
@ACTOR
@json_option
def issue(
    document: str,
    day: date | None,
    insert_after: int | None,
    reason: str,
    actor: str,
    *,
    reserve: bool,
    as_json: bool,
) -> None:
    """Signed to numbered, and on to issued when the final file is made."""
    paper = get_document(document)
    on = day or today()
    if reserve:
        number = reserve_for(paper, on=on, reason=reason, actor=actor)
        answer(
            {"id": str(paper.pk), "reserved": str(number)},
            as_json=as_json,
            text=f"Đã giữ số {number} cho văn bản “{paper.subject}”.",
        )
        return
    if insert_after is not None:
        issued = issue_inserted(paper, on=on, after=insert_after, reason=reason, actor=actor)
    else:
        issued = issue_document(paper, on=on, actor=actor)
    _show_made(issued, as_json=as_json)


@store_verb("recall", help="Thu hồi một văn bản đã phát hành.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--reason", required=True, help="Lý do thu hồi.")
@ACTOR
@json_option
def recall(document: str, reason: str, actor: str, *, as_json: bool) -> None:
    """Issued to recalled."""
    _show(recall_document(get_document(document), reason=reason, actor=actor), as_json=as_json)


@store_verb("replace", help="Thay thế một văn bản đã phát hành bằng văn bản khác đã cấp số.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("--by", "by", required=True, help="Văn bản thay thế.")
@click.option("--reason", default="Sai sót về nội dung", show_default=True, help="Lý do thay thế.")
@ACTOR
@json_option
def replace(document: str, by: str, reason: str, actor: str, *, as_json: bool) -> None:
    """Issued to replaced."""
    _show(
        replace_document(get_document(document), by=get_document(by), reason=reason, actor=actor),
        as_json=as_json,
    )


@store_verb("show", help="Xem một văn bản; --output lấy tệp Word của nó.")
@click.argument("document", metavar="VĂN_BẢN", help="Mã hoặc số, ký hiệu của văn bản.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Ghi tệp Word ra đây.")
@json_option
def show(document: str, output: Path | None, *, as_json: bool) -> None:
    """Facts of one paper, and its file."""
    paper = get_document(document)
    if output:
        write_file(output, paper_bytes(file_of(paper)))
    _show(paper, as_json=as_json)


@store_verb("documents", help="Liệt kê văn bản theo loại, trạng thái hoặc hồ sơ.")
@click.option("--kind", help="Loại văn bản; xem docgen kinds.")
@click.option(
    "--state", type=click.Choice(DocumentState.values), help="Chỉ văn bản ở trạng thái này."
)
@click.option("--for", "record", help="Chỉ văn bản của hồ sơ này, như case:… hay campaign:…")
@json_option
def documents(kind: str | None, state: str | None, record: str | None, *, as_json: bool) -> None:
    """List papers."""
    if kind:
        get_kind(kind)
    chosen = {
        key: value
        for key, value in {"kind": kind, "state": state, "record": record}.items()
        if value
    }
    with transaction.atomic():
        papers = list(
            Document.objects.filter(**chosen)
            .select_related("issuer", "final_file")
            .prefetch_related("cites", "cited_by", "renderings")
        )
    answer(
        [document_facts(paper) for paper in papers],
        as_json=as_json,
        text="\n".join(document_line(paper) for paper in papers) or "Chưa có văn bản nào.",
    )


def _show(document: Document, *, as_json: bool) -> None:
    answer(document_facts(document), as_json=as_json, text=document_line(document))


def _show_made(document: Document, *, as_json: bool) -> None:
    """With the file that waits for it."""
    make_files_now(document.renderings.all())
    document.refresh_from_db()
    _show(document, as_json=as_json)


VERBS = (request, redraft, submit, send_back, sign, issue, recall, replace, show, documents)
