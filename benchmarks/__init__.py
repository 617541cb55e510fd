"""Commands that print figures. Nothing here is a test: a figure depends on the machine, a test must not."""
