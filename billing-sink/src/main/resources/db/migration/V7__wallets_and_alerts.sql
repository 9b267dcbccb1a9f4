-- Payments through a provider and voucher codes.

ALTER TABLE movement DROP CONSTRAINT movement_kind_check;
ALTER TABLE movement ADD CONSTRAINT movement_kind_check CHECK (kind IN
    ('TOP_UP', 'CARD_PURCHASE', 'CARD_FROM_CASH', 'VOUCHER_GRANT', 'VOUCHER_CODE', 'SETTLEMENT'));

-- A payment that a provider was asked for. It is paid when a movement of this kind has its reference.
CREATE TABLE payment (
    reference text PRIMARY KEY CHECK (reference ~ '^pay_[0-9a-f]{32}$'),
    account_id text NOT NULL,
    currency text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('TOP_UP', 'CARD_PURCHASE')),
    amount numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity' AND amount = round(amount, 2)),
    card_expires_at timestamptz CHECK ((card_expires_at IS NOT NULL) = (kind = 'CARD_PURCHASE')),
    requested_at timestamptz NOT NULL,
    FOREIGN KEY (account_id, currency) REFERENCES wallet (account_id, currency)
);
CREATE INDEX payment_by_time ON payment (requested_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A code that an operator gave out for a voucher; the code itself is known to whoever holds it only.
CREATE TABLE voucher_code (
    voucher_code_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code_sha256 text NOT NULL UNIQUE CHECK (code_sha256 ~ '^[0-9a-f]{64}$'),
    currency text NOT NULL CHECK (currency IN ('CNY', 'USD')),
    amount numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity' AND amount = round(amount, 2)),
    threshold numeric CHECK (threshold > 0 AND threshold < 'Infinity' AND threshold = round(threshold, 2)),
    expires_at timestamptz NOT NULL,
    issued_by text NOT NULL CHECK (issued_by <> ''),
    issued_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_code
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which movement a code became: one, whoever holds the code.
CREATE TABLE voucher_activation (
    voucher_code_id bigint PRIMARY KEY REFERENCES voucher_code,
    movement_id bigint NOT NULL UNIQUE REFERENCES movement
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_activation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The language of mail about an account; null: Chinese for CNY and English for USD.
ALTER TABLE fee_center_account ADD COLUMN mail_language text CHECK (mail_language IN ('en', 'zh'));

-- Who wants to know when a workspace's daily bill is above a threshold: of one item, or of all together (item is empty).
-- It goes off once; alerted_day is the day that made it.
CREATE TABLE high_consumption_alert (
    workspace_id text NOT NULL REFERENCES workspace,
    item text NOT NULL CHECK (item ~ '^[A-Za-z0-9_.:/-]{0,128}$'),
    currency text NOT NULL CHECK (currency IN ('CNY', 'USD')),
    threshold numeric NOT NULL CHECK (threshold >= 0 AND threshold < 'Infinity' AND threshold = round(threshold, 2)),
    members text[] NOT NULL,
    set_by text NOT NULL REFERENCES console_account,
    set_at timestamptz NOT NULL,
    alerted_day date,
    PRIMARY KEY (workspace_id, item, currency)
);
CREATE INDEX bill_line_by_workspace ON bill_line (workspace_id, day);

-- Lines that are settled and stand on no statement yet.
CREATE VIEW unstated_line AS
    SELECT line.line_id, line.account_id, line.day, line.amount
    FROM bill_line AS line JOIN settled_line USING (line_id)
    WHERE NOT EXISTS (SELECT FROM statement_line AS stated WHERE stated.line_id = line.line_id);

-- The lines that are not settled, so that nobody has to look for them among all others. Only triggers write it, with the owner's rights.
CREATE TABLE open_line (
    line_id text PRIMARY KEY
);
INSERT INTO open_line SELECT line_id FROM bill_line AS line
    WHERE NOT EXISTS (SELECT FROM settled_line AS settled WHERE settled.line_id = line.line_id);

CREATE FUNCTION note_open_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    INSERT INTO open_line SELECT line_id FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER opens AFTER INSERT ON bill_line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION note_open_lines();

CREATE FUNCTION forget_open_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    DELETE FROM open_line USING settled WHERE open_line.line_id = settled.line_id;
    RETURN NULL;
END $$;
CREATE TRIGGER closes AFTER INSERT ON settled_line REFERENCING NEW TABLE AS settled
    FOR EACH STATEMENT EXECUTE FUNCTION forget_open_lines();

-- Each line with what paid for it; without a method it is open. There are no discounts: the list amount is what is payable.
CREATE VIEW line_detail AS
    SELECT line.line_id, line.day, line.account_id, line.workspace_id, workspace.name AS workspace_name, workspace.site,
           line.resource, line.item, line.retention_days, line.revision, line.quantity, line.amount AS list_amount,
           line.amount AS payable, coalesce(paid.voucher, 0) AS voucher, coalesce(paid.card, 0) AS card,
           coalesce(paid.cash, 0) AS cash, coalesce(paid.cloud, 0) AS cloud, coalesce(paid.owed, 0) AS owed, line.currency,
           settled.method, cloud.customer_identifier, settled.settled_at
    FROM bill_line AS line
        LEFT JOIN workspace USING (workspace_id)
        LEFT JOIN settled_line AS settled USING (line_id)
        LEFT JOIN cloud_account AS cloud ON cloud.cloud_account_id = settled.cloud_account_id
        LEFT JOIN LATERAL (
            SELECT -sum(amount) FILTER (WHERE book IN ('VOUCHER', 'THRESHOLD_VOUCHER')) AS voucher,
                   -sum(amount) FILTER (WHERE book = 'CARD') AS card, -sum(amount) FILTER (WHERE book = 'CASH') AS cash,
                   -sum(amount) FILTER (WHERE book = 'CLOUD') AS cloud, -sum(amount) FILTER (WHERE book = 'DEBT') AS owed
            FROM movement_posting AS posting WHERE posting.movement_id = settled.movement_id) AS paid ON true;

CREATE INDEX movement_by_account ON movement (account_id, movement_id);
