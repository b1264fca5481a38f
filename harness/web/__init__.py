"""The server's pages and its API."""
