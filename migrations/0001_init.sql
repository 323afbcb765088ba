-- The whole first schema. Rules for this folder: README.md.

CREATE TABLE tribes (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE, -- the name, lower case, to find it again
    created_at BIGINT NOT NULL
);

CREATE TABLE squads (
    id         TEXT PRIMARY KEY NOT NULL,
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    tribe_id   TEXT REFERENCES tribes (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX squads_of_tribe ON squads (tribe_id);

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY NOT NULL,
    email         TEXT NOT NULL UNIQUE, -- lower case
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('administrator', 'facilitator', 'viewer')),
    active        BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    id_hash    TEXT PRIMARY KEY NOT NULL, -- SHA-256 of the id in the cookie; the id itself is stored nowhere
    data       TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Texts that administrators edit.
CREATE TABLE content (
    key        TEXT PRIMARY KEY NOT NULL,
    body       TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

-- One row for each checkpoint. What the lists need is kept here in the transaction of the events it follows from.
CREATE TABLE workshops (
    id                   TEXT PRIMARY KEY NOT NULL,
    code                 TEXT NOT NULL UNIQUE,
    squad_id             TEXT NOT NULL REFERENCES squads (id),
    facilitator_id       TEXT NOT NULL REFERENCES accounts (id),
    facilitator_name     TEXT NOT NULL,
    held_on              TEXT NOT NULL,
    status               TEXT NOT NULL CHECK (status IN ('planned', 'live', 'published')),
    title                TEXT NOT NULL,
    industry             TEXT,
    level                TEXT,
    percentile           BIGINT,
    sum                  BIGINT,
    lead_time            BIGINT,
    deployment_frequency BIGINT,
    time_to_restore      BIGINT,
    change_failure_rate  BIGINT,
    deployment_rework    BIGINT,
    revision             BIGINT NOT NULL DEFAULT 0,
    created_at           BIGINT NOT NULL,
    started_at           BIGINT,
    published_at         BIGINT
);
CREATE INDEX workshops_by_date ON workshops (held_on, created_at, id);
CREATE INDEX workshops_of_squad ON workshops (squad_id, held_on, created_at, id);
CREATE INDEX workshops_by_status ON workshops (status, held_on, created_at, id);
CREATE INDEX workshops_by_level ON workshops (level, held_on, created_at, id);

-- The log: the truth about every checkpoint. Rows are added, never removed; only a scrub replaces a body.
CREATE TABLE events (
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    seq         BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    actor       TEXT,
    cause       TEXT,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (workshop_id, seq)
);

-- Every published state of a summary page.
CREATE TABLE summaries (
    workshop_id  TEXT NOT NULL REFERENCES workshops (id),
    revision     BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    published_by TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (workshop_id, revision)
);
