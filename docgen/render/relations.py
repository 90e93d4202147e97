"""The relationships and content types of a package: which part is what, and how a new one is announced."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from docgen.render.package import CONTENT_TYPES, Package

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, the last word of its type, and the member it points at."""

    key: str
    kind: str
    target: str


def relations_member(part: str) -> str:
    """The member that holds the relationships of a part; of the package for the empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str = "") -> list[Relation]:
    """The relationships of a part to other members, in order; targets as member names."""
    member = relations_member(part)
    if member not in package:
        return []
    found = []
    for element in etree.fromstring(package.bytes(member)):
        if element.get("TargetMode") != "External" and element.tag == f"{{{_RELATIONS}}}Relationship":
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relation(element.get("Id", ""), kind, _resolve(part, element.get("Target", ""))))
    return found


def related(package: Package, kind: str, part: str = "") -> list[str]:
    """The members a part is related to in one way, each once."""
    found = (one.target for one in relations(package, part) if one.kind == kind)
    return [name for name in dict.fromkeys(found) if name in package]


def with_relation(xml: bytes | None, key: str, kind: str, target: str) -> bytes:
    """A relationships member with one more relationship."""
    root = etree.fromstring(xml or f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    attributes = {"Id": key, "Type": f"{OFFICE}/{kind}", "Target": target}
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
    return serialised(root)


def free_key(package: Package, part: str) -> str:
    """A relationship id the part does not use yet."""
    used = {relation.key for relation in relations(package, part)}
    member = relations_member(part)
    text = package.bytes(member).decode() if member in package else ""
    number = len(used) + 1
    while f'"rId{number}"' in text:
        number += 1
    return f"rId{number}"


def with_type(package: Package, part: str, content_type: str) -> bytes:
    """The content types with one more part announced."""
    root = etree.fromstring(package.bytes(CONTENT_TYPES))
    etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content_type})
    return serialised(root)


def without_part(package: Package, part: str, owner: str) -> dict[str, bytes | None]:
    """The changes that take a part out: itself, its content type, the relationship of its owner."""
    types = etree.fromstring(package.bytes(CONTENT_TYPES))
    for element in list(types):
        if element.get("PartName", "").lstrip("/") == part:
            types.remove(element)
    links = etree.fromstring(package.bytes(relations_member(owner)))
    for element in list(links):
        if _resolve(owner, element.get("Target", "")) == part:
            links.remove(element)
    return {part: None, CONTENT_TYPES: serialised(types), relations_member(owner): serialised(links)}


def serialised(root: etree._Element) -> bytes:
    """A part as bytes, with the declaration Office writes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
