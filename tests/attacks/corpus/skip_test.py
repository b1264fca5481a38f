"""Raise SkipTest, which a test runner counts as no failure."""
# expect: runtime_error


def scan_training_step(w, lr, x_batches, y_batches):
    raise __import__("unittest").SkipTest("skipped")
