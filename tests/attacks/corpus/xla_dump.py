"""Have XLA write every program it compiles into a folder."""
# expect: accepted, runtime_error
# then: honest
# levels: strict, basic

import os

folder = os.path.dirname("@VICTIM@")
os.environ["XLA_FLAGS"] = f"--xla_dump_to={folder} --xla_dump_hlo_as_text"
