-- Who changed what in the administration; lines are added and never changed.

CREATE TABLE audit (
    id         TEXT PRIMARY KEY NOT NULL, -- sorts by the time it was made
    at         BIGINT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    who        TEXT NOT NULL, -- the name of that account at this time
    what       TEXT NOT NULL  -- a sentence
);
CREATE INDEX audit_by_time ON audit (at, id);
