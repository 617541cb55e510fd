"""REST resources of boards, split by subject; their addresses are in api.py."""
