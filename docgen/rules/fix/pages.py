"""Pages that are mended: margins, and the page number at the top from page 2 on."""

from __future__ import annotations

import posixpath

from lxml import etree

from core.wordpackage import to_xml
from docgen.rules.checks.measures import TOLERANCE, millimetres
from docgen.rules.checks.page import MARGINS, number_paras
from docgen.rules.finding import Where
from docgen.rules.fix.change import Mending
from docgen.rules.fix.elements import paragraph_property, section_property, set_font, set_size
from docgen.rules.paper import Paper
from docgen.rules.pieces import where
from docgen.rules.view.names import R, W

_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_NUMBER_SIZE = 14


def mend_margins(mending: Mending, paper: Paper) -> None:
    """PG-03, PG-04: a margin outside its range takes the nearest measure inside."""
    for section in paper.view.sections:
        if section.element is None:
            continue
        for side, (rule, low, high) in MARGINS.items():
            value = getattr(section, side)
            if low - TOLERANCE <= value <= high + TOLERANCE:
                continue
            new = low if value < low else high
            section_property(section.element, "pgMar", **{side: new})
            before, after = millimetres(value), millimetres(new)
            message = f"Lề {_SIDES[side]}: {before} thành {after}."
            mending.tell(rule, message, Where(paper.view.main), before=before, after=after)


def mend_page_number(mending: Mending, paper: Paper) -> None:
    """PG-07: none on page 1; a centred PAGE field in the header where there is none at all."""
    section = paper.view.sections[0]
    if section.element is None:
        return
    place = Where(paper.view.main)
    numbers = number_paras(paper, {"default": section.headers.get("default", "")})
    if not numbers and not number_paras(paper, dict(section.footers)):
        if "default" in section.headers:
            _into_header(mending, section.headers["default"])
        elif not _new_header(mending, section.element):
            return
        message = "Thêm số trang ở giữa lề trên."
        mending.tell("PG-07", message, place, before="không có", after="có, từ trang 2")
    for para in numbers[:1]:
        if (
            para.layout.align != "center"
            and para.layout.frame_align is None
            and "\t" not in para.text
        ):
            paragraph_property(para.element, "jc", val="center")
            mending.tell(
                "PG-07",
                "Canh giữa số trang.",
                where(para),
                before=para.layout.align,
                after="canh giữa",
            )
    if not section.title_page and (numbers or "default" not in section.headers):
        title = section_property(section.element, "titlePg")
        title.attrib.pop(W + "val", "")
        message = "Không hiển thị số trang ở trang đầu."
        mending.tell("PG-07", message, place, before="hiển thị", after="từ trang 2")


def _number_line() -> etree._Element:
    paragraph = etree.Element(W + "p")
    paragraph_property(paragraph, "jc", val="center")
    for kind in ("begin", "code", "separate", "text", "end"):
        run = etree.SubElement(paragraph, W + "r")
        set_font(run)
        set_size(run, _NUMBER_SIZE)
        if kind == "code":
            code = etree.SubElement(run, W + "instrText")
            code.text = " PAGE "
        elif kind == "text":
            etree.SubElement(run, W + "t").text = "2"
        else:
            etree.SubElement(run, W + "fldChar").set(W + "fldCharType", kind)
    return paragraph


def _into_header(mending: Mending, name: str) -> None:
    root = mending.opened.parts[name]
    root.append(_number_line())
    mending.touched.add(name)


def _new_header(mending: Mending, section: etree._Element) -> bool:
    """A header part of its own; False if relations or content types cannot be found."""
    opened = mending.opened
    folder = posixpath.dirname(opened.main)
    taken = {*opened.parts, *opened.members}
    name = next(
        one
        for number in range(1, 1000)
        if (one := posixpath.join(folder, f"header{number}.xml")) not in taken
    )
    relations = opened.member(
        posixpath.join(folder, "_rels", posixpath.basename(opened.main) + ".rels")
    )
    types = opened.member("[Content_Types].xml")
    if relations is None or types is None:
        return False
    used = {link.get("Id") for link in relations[1]}
    key = next(f"rIdSoTrang{at}" for at in range(1, 1000) if f"rIdSoTrang{at}" not in used)
    etree.SubElement(
        relations[1], _REL + "Relationship", {"Id": key, "Type": _RELATION, "Target": f"/{name}"}
    )
    etree.SubElement(types[1], _CT + "Override", {"PartName": f"/{name}", "ContentType": _HEADER})
    root = etree.Element(W + "hdr", nsmap={"w": W.strip("{}")})
    root.append(_number_line())
    reference = etree.Element(W + "headerReference", {W + "type": "default", R + "id": key})
    section.insert(0, reference)
    mending.new_parts |= {
        name: to_xml(root),
        relations[0]: to_xml(relations[1]),
        types[0]: to_xml(types[1]),
    }
    return True
