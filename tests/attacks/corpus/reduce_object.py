"""Return an object that runs code where it is unpickled."""
# expect: runtime_error


class Bomb:
    def __reduce__(self):
        return (exec, ("open('@VICTIM@', 'w').write('pickled')",))


def scan_training_step(w, lr, x_batches, y_batches):
    return Bomb()
