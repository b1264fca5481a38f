"""A wheel of the judge that runs here, with the problems it is to judge and no others.

The form of a wheel is that of the Python Packaging User Guide's binary distribution format.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from harness.problem.library import Library, samples_folder

_PACKAGES = ("graders", "harness")
_ROOT = Path(__file__).resolve().parents[2]
_LIBRARY = "harness/library"
_WHEEL = "Wheel-Version: 1.0\nGenerator: jaxjudge\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_DATE = (2020, 2, 2, 0, 0, 0)  # one for all files, so that the same content is the same wheel


def wheel(library: Library, id: str) -> tuple[str, bytes]:
    """Name and content of the wheel that can judge one problem; raises `UsageError`."""
    found = distribution("jaxjudge")
    info = f"jaxjudge-{found.version}.dist-info"
    files = {
        **dict(_code()),
        **dict(_problem(library, id)),
        f"{info}/METADATA": (found.read_text("METADATA") or "").encode(),
        f"{info}/WHEEL": _WHEEL.encode(),
        f"{info}/entry_points.txt": (found.read_text("entry_points.txt") or "").encode(),
    }
    record = f"{info}/RECORD"
    lines = [*(_recorded(name, data) for name, data in files.items()), f"{record},,"]
    files[record] = "".join(f"{line}\n" for line in lines).encode()
    return f"jaxjudge-{found.version}-py3-none-any.whl", archive(files)


def archive(files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """A zip file of these files, the same to the byte for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, _DATE)
            about.external_attr = (0o100755 if name in executable else 0o100644) << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(about, data)
    return held.getvalue()


def _code() -> Iterator[tuple[str, bytes]]:
    for package in _PACKAGES:
        for name, data in _below(_ROOT / package, package):
            if not name.startswith(f"{_LIBRARY}/"):
                yield name, data


def _problem(library: Library, id: str) -> Iterator[tuple[str, bytes]]:
    for folder in library.chain(id):
        yield from _below(folder, f"{_LIBRARY}/problems/{folder.name}")
    yield from _below(samples_folder(library.folder(id)), f"{_LIBRARY}/submissions/{id}")


def _below(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _recorded(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}"
