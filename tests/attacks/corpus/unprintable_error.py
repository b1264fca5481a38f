"""Raise an exception that exits when it is printed."""
# expect: runtime_error

import os


class Unprintable(BaseException):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    @property
    def __traceback__(self):
        os._exit(0)


def scan_training_step(w, lr, x_batches, y_batches):
    raise Unprintable
