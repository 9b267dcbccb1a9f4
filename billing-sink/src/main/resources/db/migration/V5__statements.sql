-- Monthly statements: what an account was charged for a month, frozen when it is issued.

-- The last number given out for a month; a transaction that issues a statement holds its row.
CREATE TABLE statement_number (
    month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
    last_number integer NOT NULL CHECK (last_number > 0)
);

CREATE TABLE statement (
    statement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL UNIQUE CHECK (number ~ '^[0-9]{6}-[0-9]{6}$'),
    account_id text NOT NULL,
    currency text NOT NULL,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    amount numeric NOT NULL CHECK (amount = round(amount, 2) AND amount > '-Infinity' AND amount < 'Infinity'),
    issued_at timestamptz NOT NULL,
    FOREIGN KEY (account_id, currency) REFERENCES wallet (account_id, currency),
    CONSTRAINT statement_once_a_month UNIQUE (account_id, month)
);

-- The lines of a statement: those of its month, and corrections of earlier months that came after their statement.
CREATE TABLE statement_line (
    line_id text PRIMARY KEY REFERENCES settled_line,
    statement_id bigint NOT NULL REFERENCES statement
);
CREATE INDEX statement_line_by_statement ON statement_line (statement_id);

-- What paid for a statement's lines; negative where a purse got back more than it paid.
CREATE TABLE statement_share (
    statement_id bigint NOT NULL REFERENCES statement,
    kind text NOT NULL CHECK (kind IN ('VOUCHER', 'THRESHOLD_VOUCHER', 'CARD', 'CASH', 'DEBT', 'CLOUD')),
    amount numeric NOT NULL CHECK (amount <> 0 AND amount = round(amount, 2)),
    PRIMARY KEY (statement_id, kind)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_share
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- At commit a statement is the sum of its lines and of its shares. Whoever adds a line later is refused by the same check.
CREATE FUNCTION require_whole_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stated statement;
    lines numeric;
    shares numeric;
BEGIN
    SELECT * INTO STRICT stated FROM statement WHERE statement_id = NEW.statement_id;
    SELECT coalesce(sum(line.amount), 0) INTO lines FROM statement_line JOIN bill_line AS line USING (line_id)
        WHERE statement_id = NEW.statement_id AND line.account_id = stated.account_id;
    SELECT coalesce(sum(amount), 0) INTO shares FROM statement_share WHERE statement_id = NEW.statement_id;
    IF lines <> stated.amount OR shares <> stated.amount THEN
        RAISE EXCEPTION 'statement % of % does not add up: lines %, shares %', stated.number, stated.amount, lines, shares
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_whole_statement();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON statement_share
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_whole_statement();

-- A statement is issued whole in one transaction: nothing is added to it afterwards, not even a line of 0.00.
CREATE FUNCTION refuse_late_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM statement AS issued WHERE issued.statement_id = NEW.statement_id
               AND issued.xmin <> pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION 'INSERT into statement % refused: it is issued, a correction belongs on the next one', NEW.statement_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_at_issue BEFORE INSERT ON statement_line FOR EACH ROW EXECUTE FUNCTION refuse_late_line();
CREATE TRIGGER only_at_issue BEFORE INSERT ON statement_share FOR EACH ROW EXECUTE FUNCTION refuse_late_line();

-- What stands on statements, line by line; an adjustment is a line of a month before the statement's.
CREATE VIEW statement_detail AS
    SELECT issued.number, issued.account_id, line.day, line.workspace_id, line.resource, line.item, line.retention_days,
           line.revision, line.quantity, line.amount, line.currency, settled.method, settled.cloud_account_id,
           line.day < issued.month AS adjustment, line.line_id
    FROM statement AS issued JOIN statement_line USING (statement_id) JOIN settled_line AS settled USING (line_id)
        JOIN bill_line AS line USING (line_id);
