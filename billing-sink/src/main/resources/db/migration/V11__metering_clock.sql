-- How far each partition's clock is, so that a fee center that lives by metering's time knows it from its start.
ALTER TABLE metering_progress ADD COLUMN clock timestamptz;
