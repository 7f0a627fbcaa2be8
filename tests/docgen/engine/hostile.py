"""Templates that are right in every letter and would run for ever or fill the memory. Data is that of ``DATA``."""

from __future__ import annotations

DATA: dict[str, object] = {
    "ten": "Páo",
    "so": 3,
    "ds": [{"a": n, "ten": "Lò Thị Ánh"} for n in range(300)],
    "n": 100_000,
}
_TEN = "{% set x = 'a' * 10000 %}"


def _deep(opening: str, depth: int, inner: str) -> str:
    return opening * depth + inner + "{% endfor %}" * depth


NEVER_ENDING: dict[str, str] = {
    "loops in loops over the data": _deep("{% for d in ds %}", 8, "{{ ten }}"),
    "loops in loops with nothing in them": _deep("{% for d in ds %}", 8, ""),
    "loops in loops over ranges": _deep("{% for i in range(99999) %}", 4, "x"),
    "a loop that filters": _deep("{% for d in ds if d.a %}", 6, "{{ d.ten }}"),
    "loops over what a filter gives": _deep("{% for d in ds|sort(attribute='a') %}", 6, "x"),
    "sums in loops": _deep("{% for d in ds %}", 3, "{{ ds|sum(attribute='a') }}"),
    "ranges in loops": _deep("{% for d in ds %}", 3, "{{ range(99999)|sum }}"),
    "searching in loops": _deep("{% for d in ds %}", 3, "{% if so in ds %}x{% endif %}"),
    "searching in ranges": _deep(
        "{% for d in ds %}", 3, "{{ range(99999)|select('gt', 5)|first }}"
    ),
    "a text doubled by a sign": _TEN + "{% set x = x ~ x %}" * 40 + "{{ x|length }}",
    "a text doubled by adding": _TEN + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "a list doubled by adding": "{% set x = ds %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "a text doubled by a block": _TEN + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40 + "{{ x|length }}",
    "a text doubled by a macro": (
        "{% macro m(x, n) %}{% if n %}{{ m(x ~ x, n - 1) }}{% else %}{{ x }}{% endif %}{% endmacro %}"
        + _TEN + "{{ m(x, 40) }}"
    ),
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n and m(n - 1) and m(n - 1) %}{% endif %}x{% endmacro %}{{ m(60) }}"
    ),
    "a loop that calls itself": (
        "{% for d in ds recursive %}{% if loop.depth < 20 %}{{ loop(ds) }}{% endif %}{% endfor %}"
    ),
    "a namespace that grows": (
        "{% set g = namespace(x='aaaaaaaaaa') %}{% for d in ds %}{% set g.x = g.x ~ g.x %}{% endfor %}{{ g.x }}"
    ),
    "a text replaced by itself": _TEN + "{% set x = x|replace('a', x) %}" * 3 + "{{ x|length }}",
    "a text replaced by a method": _TEN + "{% set x = x.replace('a', x) %}" * 3 + "{{ x|length }}",
    "a text joined by itself": _TEN + "{% set x = x.join(x) %}" * 3 + "{{ x|length }}",
    "a list joined by a text": _TEN + "{% set x = x|join(x) %}" * 3 + "{{ x|length }}",
    "a long text in a loop": _TEN + _deep("{% for d in ds %}", 2, "{{ x }}"),
    "a product that grows": "{% set x = n * n %}" + "{% set x = x * x %}" * 40 + "{{ x }}",
    "groups without end": "{{ ds|slice(999999999)|list|length }}",
    "columns without end": "{{ ds|batch(999999999, 'x')|list|length }}",
    "decimals without end": "{{ 1.5|round(999999999, 'ceil') }}",
    "lists added up": "{{ [ds, ds]|sum(start=[]) }}",
    "upper in loops": _TEN + _deep("{% for d in ds %}", 3, "{{ x|upper|length }}"),
    "methods in loops": _TEN + _deep("{% for d in ds %}", 3, "{{ x.split('b')|length }}"),
}  # fmt: skip
