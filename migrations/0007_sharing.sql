-- Links by which somebody without an account reads one summary.
CREATE TABLE page_links (
    token_hash   TEXT PRIMARY KEY NOT NULL, -- SHA-256; the token itself is stored nowhere
    workshop_id  TEXT NOT NULL REFERENCES workshops (id),
    made_by      TEXT NOT NULL,
    made_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT,
    reads        BIGINT NOT NULL DEFAULT 0, -- how often it was opened; by whom is kept nowhere
    last_read_at BIGINT
);
CREATE INDEX page_links_of_workshop ON page_links (workshop_id, made_at);
