"""Slips of the pen: what a source file might have been written as by mistake."""
