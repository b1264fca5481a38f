"""Advice for the errors that learners of JAX meet, by topic."""
