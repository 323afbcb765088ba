-- Capabilities that the organisation wrote itself. A checkpoint takes along what it asks about, so a row may go at any time.

CREATE TABLE capabilities (
    id         TEXT PRIMARY KEY NOT NULL,
    title      TEXT NOT NULL,
    title_key  TEXT NOT NULL UNIQUE, -- the title, lower case
    summary    TEXT NOT NULL,
    items      TEXT NOT NULL, -- one statement a line; one that begins with a hyphen is bad to agree with
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);
