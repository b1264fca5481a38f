"""What attacks are after, and ways to see whether one got it."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

_SECRET_NAME = "JAXJUDGE_ATTACKED_SECRET"
_LOOPBACK = "127.0.0.1"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Listeners on this machine, secrets in files and in the judge's environment, a victim file."""

    words: Mapping[str, str]
    listeners: tuple[socket.socket, ...]
    secrets: tuple[str, ...]
    victim: Path
    content: bytes

    def connections(self) -> list[str]:
        """What has come in at the listeners."""
        seen = []
        for listener in self.listeners:
            try:
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(1 << 10)
                else:
                    listener.accept()[0].close()
            except BlockingIOError:
                continue
            seen.append(str(listener))
        return seen

    def leaked(self, text: str) -> list[str]:
        """The secrets that stand in a text."""
        return [secret for secret in self.secrets if secret in text]

    def damage(self) -> list[str]:
        """What has happened to the victim and around it."""
        names = sorted(path.name for path in self.victim.parent.iterdir())
        found = [] if names == [self.victim.name] else [f"folder holds {names}"]
        if self.victim.read_bytes() != self.content:
            found.append("content changed")
        if self.victim.stat().st_mtime != 0 or self.victim.stat().st_mode & 0o777 != 0o640:
            found.append("attributes changed")
        return found


@contextmanager
def witnesses(folder: Path, reference: Path) -> Iterator[Witnesses]:
    """Set everything up; `reference` is the solution that is not to be read."""
    with ExitStack() as stack:
        short = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="witness-")))
        listeners, words = _listeners(stack, short)
        victim = folder / "victim"
        content = secrets.token_hex().encode()
        victim.write_bytes(content)
        victim.chmod(0o640)
        os.utime(victim, (0, 0))
        known = {"SECRET_ENV": secrets.token_hex(), "VICTIM": content.decode()}
        os.environ[_SECRET_NAME] = known["SECRET_ENV"]
        stack.callback(os.environ.pop, _SECRET_NAME)
        for name, place in (("HOME_SECRET", Path.home()), ("TMP_SECRET", short)):
            file = stack.enter_context(tempfile.NamedTemporaryFile(prefix=".secret-", dir=place))
            known[name] = secrets.token_hex()
            file.write(known[name].encode())
            file.flush()
            words[name] = file.name
        words |= {"VICTIM": str(victim), "REFERENCE": str(reference), "JUDGE_PID": str(os.getpid())}
        words["PROBLEMS"] = str(reference.parent.parent)
        line = next(line for line in reference.read_text("utf-8").splitlines() if "squared" in line)
        yield Witnesses(words, listeners, (*known.values(), line), victim, content)


def _listeners(stack: ExitStack, folder: Path) -> tuple[tuple[socket.socket, ...], dict[str, str]]:
    made = []
    words = {"UNIX_SOCKET": str(folder / "socket"), "ABSTRACT": f"witness-{secrets.token_hex(8)}"}
    tcp = socket.create_server((_LOOPBACK, 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((_LOOPBACK, 0))
    words["TCP_PORT"], words["UDP_PORT"] = (str(s.getsockname()[1]) for s in (tcp, udp))
    made += [tcp, udp]
    places = [words["UNIX_SOCKET"]]
    if _PROC.is_dir():
        places.append("\0" + words["ABSTRACT"])
    for place in places:
        unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        unix.bind(place)
        unix.listen()
        made.append(unix)
    for listener in made:
        stack.enter_context(listener)
        listener.setblocking(False)
    return tuple(made), words


def processes(folder: Path) -> set[int]:
    """Every process that was started for a warm parent: its folder is in their environment."""
    found = set()
    for entry in _PROC.glob("[0-9]*"):
        try:
            known = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            alive = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            continue
        if alive and os.fsencode(folder) in known:
            found.add(int(entry.name))
    return found
