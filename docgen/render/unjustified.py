"""A copy of a Word file for LibreOffice to lay out: flush left where the original is justified.

LibreOffice loses a ， or 、 that hangs at the end of some justified lines: the PDF would lack characters that
the document has. Flush left it keeps them all; the lines break at the same places.
"""

from __future__ import annotations

from docgen.render.package import Package, PackageError

_JUSTIFIED, _LEFT = b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'


def unjustified(content: bytes) -> bytes:
    """The same document with justified paragraphs flush left; what is no Word file comes back as it is."""
    try:
        package = Package.read(content)
        parts = [name for name in package.members if name.startswith("word/") and name.endswith(".xml")]
        texts = {name: package.bytes(name) for name in parts}
    except PackageError:
        return content
    changes = {name: text.replace(_JUSTIFIED, _LEFT) for name, text in texts.items() if _JUSTIFIED in text}
    return package.replaced(changes) if changes else content
