-- How long names and drafts are kept.

ALTER TABLE workshops ADD COLUMN names_erased BIGINT NOT NULL DEFAULT 0; -- 1 when nobody is named in the checkpoint any more
CREATE INDEX workshops_to_erase ON workshops (names_erased, status, published_at);

-- What an administrator has set; no row while nobody has.
CREATE TABLE retention (
    id          BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    names_days  BIGINT, -- display names are erased so many days after a summary was published; null for never
    drafts_days BIGINT, -- drafts are deleted so many days after their day and their last change; null for never
    set_by      TEXT NOT NULL REFERENCES accounts (id),
    set_at      BIGINT NOT NULL
);
