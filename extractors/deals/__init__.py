"""Deals: from names and amounts in a text to what it claims of whom."""
