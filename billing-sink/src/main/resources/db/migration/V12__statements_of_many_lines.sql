-- Statements of many lines: checked once for each SQL command instead of for each row, and read in the order of their days.

-- The day of a line stands beside its id, so that an index has the lines of a statement in their order.
ALTER TABLE statement_line ADD COLUMN day date;
ALTER TABLE statement_line DISABLE TRIGGER append_only;
UPDATE statement_line AS stated SET day = line.day FROM bill_line AS line WHERE line.line_id = stated.line_id;
ALTER TABLE statement_line ENABLE TRIGGER append_only, ALTER COLUMN day SET NOT NULL;
DROP INDEX statement_line_by_statement;
CREATE INDEX statement_line_by_day ON statement_line (statement_id, day, line_id);

CREATE OR REPLACE VIEW statement_detail AS
    SELECT issued.number, issued.account_id, stated.day, line.workspace_id, line.resource, line.item, line.retention_days,
           line.revision, line.quantity, line.amount, line.currency, settled.method, settled.cloud_account_id,
           stated.day < issued.month AS adjustment, stated.line_id, stated.statement_id
    FROM statement AS issued JOIN statement_line AS stated USING (statement_id) JOIN settled_line AS settled USING (line_id)
        JOIN bill_line AS line USING (line_id);

-- What was checked for each line and each share.
DROP TRIGGER only_at_issue ON statement_line;
DROP TRIGGER only_at_issue ON statement_share;
DROP TRIGGER adds_up ON statement_share;
DROP FUNCTION refuse_late_line();

-- A statement is issued whole in one transaction: nothing is added to it afterwards, not even a line of 0.00.
CREATE FUNCTION refuse_late_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    late text;
BEGIN
    SELECT min(number) INTO late FROM statement
        WHERE statement_id IN (SELECT statement_id FROM added) AND xmin <> pg_current_xact_id()::xid;
    IF late IS NOT NULL THEN
        RAISE EXCEPTION 'INSERT into statement % refused: it is issued, a correction belongs on the next one', late
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_at_issue AFTER INSERT ON statement_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_rows();
CREATE TRIGGER only_at_issue AFTER INSERT ON statement_share REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_rows();

-- One command adds all lines of a statement, another one all its shares. So each comes to the statement's amount at once, also for whoever has
-- the check at the commit (adds_up on statement) made earlier.
CREATE FUNCTION require_whole_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT issued.number, issued.amount, sum(line.amount) AS lines INTO wrong
        FROM statement AS issued JOIN statement_line AS stated USING (statement_id) LEFT JOIN bill_line AS line
            ON line.line_id = stated.line_id AND line.day = stated.day AND line.account_id = issued.account_id
        WHERE statement_id IN (SELECT statement_id FROM added)
        GROUP BY statement_id HAVING sum(line.amount) IS DISTINCT FROM issued.amount OR count(*) > count(line.line_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'statement % of % does not add up: its account has lines of % on these days', wrong.number, wrong.amount, wrong.lines
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER whole AFTER INSERT ON statement_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION require_whole_lines();

CREATE FUNCTION require_whole_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT issued.number, issued.amount, sum(share.amount) AS shares INTO wrong
        FROM statement AS issued JOIN statement_share AS share USING (statement_id)
        WHERE statement_id IN (SELECT statement_id FROM added)
        GROUP BY statement_id HAVING sum(share.amount) <> issued.amount LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'statement % of % does not add up: shares %', wrong.number, wrong.amount, wrong.shares
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER whole AFTER INSERT ON statement_share REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION require_whole_shares();
