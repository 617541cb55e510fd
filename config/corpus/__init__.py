"""A made community of any size, for benchmarks and for looking: `manage.py make_corpus`.

`words` says it (Korean and English whose words are as unevenly frequent as people's), `weaving` arranges it into
topics and posts, `storing` writes it by COPY.
"""
