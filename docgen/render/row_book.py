"""An XlsxWriter workbook whose long lists are written at once: shared strings, and the links of a sheet.

As in ``row_sheet``, the parts are those that XlsxWriter would have written itself; only the zip is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.relationships import Relationships
from xlsxwriter.sharedstrings import SharedStrings

from docgen.render.ledger_sheet import LOOKS
from docgen.render.package import Member, Package
from docgen.render.row_sheet import RowSheet, text_element, written

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class RowBook(Workbook):  # type: ignore[misc]  # untyped library
    """A workbook of RowSheets in memory, with the looks of a ledger; it depends on what is put in alone."""

    def __init__(self, title: str, *, constant_memory: bool = False) -> None:
        self.members: list[Member] = []
        memory = "constant_memory" if constant_memory else "in_memory"
        super().__init__(BytesIO(), {memory: True, "strings_to_formulas": False, "strings_to_urls": False})
        self.set_properties({"title": title, "created": _CREATED})
        self._looks = _Looks({name: self.add_format(dict(look)) for name, look in LOOKS.items()})

    def add_rows(self, name: str) -> RowSheet:
        """The next sheet."""
        sheet: RowSheet = self.add_worksheet(name, RowSheet)
        sheet.use(self._looks)
        return sheet

    def finished(self) -> bytes:
        """The bytes of the book; nothing can be added after."""
        self.close()
        return Package(self.members).composer(()).compose(())

    def _get_packager(self) -> Packager:
        return _Packager()


class _Looks(dict[str, str]):
    """Looks by name, as the attribute of a cell; XlsxWriter numbers formats as they are first used."""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        super().__init__()
        self._formats = formats

    def __missing__(self, name: str) -> str:
        look = self[name] = f'" s="{self._formats[name]._get_xf_index()}"'  # noqa: SLF001 - no other way in
        return look


class _Packager(Packager):  # type: ignore[misc]  # untyped library
    def _create_package(self) -> Sequence[tuple[object, str, bool]]:
        """The parts go into the workbook's members, and none is left for XlsxWriter to compress."""
        parts = super()._create_package()
        self.workbook.members = [Member.of(name, _content(part)) for part, name, _ in parts]
        return ()

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - no other way in
            strings._assemble_xml_file()  # noqa: SLF001 - as above

    def _write_worksheet_rels_files(self) -> None:
        """Relations of links and charts: a RowSheet has no others."""
        for number, sheet in enumerate(self.workbook.worksheets(), 1):
            links = [*sheet.external_hyper_links, *sheet.external_drawing_links]
            if links:
                relations = _Relations()
                for link in links:
                    relations._add_document_relationship(*link)  # noqa: SLF001 - as above
                relations._set_xml_writer(self._filename(f"xl/worksheets/_rels/sheet{number}.xml.rels"))  # noqa: SLF001
                relations._assemble_xml_file()  # noqa: SLF001 - as above


def _content(part: str | BytesIO | StringIO) -> bytes:
    """The bytes of a part, which a book of constant memory keeps in a file of its own."""
    if isinstance(part, str):
        content = Path(part).read_bytes()
        Path(part).unlink()
        return content
    return part.getvalue() if isinstance(part, BytesIO) else part.getvalue().encode()


class _Strings(SharedStrings):  # type: ignore[misc]  # untyped library
    def _write_sst_strings(self) -> None:
        self.fh.write(
            "".join(f"<si>{text_element(self, text)}</si>" for text in self.string_table.string_array)
        )


class _Relations(Relationships):  # type: ignore[misc]  # untyped library
    """Hundreds of links lead to one file: XlsxWriter writes the first, the others differ in their number."""

    def __init__(self) -> None:
        super().__init__()
        self._rests: dict[tuple[str, str, str | None], str] = {}

    def _write_relationship(self, relationship: tuple[str, str, str | None]) -> None:
        start = f'<Relationship Id="rId{self.id}"'
        rest = self._rests.get(relationship)
        if rest is None:
            whole = written(self, lambda: super(_Relations, self)._write_relationship(relationship))
            rest = self._rests[relationship] = whole.removeprefix(start)
        else:
            self.id += 1
        self.fh.write(start + rest)
