"""Verification of problem packages: is a package what its author means it to be?"""
