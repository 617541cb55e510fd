"""Pages of boards, split by subject: lists, topics, posts, moderation, what the composer asks for, feeds."""
