"""The commands, by who types them. Each parses, calls and renders; heavy imports are inside."""
