"""Be an expression whose compilation overflows the stack."""
# expect: runtime_error, memory_limit_exceeded, invalid_submission

scan_training_step = eval('-' * 500_000 + '0')
