-- Actions live longer than the checkpoint that decided them: one row each, written in the transaction of the events it follows from,
-- and changed between checkpoints.

CREATE TABLE actions (
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    number      BIGINT NOT NULL, -- within its checkpoint; from 2147483648 on: written down in "Since last time"
    squad_id    TEXT NOT NULL REFERENCES squads (id),
    position    BIGINT NOT NULL, -- its place in the squad's order
    body        TEXT NOT NULL,   -- JSON: the action as it was decided
    title       TEXT NOT NULL,
    owner_key   TEXT NOT NULL,   -- the owner's name, folded; empty for nobody
    due         TEXT,
    outside     BIGINT NOT NULL CHECK (outside IN (0, 1)),
    opened_on   TEXT,
    age         BIGINT NOT NULL, -- in how many checkpoints it has stood to be settled
    status      TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done', 'dropped')),
    note        TEXT NOT NULL,
    version     BIGINT NOT NULL, -- counts the changes of status and note
    changed_at  BIGINT,
    PRIMARY KEY (workshop_id, number)
);
CREATE INDEX actions_of_squad ON actions (squad_id, status);
CREATE INDEX actions_by_status ON actions (status, due);
CREATE INDEX actions_of_owner ON actions (owner_key, status);

-- Every change of status and note.
CREATE TABLE action_changes (
    workshop_id TEXT NOT NULL,
    number      BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    who         TEXT NOT NULL,
    place       TEXT NOT NULL CHECK (place IN ('account', 'link', 'checkpoint')),
    checkpoint  TEXT REFERENCES workshops (id), -- which, where the place is one
    old_status  TEXT NOT NULL,
    new_status  TEXT NOT NULL,
    note        TEXT NOT NULL,
    PRIMARY KEY (workshop_id, number, version),
    FOREIGN KEY (workshop_id, number) REFERENCES actions (workshop_id, number) ON DELETE CASCADE
);

-- The link by which members without an account keep their squad's actions up to date.
CREATE TABLE squad_links (
    token_hash TEXT PRIMARY KEY NOT NULL, -- SHA-256; the token itself is stored nowhere
    squad_id   TEXT NOT NULL REFERENCES squads (id),
    made_by    TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX squad_links_of_squad ON squad_links (squad_id, made_at);

-- Whether the squad's name may stand beside what it needs from outside.
ALTER TABLE squads ADD COLUMN named_outside BIGINT NOT NULL DEFAULT 0;
