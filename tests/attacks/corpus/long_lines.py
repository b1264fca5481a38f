"""Print two very long lines."""
# expect: wrong_answer

print("a" * 30_000)
print("b" * 30_000)


def scan_training_step(w, lr, x_batches, y_batches):
    return w
