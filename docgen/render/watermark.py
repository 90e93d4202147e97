"""The draft's mark: grey diagonal words behind every page, put into the headers as Word itself does."""

from __future__ import annotations

import posixpath

from lxml import etree

from docgen.render.escape import clean, xml
from docgen.render.package import CONTENT_TYPES, Package
from docgen.render.relations import (
    free_key,
    related,
    relations_member,
    serialised,
    with_relation,
    with_type,
)
from docgen.render.word_tree import P, W, nearest, parse, w

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R_ID = f"{{{_OFFICE}}}id"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEIGHT, _WIDTH = 130, 400  # points: the words' height, and the longest they may get across a page

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


def stamped(package: Package, body: str, words: str) -> Package:
    """The package with the words in every header, and headers wherever a section had none."""
    document = parse(package.bytes(body))
    headers = related(package, "header", body)
    changes: dict[str, bytes | None] = {}
    for number, name in enumerate(headers, 1):
        root = parse(package.bytes(name))
        _put_words(root, words, number)
        changes[name] = serialised(root)
    package = package.changed(changes)
    missing = _missing(package, body, document)
    if not missing:
        return package
    header = etree.fromstring(f'<w:hdr xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:p/></w:hdr>')
    _put_words(header, words, len(headers) + 1)
    key = free_key(package, body)
    for section, kind in missing:
        section.insert(0, etree.Element(w("headerReference"), {w("type"): kind, _R_ID: key}))
    return _with_header(package.changed({body: serialised(document)}), body, key, serialised(header))


def _with_header(package: Package, body: str, key: str, header: bytes) -> Package:
    """The package with one more header part, announced under that relationship id."""
    name, links = _free_name(package, body), relations_member(body)
    link = with_relation(package.bytes(links) if links in package else None, key, "header", f"/{name}")
    types = with_type(package, name, _HEADER_TYPE)
    return package.changed({name: header, links: link, CONTENT_TYPES: types})


def _missing(package: Package, body: str, document: etree._Element) -> list[tuple[etree._Element, str]]:
    """Sections without a header of a kind they show, neither their own nor inherited."""
    even = _has_even_pages(package, body)
    inherited: set[str] = set()
    missing = []
    for section in document.iter(w("sectPr")):
        if nearest(section, w("sectPrChange")) is not None:
            continue
        inherited |= {one.get(w("type"), "default") for one in section.findall(w("headerReference"))}
        first = section.find(w("titlePg"))
        shown = ["default", *(["even"] if even else []), *(["first"] if _is_on(first) else [])]
        missing += [(section, kind) for kind in reversed(shown) if kind not in inherited]
    return missing


def _has_even_pages(package: Package, body: str) -> bool:
    found = related(package, "settings", body)
    if not found:
        return False
    return _is_on(etree.fromstring(package.bytes(found[0])).find(w("evenAndOddHeaders")))


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(w("val"), "true") not in {"0", "false", "off"}


def _free_name(package: Package, body: str) -> str:
    folder = posixpath.dirname(body)
    number = 1
    while posixpath.join(folder, f"header{number}.xml") in package:
        number += 1
    return posixpath.join(folder, f"header{number}.xml")


def _put_words(header: etree._Element, words: str, number: int) -> None:
    """Add the drawing to the first paragraph of a header."""
    paragraph = next(header.iter(P), None)
    if paragraph is None:
        paragraph = etree.SubElement(header, P)
    paragraph.append(etree.fromstring(_drawing(words, number)))


def _drawing(words: str, number: int) -> str:
    width = min(_WIDTH, _HEIGHT * len(words))
    height = width // max(len(words), 1)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<w:rPr><w:noProof/></w:rPr><w:pict>{_SHAPE_TYPE}"
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" '
        f'type="#_x0000_t136" style="{style}" o:allowincell="f" fillcolor="silver" stroked="f">'
        '<v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{xml(clean(words))}"/>'
        "</v:shape></w:pict></w:r>"
    )
