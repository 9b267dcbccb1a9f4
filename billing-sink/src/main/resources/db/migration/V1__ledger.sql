-- The ledger: rows are added and never changed. The owner of these tables runs migrations and nothing else;
-- the sink's role is granted what it needs in R__grants.sql.

-- A fee-center account as the ledger knows it: its currency is that of its first line and never changes.
CREATE TABLE ledger_account (
    account_id text PRIMARY KEY,
    currency text NOT NULL CHECK (currency IN ('CNY', 'USD')),
    opened_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, currency)
);

-- A bill line as it stood on the topic fee-center.bill-lines. Quantities in base units of the item, amounts in currency.
CREATE TABLE bill_line (
    line_id text PRIMARY KEY CHECK (line_id ~ '^[0-9a-f]{32}$'),
    day date NOT NULL,
    account_id text NOT NULL,
    workspace_id text NOT NULL,
    resource text NOT NULL,
    item text NOT NULL,
    retention_days integer CHECK (retention_days >= 0),
    revision integer NOT NULL CHECK (revision >= 0),
    kind text NOT NULL CHECK (kind IN ('CLOSE', 'CORRECTION')),
    quantity numeric NOT NULL CHECK (quantity > '-Infinity' AND quantity < 'Infinity'),
    amount numeric NOT NULL CHECK (amount > '-Infinity' AND amount < 'Infinity' AND amount = round(amount, 2)),
    currency text NOT NULL,
    net_quantity numeric NOT NULL CHECK (net_quantity > '-Infinity' AND net_quantity < 'Infinity'),
    net_amount numeric NOT NULL CHECK (net_amount > '-Infinity' AND net_amount < 'Infinity'),
    price jsonb,
    meters jsonb NOT NULL,
    first_ingested_at timestamptz,
    last_ingested_at timestamptz,
    binding_seqs bigint[] NOT NULL,
    control_offset bigint NOT NULL,
    content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
    topic_partition integer NOT NULL,
    topic_offset bigint NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT now(),
    CHECK (revision > 0 OR (amount >= 0 AND quantity >= 0)),
    FOREIGN KEY (account_id, currency) REFERENCES ledger_account (account_id, currency),
    UNIQUE NULLS NOT DISTINCT (account_id, day, workspace_id, resource, item, retention_days, revision),
    UNIQUE (topic_partition, topic_offset),
    UNIQUE (line_id, account_id, currency)
);

-- Double entry: what the account owes is debited (positive) to its receivable and credited (negative) to revenue.
CREATE TABLE posting (
    line_id text NOT NULL,
    book text NOT NULL CHECK (book IN ('RECEIVABLE', 'REVENUE')),
    account_id text NOT NULL,
    amount numeric NOT NULL CHECK (amount <> 0),
    currency text NOT NULL,
    PRIMARY KEY (line_id, book),
    FOREIGN KEY (line_id, account_id, currency) REFERENCES bill_line (line_id, account_id, currency)
);

-- How far the sink has read each partition. The only row that changes; only the reader with the newest epoch may.
CREATE TABLE sink_position (
    topic text NOT NULL,
    topic_partition integer NOT NULL CHECK (topic_partition >= 0),
    epoch bigint NOT NULL CHECK (epoch > 0),
    next_offset bigint NOT NULL CHECK (next_offset >= 0),
    lines_read bigint NOT NULL CHECK (lines_read >= 0),
    duplicate_lines bigint NOT NULL CHECK (duplicate_lines >= 0),
    PRIMARY KEY (topic, topic_partition)
);

-- Records of the topic that were not posted, in their order, with their bytes, and why.
CREATE TABLE held_back_line (
    topic_partition integer NOT NULL,
    topic_offset bigint NOT NULL,
    account_id text,
    line_id text,
    reason text NOT NULL,
    detail text NOT NULL,
    bytes bytea,
    held_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic_partition, topic_offset)
);
CREATE INDEX held_back_line_by_account ON held_back_line (account_id);

-- An account whose posting has stopped: all its further lines are held back until somebody has looked.
CREATE TABLE stopped_account (
    account_id text PRIMARY KEY,
    reason text NOT NULL,
    detail text NOT NULL,
    topic_partition integer NOT NULL,
    topic_offset bigint NOT NULL,
    stopped_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % refused: the ledger is append-only, a correction is a new line', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bill_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- At commit a line's postings sum to zero and its receivable is its amount; a line of 0.00 has no postings.
CREATE FUNCTION require_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line_amount numeric;
    sum_of_postings numeric;
    receivable numeric;
BEGIN
    SELECT amount INTO STRICT line_amount FROM bill_line WHERE line_id = NEW.line_id;
    SELECT coalesce(sum(amount), 0), coalesce(sum(amount) FILTER (WHERE book = 'RECEIVABLE'), 0)
        INTO sum_of_postings, receivable FROM posting WHERE line_id = NEW.line_id;
    IF sum_of_postings <> 0 OR receivable <> line_amount THEN
        RAISE EXCEPTION 'line % of % does not balance: receivable %, sum of postings %',
            NEW.line_id, line_amount, receivable, sum_of_postings
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON bill_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balance();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balance();

-- What each account owes per day and item: net of all corrections.
CREATE VIEW bill AS
    SELECT day, account_id, workspace_id, resource, item, retention_days, currency,
           sum(quantity) AS quantity, sum(amount) AS amount, count(*) AS lines
    FROM bill_line
    GROUP BY day, account_id, workspace_id, resource, item, retention_days, currency;

-- Per currency: the lines' amounts, both books and their sum, which is zero.
CREATE VIEW trial_balance AS
    SELECT currency, lines, receivable, revenue, receivable + revenue AS imbalance
    FROM (SELECT currency, sum(amount) AS lines FROM bill_line GROUP BY currency) AS line_sum
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(amount) FILTER (WHERE book = 'RECEIVABLE'), 0) AS receivable,
               coalesce(sum(amount) FILTER (WHERE book = 'REVENUE'), 0) AS revenue
        FROM posting WHERE posting.currency = line_sum.currency) AS book_sum ON true;

-- Per partition: lines in the ledger + lines held back + repeats of lines = lines read from the topic.
CREATE VIEW conservation AS
    SELECT topic, topic_partition, next_offset, lines_read, posted, held_back, duplicate_lines,
           lines_read - posted - held_back - duplicate_lines AS unaccounted
    FROM (SELECT position.*,
              (SELECT count(*) FROM bill_line AS line WHERE line.topic_partition = position.topic_partition) AS posted,
              (SELECT count(*) FROM held_back_line AS held WHERE held.topic_partition = position.topic_partition)
                  AS held_back
          FROM sink_position AS position) AS counted;
