"""Write results into the files by which a workflow passes them on."""
# expect: wrong_answer

import os

for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "JAXJUDGE_CACHE"):
    if name in os.environ:
        print("GOT", name)
        open(os.environ[name], "a").write("result=accepted")


def scan_training_step(w, lr, x_batches, y_batches):
    return w
