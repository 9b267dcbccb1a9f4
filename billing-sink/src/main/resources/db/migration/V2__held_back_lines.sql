-- What a person decides about held-back lines. Everything is added and nothing changed: a stop that was lifted and a line that
-- was written off stay in sight, with who decided it and why. Only the owner of the tables may decide.

-- What happened is in tables: a record was held back, an account was stopped. What stands now is in views of the old names.
ALTER TABLE held_back_line RENAME TO hold_back;

-- An account can be stopped more than once: each stop is a row.
ALTER TABLE stopped_account RENAME TO account_stop;
ALTER TABLE account_stop DROP CONSTRAINT stopped_account_pkey;
ALTER TABLE account_stop ADD COLUMN stop_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
CREATE INDEX account_stop_by_account ON account_stop (account_id);

-- RELEASE: the stop of the account is lifted and its held-back lines are judged again, in their order.
-- WRITE_OFF: lines stay held back for ever and no longer stop their account; account_id is null for a record that is nobody's.
CREATE TABLE held_back_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('RELEASE', 'WRITE_OFF')),
    account_id text CHECK (account_id IS NOT NULL OR kind = 'WRITE_OFF'),
    decided_by text NOT NULL CHECK (decided_by <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    decided_as text NOT NULL DEFAULT session_user,
    decided_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_stop_lift (
    stop_id bigint PRIMARY KEY REFERENCES account_stop,
    decision_id bigint NOT NULL REFERENCES held_back_decision
);

-- What a decision made of a held-back line; the last one counts. line_id is that of a written-off line as its fields hash to,
-- so that the next revision is not taken for one behind a gap; null where the record is no line.
CREATE TABLE held_back_outcome (
    topic_partition integer NOT NULL,
    topic_offset bigint NOT NULL,
    decision_id bigint NOT NULL REFERENCES held_back_decision,
    outcome text NOT NULL CHECK (outcome IN ('POSTED', 'REPEATED', 'HELD_BACK', 'WRITTEN_OFF')),
    reason text CHECK ((reason IS NOT NULL) = (outcome IN ('HELD_BACK', 'WRITTEN_OFF'))),
    detail text,
    line_id text CHECK (line_id IS NULL OR outcome = 'WRITTEN_OFF'),
    PRIMARY KEY (topic_partition, topic_offset, decision_id),
    FOREIGN KEY (topic_partition, topic_offset) REFERENCES hold_back
);
CREATE UNIQUE INDEX held_back_outcome_final ON held_back_outcome (topic_partition, topic_offset)
    WHERE outcome <> 'HELD_BACK';
CREATE INDEX held_back_outcome_by_line ON held_back_outcome (line_id) WHERE line_id IS NOT NULL;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hold_back
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_stop
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON held_back_decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_stop_lift
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON held_back_outcome
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The accounts whose posting is stopped now.
CREATE VIEW stopped_account AS
    SELECT DISTINCT ON (account_id) account_id, reason, detail, topic_partition, topic_offset, stopped_at
    FROM account_stop AS stop
    WHERE NOT EXISTS (SELECT FROM account_stop_lift AS lift WHERE lift.stop_id = stop.stop_id)
    ORDER BY account_id, stop_id;

-- The records that are held back now, with the reason as last judged. Those written off are among them.
CREATE VIEW held_back_line AS
    SELECT line.topic_partition, line.topic_offset, line.account_id, line.line_id,
           coalesce(last.reason, line.reason) AS reason, coalesce(last.detail, line.detail) AS detail,
           line.held_at, coalesce(last.outcome = 'WRITTEN_OFF', false) AS written_off, line.bytes
    FROM hold_back AS line
    LEFT JOIN LATERAL (
        SELECT outcome, reason, detail FROM held_back_outcome AS decided
        WHERE decided.topic_partition = line.topic_partition AND decided.topic_offset = line.topic_offset
        ORDER BY decision_id DESC LIMIT 1) AS last ON true
    WHERE last.outcome IS NULL OR last.outcome IN ('HELD_BACK', 'WRITTEN_OFF');

-- Per partition: lines in the ledger + lines held back + repeats of lines = lines read from the topic.
-- Those written off are among the lines held back.
CREATE OR REPLACE VIEW conservation AS
    SELECT topic, topic_partition, next_offset, lines_read, posted, held_back, duplicate_lines,
           lines_read - posted - held_back - duplicate_lines AS unaccounted, written_off
    FROM (SELECT position.topic, position.topic_partition, position.next_offset, position.lines_read,
              (SELECT count(*) FROM bill_line AS line WHERE line.topic_partition = position.topic_partition) AS posted,
              (SELECT count(*) FROM held_back_line AS held WHERE held.topic_partition = position.topic_partition) AS held_back,
              (SELECT count(*) FROM held_back_line AS held
               WHERE held.topic_partition = position.topic_partition AND held.written_off) AS written_off,
              position.duplicate_lines
                  + (SELECT count(*) FROM held_back_outcome AS decided
                     WHERE decided.topic_partition = position.topic_partition AND decided.outcome = 'REPEATED')
                  AS duplicate_lines
          FROM sink_position AS position) AS counted;
