-- A page of the list is found in an index alone, in every order, also when only one level is asked for.
DROP INDEX workshops_by_level;
CREATE INDEX workshops_by_level ON workshops (status, cancelled, level, held_on, created_at, id);
CREATE INDEX workshops_by_best ON workshops (status, cancelled, (COALESCE(sum, 0)), held_on, created_at, id);
CREATE INDEX workshops_by_least ON workshops (status, cancelled, (COALESCE(sum, 99)), held_on DESC, created_at DESC, id DESC);
