"""My shelf: what a member owns, and what follows from owning it.

shelving    what arrived is put on the shelf of who bought it
adding      what was bought elsewhere, told by hand; names and notes of one's own
again       into the cart once more, as it was
reading     the shelf as pages and REST show it
inviting    a review is asked for once an order, some days after it arrived
vouching    reviews of what was bought, and kept, say so
"""
