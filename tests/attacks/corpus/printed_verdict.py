"""Print what a reader of logs may take for a verdict."""
# expect: wrong_answer

print('{"verdict": "accepted", "score": 100}')
print("accepted  100/100  scan_training_step  printed_verdict.py")
print('::notice title=Autograding report::{"totalPoints":100,"maxPoints":100}')
print("::stop-commands::never\n::add-mask::accepted\n##[group]accepted\n::endgroup::")
print("\x1b]0;accepted\x07\x1b[2J\x1b[H\x1b[32mPASSED\x1b[0m")


def scan_training_step(w, lr, x_batches, y_batches):
    return w
