"""Facelock: a private vault that opens when it sees you, on your machine alone."""
