"""Secrets at rest: keys, the sealed store and the operating system's keyring."""
