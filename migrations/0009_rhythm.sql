-- How often a squad means to hold a checkpoint: every 3 months, or every 6.

ALTER TABLE squads ADD COLUMN every_months BIGINT NOT NULL DEFAULT 3;
