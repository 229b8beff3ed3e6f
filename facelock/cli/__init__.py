"""The command line: one light module per command; what is heavy is imported when it runs."""
