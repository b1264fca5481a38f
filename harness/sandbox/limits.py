"""What a child may use."""

from __future__ import annotations

from dataclasses import dataclass

from graders.rubric import Limits


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Seconds of wall and CPU time; bytes of memory, of captured output and of any file written."""

    wall_seconds: float = 20.0
    cpu_seconds: float = 20.0
    memory_bytes: int = 512 << 20
    output_bytes: int = 64 << 10
    file_bytes: int = 1 << 20

    @classmethod
    def of(cls, limits: Limits) -> ChildLimits:
        """The limits a problem sets."""
        return cls(
            limits.wall_seconds, limits.cpu_seconds, limits.memory_bytes, limits.output_bytes
        )

    def applied(self) -> dict[str, float]:
        """What the child applies to itself before the submission is there."""
        return {"cpu": self.cpu_seconds, "memory": self.memory_bytes, "file": self.file_bytes}
