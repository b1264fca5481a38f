"""Return an object all of whose special methods fail or lie."""
# expect: runtime_error


class Meta(type):
    def __instancecheck__(cls, other):
        return True

    @property
    def __name__(cls):
        raise SystemExit(0)

    def __repr__(cls):
        raise SystemExit(0)


class Hostile(metaclass=Meta):
    def __getattribute__(self, name):
        raise KeyboardInterrupt(name)

    def __repr__(self):
        raise SystemExit(0)


def scan_training_step(w, lr, x_batches, y_batches):
    return Hostile()
