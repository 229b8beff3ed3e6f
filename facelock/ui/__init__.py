"""Widgets. Everything a person reads is written here, and nowhere else."""
