-- 0007: Whether an article has a body, beside the body: asking the text itself unpacks all of it.
ALTER TABLE core.articles ADD COLUMN has_body BOOLEAN;
UPDATE core.articles SET has_body = body <> '';
