"""What scripts install comes from this machine: they run unchanged, and without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A new environment brings its own pip.
_LEFT_OUT = ("jaxjudge", "__editable__", "_jaxjudge", "__pycache__", "pip")
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Offline:
    """A folder with the judge's wheel, and one with all that it depends on."""

    wheels: Path
    packages: Path

    @classmethod
    def make(cls, folder: Path) -> Offline:
        """Build the wheel, and link the installed packages but for the judge's own."""
        found = cls(folder / "wheels", folder / "packages")
        found.packages.mkdir(parents=True)
        build = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(found.wheels)]
        subprocess.run([sys.executable, *build], cwd=ROOT, check=True, capture_output=True)
        for path in Path(sysconfig.get_path("purelib")).iterdir():
            if not path.name.startswith(_LEFT_OUT) and path.suffix != ".pth":
                (found.packages / path.name).symlink_to(path)
        return found

    def prepare(self, environment: Path) -> None:
        """Have the packages in the virtual environment that a script is about to create."""
        site = environment / "lib" / _VERSION / "site-packages"
        site.mkdir(parents=True)
        (site / "dependencies.pth").write_text(f"{self.packages}\n")

    def environ(self, cache: Path, **more: str) -> Mapping[str, str]:
        """The environment for a script; `cache` is where batches are kept."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "JAXJUDGE_CACHE": str(cache),
            "JAX_PLATFORMS": "cpu",
        }
        return {**kept, **own, **more}
