"""Facelock: a face lock that opens when it sees you, on your machine alone."""
