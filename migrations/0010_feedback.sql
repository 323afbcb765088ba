-- What people say of a checkpoint itself. No row knows a person, a seat or a time.

CREATE TABLE feedback (
    id          TEXT PRIMARY KEY NOT NULL, -- random: an order would say who came when
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    giver       TEXT, -- SHA-256 of a random cookie, to change one's own answer; null once it can no longer be changed
    worth       BIGINT NOT NULL CHECK (worth BETWEEN 1 AND 5),
    keep        TEXT NOT NULL,
    improve     TEXT NOT NULL,
    UNIQUE (workshop_id, giver)
);
