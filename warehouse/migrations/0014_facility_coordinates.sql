-- 0014: where facilities lie, for maps; the registry is loaded anew because its hash has changed.
ALTER TABLE core.facilities ADD COLUMN latitude DOUBLE;
ALTER TABLE core.facilities ADD COLUMN longitude DOUBLE;
