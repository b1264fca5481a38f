"""Call itself without end."""
# expect: runtime_error

def scan_training_step(w, lr, x_batches, y_batches):
    return scan_training_step(w, lr, x_batches, y_batches)
