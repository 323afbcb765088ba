-- Preparing: checkpoints that are called off, and the organisation's own agendas.

-- A called-off checkpoint stays 'planned' in `status`, so that a server of the version before still reads it.
ALTER TABLE workshops ADD COLUMN cancelled BIGINT NOT NULL DEFAULT 0;

CREATE TABLE templates (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE, -- the name, lower case, to find it again
    body       TEXT NOT NULL,        -- JSON: minutes and steps
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
