"""Problem packages: folders on disk, and the one frozen form they are loaded into."""
