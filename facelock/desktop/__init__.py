"""The machine around us: folders, preferences, the log, the clock."""
