"""Return an object that is equal to everything."""
# expect: runtime_error


class Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


def scan_training_step(w, lr, x_batches, y_batches):
    return Equal()
