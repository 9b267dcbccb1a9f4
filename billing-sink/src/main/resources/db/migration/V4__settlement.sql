-- Settlement: who has paid what, and from what. Movements and their postings are added and never changed; the balance of a
-- purse follows from its postings by a trigger, and no role of the fee center can write it.

-- How far each partition of usage-events is metered: all lines of days that ended before issued_before are issued.
CREATE TABLE metering_progress (
    topic_partition integer PRIMARY KEY CHECK (topic_partition >= 0),
    partitions integer NOT NULL CHECK (partitions > topic_partition),
    issued_before timestamptz NOT NULL
);

-- The time zone of each workspace's site, in which its billing days are counted. It never changes.
CREATE TABLE workspace_zone (
    workspace_id text PRIMARY KEY,
    zone text NOT NULL
);

-- The purses of one fee-center account; whoever moves money in one of them locks this row first. Arrears: since when there is debt.
CREATE TABLE wallet (
    account_id text PRIMARY KEY,
    currency text NOT NULL CHECK (currency IN ('CNY', 'USD')),
    opened_at timestamptz NOT NULL,
    arrears_since timestamptz,
    locked_since timestamptz,
    UNIQUE (account_id, currency),
    CHECK (locked_since IS NULL OR arrears_since IS NOT NULL)
);

-- A cloud account that pays for workspaces, registered by a fee-center account. It ends when it is released or unsubscribed.
CREATE TABLE cloud_account (
    cloud_account_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES wallet,
    method text NOT NULL CHECK (method IN ('ALIYUN', 'AWS', 'HUAWEI', 'AZURE')),
    customer_identifier text NOT NULL CHECK (customer_identifier <> ''),
    registered_at timestamptz NOT NULL,
    ended_at timestamptz,
    UNIQUE (cloud_account_id, account_id),
    UNIQUE (cloud_account_id, method)
);
CREATE UNIQUE INDEX cloud_account_once ON cloud_account (method, customer_identifier) WHERE ended_at IS NULL;

-- What money lies in, or is owed: negative in DEBT; negative in CLOUD is due from the cloud account, positive is a credit for later.
CREATE TABLE purse (
    purse_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('VOUCHER', 'THRESHOLD_VOUCHER', 'CARD', 'CASH', 'DEBT', 'CLOUD')),
    expires_at timestamptz CHECK ((expires_at IS NOT NULL) = (kind IN ('VOUCHER', 'THRESHOLD_VOUCHER', 'CARD'))),
    threshold numeric CHECK ((threshold IS NOT NULL) = (kind = 'THRESHOLD_VOUCHER')),
    cloud_account_id bigint CHECK ((cloud_account_id IS NOT NULL) = (kind = 'CLOUD')),
    balance numeric NOT NULL DEFAULT 0,
    CONSTRAINT never_overdrawn CHECK (
        CASE kind WHEN 'DEBT' THEN balance <= 0 WHEN 'CLOUD' THEN true ELSE balance >= 0 END),
    CHECK (balance = round(balance, 2) AND balance > '-Infinity' AND balance < 'Infinity'),
    CHECK (threshold > 0 AND threshold < 'Infinity' AND threshold = round(threshold, 2)),
    FOREIGN KEY (account_id, currency) REFERENCES wallet (account_id, currency),
    FOREIGN KEY (cloud_account_id, account_id) REFERENCES cloud_account (cloud_account_id, account_id),
    UNIQUE (purse_id, account_id, currency, kind)
);
CREATE UNIQUE INDEX purse_once ON purse (account_id, kind) WHERE kind IN ('CASH', 'DEBT');
CREATE UNIQUE INDEX purse_of_cloud_account ON purse (cloud_account_id) WHERE kind = 'CLOUD';
CREATE INDEX purse_by_account ON purse (account_id);

-- Something that moved money. A reference is unique per account, so that a repeated request moves nothing again.
CREATE TABLE movement (
    movement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('TOP_UP', 'CARD_PURCHASE', 'VOUCHER_GRANT', 'SETTLEMENT')),
    reference text NOT NULL CHECK (reference <> ''),
    moved_at timestamptz NOT NULL,
    FOREIGN KEY (account_id, currency) REFERENCES wallet (account_id, currency),
    UNIQUE (account_id, kind, reference),
    UNIQUE (movement_id, account_id, currency)
);

-- Double entry, as the customer sees it: positive fills a purse, negative draws on it. BANK is where money comes from, GRANT where
-- vouchers come from, SETTLED what bill lines were settled with: the counterpart of the ledger's RECEIVABLE.
CREATE TABLE movement_posting (
    movement_id bigint NOT NULL,
    book text NOT NULL,
    purse_id bigint CHECK ((purse_id IS NULL) = (book IN ('BANK', 'GRANT', 'SETTLED'))),
    account_id text NOT NULL,
    currency text NOT NULL,
    amount numeric NOT NULL CHECK (amount <> 0 AND amount = round(amount, 2) AND amount > '-Infinity' AND amount < 'Infinity'),
    UNIQUE NULLS NOT DISTINCT (movement_id, book, purse_id),
    FOREIGN KEY (movement_id, account_id, currency) REFERENCES movement (movement_id, account_id, currency),
    FOREIGN KEY (purse_id, account_id, currency, book) REFERENCES purse (purse_id, account_id, currency, kind)
);
CREATE INDEX movement_posting_by_purse ON movement_posting (purse_id);

-- The bill lines that are settled, each once, with the method under which it was: that never changes again.
-- A line of 0.00 has no movement.
CREATE TABLE settled_line (
    line_id text PRIMARY KEY REFERENCES bill_line,
    method text NOT NULL CHECK (method IN ('FEE_CENTER', 'ALIYUN', 'AWS', 'HUAWEI', 'AZURE')),
    cloud_account_id bigint CHECK ((cloud_account_id IS NULL) = (method = 'FEE_CENTER')),
    movement_id bigint UNIQUE REFERENCES movement,
    settled_at timestamptz NOT NULL,
    FOREIGN KEY (cloud_account_id, method) REFERENCES cloud_account (cloud_account_id, method)
);

-- How a workspace is settled from now on; the last row counts, no row is the fee center. What a person chose uses up the month.
CREATE TABLE settlement_choice (
    choice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL,
    method text NOT NULL CHECK (method IN ('FEE_CENTER', 'ALIYUN', 'AWS', 'HUAWEI', 'AZURE')),
    cloud_account_id bigint CHECK ((cloud_account_id IS NULL) = (method = 'FEE_CENTER')),
    cause text NOT NULL CHECK (cause IN ('OPENED', 'MARKETPLACE', 'CHOSEN', 'CLOUD_ENDED')),
    month date CHECK ((month IS NOT NULL) = (cause = 'CHOSEN')),
    chosen_at timestamptz NOT NULL,
    FOREIGN KEY (cloud_account_id, method) REFERENCES cloud_account (cloud_account_id, method),
    CONSTRAINT one_switch_a_month UNIQUE (workspace_id, month)
);
CREATE INDEX settlement_choice_by_workspace ON settlement_choice (workspace_id, choice_id);

-- Workspaces that are locked because their cloud account ended; unlocked_at when somebody unlocked them.
CREATE TABLE workspace_lock (
    lock_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL,
    cloud_account_id bigint NOT NULL REFERENCES cloud_account,
    locked_at timestamptz NOT NULL,
    unlocked_at timestamptz
);
CREATE UNIQUE INDEX workspace_locked_once ON workspace_lock (workspace_id) WHERE unlocked_at IS NULL;

-- What customers have to be told, in order, for whoever sends the mails.
CREATE TABLE settlement_notice (
    notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES wallet,
    workspace_id text,
    kind text NOT NULL CHECK (kind IN ('CLOUD_ENDED', 'ARREARS_BEGAN', 'ARREARS_NEAR_END', 'LOCKED', 'UNLOCKED')),
    noticed_at timestamptz NOT NULL
);

CREATE FUNCTION move_balance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    UPDATE purse SET balance = balance + NEW.amount WHERE purse_id = NEW.purse_id;
    RETURN NULL;
END $$;
CREATE TRIGGER moves_balance AFTER INSERT ON movement_posting
    FOR EACH ROW WHEN (NEW.purse_id IS NOT NULL) EXECUTE FUNCTION move_balance();

-- At commit the postings of each movement sum to zero.
CREATE FUNCTION require_balanced_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    imbalance numeric;
BEGIN
    SELECT sum(amount) INTO imbalance FROM movement_posting WHERE movement_id = NEW.movement_id;
    IF imbalance IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'movement % does not balance: its postings sum to %', NEW.movement_id, imbalance
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON movement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_movement();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON movement_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_movement();

-- At commit a settled line's movement is of its account and settles its whole amount.
CREATE FUNCTION require_whole_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line bill_line;
    settled numeric;
BEGIN
    SELECT * INTO STRICT line FROM bill_line WHERE line_id = NEW.line_id;
    SELECT coalesce(sum(amount), 0) INTO settled FROM movement_posting
        WHERE movement_id = NEW.movement_id AND book = 'SETTLED'
          AND account_id = line.account_id AND currency = line.currency;
    IF settled <> line.amount THEN
        RAISE EXCEPTION 'line % of % is settled with %', NEW.line_id, line.amount, settled USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settled_whole AFTER INSERT ON settled_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_whole_settlement();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON movement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON movement_posting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settled_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_choice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How each workspace that has ever chosen is settled now. A cloud account that has ended pays nothing more.
CREATE VIEW settlement_method AS
    SELECT DISTINCT ON (workspace_id) workspace_id, method, cloud_account_id, cause, chosen_at
    FROM settlement_choice ORDER BY workspace_id, choice_id DESC;

-- What is due from each cloud account; negative is a credit that later days are set off against.
CREATE VIEW cloud_amount_due AS
    SELECT cloud.cloud_account_id, cloud.account_id, cloud.method, cloud.customer_identifier, purse.currency,
           -purse.balance AS due
    FROM purse JOIN cloud_account AS cloud USING (cloud_account_id);

-- Purses whose balance is not the sum of their postings; always empty.
CREATE VIEW purse_imbalance AS
    SELECT purse_id, balance, posted
    FROM purse LEFT JOIN LATERAL (
        SELECT coalesce(sum(amount), 0) AS posted FROM movement_posting
        WHERE movement_posting.purse_id = purse.purse_id) AS sum_of_postings ON true
    WHERE balance <> posted;

-- Per account and currency: lines in the ledger = lines settled + lines open, in number and in money.
CREATE VIEW settlement_conservation AS
    SELECT line.account_id, line.currency, count(*) AS lines, sum(line.amount) AS amount,
           count(settled.line_id) AS settled_lines,
           coalesce(sum(line.amount) FILTER (WHERE settled.line_id IS NOT NULL), 0) AS settled_amount,
           count(*) FILTER (WHERE settled.line_id IS NULL) AS open_lines,
           coalesce(sum(line.amount) FILTER (WHERE settled.line_id IS NULL), 0) AS open_amount
    FROM bill_line AS line LEFT JOIN settled_line AS settled USING (line_id)
    GROUP BY line.account_id, line.currency;
