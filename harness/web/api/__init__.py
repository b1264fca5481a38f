"""The API, version 1: JSON in, JSON out."""
