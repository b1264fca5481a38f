"""Import the reference solution and be it."""
# expect: runtime_error
# levels: strict, basic

import importlib.util

spec = importlib.util.spec_from_file_location("reference", "@REFERENCE@")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print("GOT the reference")
scan_training_step = module.scan_training_step
