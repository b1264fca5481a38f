"""Be an expression too deep to parse."""
# expect: runtime_error, invalid_submission, memory_limit_exceeded

scan_training_step = eval('(' * 5000 + '0' + ')' * 5000)
