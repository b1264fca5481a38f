"""The judge inside pytest: problems' samples as tests, and a fixture for tests of solutions."""
