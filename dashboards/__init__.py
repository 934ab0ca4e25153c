"""What the tape means to a reader: pages and a report over the published file, from ``mart.*`` only."""
