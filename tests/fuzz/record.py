"""Writes the corpus anew, from what children answer to some labelled submissions.

Run it with `python -m tests.fuzz.record` when the wire form or the shapes of the problem change.
"""

from __future__ import annotations

from pathlib import Path

from harness.bank import job
from harness.problem.library import standard_library
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import SandboxedSubject
from tests.fuzz.mutate import split
from tests.fuzz.targets import CORPUS, Case, make_case

SESSIONS = ("grad", "wrong_axis", "while_loop", "cond_never_true")
PROGRAMS = (
    "associative_scan", "cumprod_closed_form", "nested_scan", "scan_over_indices",
    "where_never_scan", "moving_average_returned", "bfloat16_weight", "reverse_scan",
    "checkpointed", "custom_vjp", "home_made_scan", "gradient_clipped", "data_rolled_in_carry",
    "prefix_maps_as_xs",
)  # fmt: skip


def main() -> None:
    """Record every session and program."""
    case = make_case()
    samples = {path.stem: path for _, path in standard_library({}).samples("scan_training_step")}
    parent = WarmParent.start("basic")
    try:
        for name in SESSIONS:
            (CORPUS / "sessions" / name).write_bytes(_session(parent, case, samples[name]))
        for name in PROGRAMS:
            if name in samples:
                payload = split(_session(parent, case, samples[name]))[6][1]
                (CORPUS / "programs" / name).write_bytes(payload)
    finally:
        parent.close()


def _session(parent: WarmParent, case: Case, path: Path) -> bytes:
    said = bytearray()
    subject = SandboxedSubject(parent, ChildLimits())
    answer = subject._answer

    def record(data: bytes) -> bool:
        said.extend(data)
        return answer(data)

    object.__setattr__(subject, "_answer", record)
    subject.submit(path.read_bytes(), path.name, job(case.rubric, case.bank.shapes, case.bank))
    subject.device_runs()
    subject.close()
    return bytes(said)


if __name__ == "__main__":
    main()
