"""One reader per shape of text; each takes a :class:`~helodoctor.bounce.text.Text` and gives notes of deliveries."""
