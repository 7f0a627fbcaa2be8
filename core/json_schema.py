"""JSON Schema (2020-12) of document kinds and form kinds, with Vietnamese titles (contract §2)."""

from __future__ import annotations

from core.schema import FieldKind, FieldSpec, FormSchema, KindSchema

Schema = dict[str, object]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PATTERNS = {
    FieldKind.DATE: r"^\d{4}-\d{2}-\d{2}$",
    FieldKind.PARTIAL_DATE: r"^\d{4}(-\d{2}(-\d{2})?)?$",
    FieldKind.TIME: r"^([01]\d|2[0-3]):[0-5]\d$",
    FieldKind.TAX_CODE: r"^(\d{10}(-\d{3})?|\d{12})$",
    FieldKind.ID_NUMBER: r"^(\d{9}|\d{12})$",
    FieldKind.PHONE: r"^\d{8,11}(; \d{8,11})*$",
    FieldKind.PERIOD: r"^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-\d{2}-\d{2}/\d{4}-\d{2}-\d{2})?$",
    FieldKind.TERM: r"^\d{4}-\d{4}$",
}
# Synthetic values for the example of a form that declares none.
_SAMPLES: dict[FieldKind, object] = {
    FieldKind.INTEGER: 27,
    FieldKind.MONEY: 6_500_000,
    FieldKind.DATE: "2024-05-02",
    FieldKind.PARTIAL_DATE: "1985-03",
    FieldKind.TIME: "14:00",
    FieldKind.BOOLEAN: True,
    FieldKind.TAX_CODE: "6299900012",
    FieldKind.ID_NUMBER: "012085000123",
    FieldKind.PHONE: "0912000345",
    FieldKind.PICTURE: (  # one grey dot
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg=="
    ),
    FieldKind.PERIOD: "2024-05",
    FieldKind.TERM: "2024-2028",
    FieldKind.RATE: 87.5,
}

#: Kinds that take the same for every field.
_SIMPLE: dict[FieldKind, Schema] = {
    FieldKind.BOOLEAN: {"type": "boolean"},
    FieldKind.RATE: {"type": "number", "minimum": 0},
    FieldKind.PICTURE: {"type": "string", "contentEncoding": "base64"},
}


def kind_json_schema(schema: KindSchema) -> Schema:
    """What ``docgen make KIND`` takes. The stored values only; the reader also takes other date forms."""
    return {
        "$schema": _DIALECT,
        "title": schema.label_vi,
        **_object(schema.fields),
        "examples": [schema.example],
    }


def form_json_schema(schema: FormSchema) -> Schema:
    """What reading a form yields: its fields, and ``rows`` when it has a table; a blank is null."""
    fields = schema.fields
    if schema.rows:
        table = FieldSpec("rows", FieldKind.ROWS, "Bảng kê", item=schema.rows)
        fields = (*fields, table)
    return {
        "$schema": _DIALECT,
        "title": schema.label_vi,
        **_object(fields, blanks=True),
        "examples": [schema.example or sample(fields)],
    }


def sample(fields: tuple[FieldSpec, ...]) -> dict[str, object]:
    """Complete synthetic data that the fields accept, made from their kinds."""
    return {spec.key: _sample(spec) for spec in fields}


def _sample(spec: FieldSpec) -> object:
    match spec.kind:
        case FieldKind.ROWS:
            return [sample(spec.item) for _ in range(max(spec.minimum or 1, 1))]
        case FieldKind.GROUP:
            return sample(spec.item)
        case FieldKind.TEXT_LIST:
            return [f"{spec.label_vi} {at + 1}" for at in range(max(spec.minimum or 1, 1))]
        case FieldKind.ENUM:
            return spec.choices[0].code
        case FieldKind.INTEGER | FieldKind.MONEY:
            return max(int(str(_SAMPLES[spec.kind])), spec.minimum or 0)
        case FieldKind.TEXT:
            return f"{spec.label_vi} (ví dụ)"[: spec.max_length]
        case _:
            return _SAMPLES[spec.kind]


def _object(fields: tuple[FieldSpec, ...], *, blanks: bool = False) -> Schema:
    return {
        "type": "object",
        "properties": {spec.key: _field(spec, blanks=blanks) for spec in fields},
        "required": [spec.key for spec in fields if spec.required],
        "additionalProperties": False,
    }


def _field(spec: FieldSpec, *, blanks: bool) -> Schema:
    schema: Schema = {"title": spec.label_vi, **_shape(spec, blanks=blanks)}
    notes = [spec.help_vi, f"Nguồn: {spec.source}" if spec.source else "", _choices(spec)]
    description = ". ".join(note.rstrip(".") for note in notes if note)
    if description:
        schema["description"] = description
    if not spec.required or (
        blanks and spec.kind is not FieldKind.ROWS
    ):  # null: left out, left blank
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*(choice.code for choice in spec.choices), None]
    return schema


def _choices(spec: FieldSpec) -> str:
    return ", ".join(f"{choice.code}: {choice.label_vi}" for choice in spec.choices)


def _shape(spec: FieldSpec, *, blanks: bool) -> Schema:
    match spec.kind:
        case kind if kind in _SIMPLE:
            return dict(_SIMPLE[kind])
        case FieldKind.ROWS:
            return {
                "type": "array",
                "items": _object(spec.item, blanks=blanks),
                **_at_least(spec, "minItems"),
            }
        case FieldKind.GROUP:
            return {**_object(spec.item, blanks=blanks)}
        case FieldKind.TEXT_LIST:
            entry = {"type": "string", "maxLength": spec.max_length}
            return {"type": "array", "items": entry, **_at_least(spec, "minItems")}
        case FieldKind.INTEGER:
            return {"type": "integer", **_at_least(spec, "minimum")}
        case FieldKind.MONEY:
            return {"type": "integer", "minimum": spec.minimum or 0}
        case FieldKind.ENUM:
            return {"type": "string", "enum": [choice.code for choice in spec.choices]}
        case FieldKind.TEXT:
            text: Schema = {"type": "string", "maxLength": spec.max_length}
            return text | ({"minLength": 1, "pattern": r"\S"} if spec.required else {})
        case _:
            shape: Schema = {"type": "string", "pattern": _PATTERNS[spec.kind]}
            return shape | ({"format": "date"} if spec.kind is FieldKind.DATE else {})


def _at_least(spec: FieldSpec, word: str) -> Schema:
    lowest = spec.minimum
    if lowest is None and word == "minItems" and spec.required:
        lowest = 1
    return {} if lowest is None else {word: lowest}
