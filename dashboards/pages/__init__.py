"""The dashboard's pages, one question each."""
