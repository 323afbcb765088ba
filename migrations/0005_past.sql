-- What is left of checkpoints: what their published pages say, kept for lists, trends and the search, and pages held elsewhere.

ALTER TABLE workshops ADD COLUMN imported_at BIGINT; -- it was held elsewhere: it has a page, but no log and no room
ALTER TABLE workshops ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0; -- the revision of which the two tables below were filled
CREATE INDEX workshops_to_index ON workshops (indexed, revision);

-- Lists are counted and paged without reading the rows they do not show.
DROP INDEX workshops_by_status;
CREATE INDEX workshops_by_status ON workshops (status, cancelled, held_on, created_at, id);
CREATE INDEX workshops_listed_of_squad ON workshops (squad_id, status, cancelled, held_on, created_at, id);

-- The capabilities on the newest revision of each page.
CREATE TABLE page_capabilities (
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    key         TEXT NOT NULL,
    title       TEXT NOT NULL,
    score       BIGINT, -- in tenths, 0 to 1000; null where too few answered
    focus       BIGINT NOT NULL CHECK (focus IN (0, 1)),
    PRIMARY KEY (workshop_id, key)
);
CREATE INDEX page_capabilities_by_key ON page_capabilities (key, workshop_id);

-- The words of the newest revision of each page: its title, foreword, notes, improvements and actions, without case and accents.
CREATE TABLE page_words (
    word        BYTEA NOT NULL, -- UTF-8; bytes, because a range of them is the same on both databases, whatever the collation
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    PRIMARY KEY (word, workshop_id)
);
CREATE INDEX page_words_of_workshop ON page_words (workshop_id);

-- A squad that is archived is offered nowhere; one that was merged answers with the other.
ALTER TABLE squads ADD COLUMN archived_at BIGINT;
ALTER TABLE squads ADD COLUMN merged_into TEXT REFERENCES squads (id);
