-- Cloud accounts: what is due from each, line by line; what the operator decided about them; links from marketplaces.

-- What a line charged to a cloud account, after vouchers and cards; negative is what was set off.
CREATE VIEW cloud_line AS
    SELECT line.line_id, line.day, line.account_id, line.workspace_id, purse.cloud_account_id, -posting.amount AS amount, line.currency
    FROM purse JOIN movement_posting AS posting USING (purse_id) JOIN settled_line AS settled USING (movement_id)
        JOIN bill_line AS line USING (line_id)
    WHERE purse.kind = 'CLOUD';

-- A cloud account may let go of one workspace and live on.
ALTER TABLE settlement_choice DROP CONSTRAINT settlement_choice_cause_check,
    ADD CONSTRAINT settlement_choice_cause_check
        CHECK (cause IN ('OPENED', 'MARKETPLACE', 'CHOSEN', 'CLOUD_ENDED', 'CLOUD_RELEASED'));
ALTER TABLE settlement_notice DROP CONSTRAINT settlement_notice_kind_check,
    ADD CONSTRAINT settlement_notice_kind_check
        CHECK (kind IN ('CLOUD_ENDED', 'CLOUD_RELEASED', 'ARREARS_BEGAN', 'ARREARS_NEAR_END', 'LOCKED', 'UNLOCKED'));

-- What the operator did with a cloud account, why, and which workspaces it paid for until then.
CREATE TABLE cloud_account_decision (
    decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cloud_account_id bigint NOT NULL REFERENCES cloud_account,
    deed text NOT NULL CHECK (deed IN ('RELEASED', 'UNSUBSCRIBED', 'UNLOCKED')),
    workspaces text[] NOT NULL,
    locked boolean NOT NULL,
    why text NOT NULL CHECK (why <> ''),
    decided_by text NOT NULL CHECK (decided_by <> ''),
    decided_at timestamptz NOT NULL
);
CREATE INDEX cloud_account_decision_by_account ON cloud_account_decision (cloud_account_id, decision_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cloud_account_decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A link with which a customer of a cloud's marketplace signs up here; the link itself is known to whoever holds it only.
CREATE TABLE marketplace_link (
    link_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_sha256 text NOT NULL UNIQUE CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    method text NOT NULL CHECK (method IN ('ALIYUN', 'AWS', 'HUAWEI', 'AZURE')),
    customer_identifier text NOT NULL CHECK (customer_identifier ~ '^[A-Za-z0-9_.:/-]{1,128}$'),
    site text NOT NULL,
    made_by text NOT NULL CHECK (made_by <> ''),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > made_at)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON marketplace_link
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which workspace a link became: one.
CREATE TABLE marketplace_sign_up (
    link_id bigint PRIMARY KEY REFERENCES marketplace_link,
    workspace_id text NOT NULL UNIQUE REFERENCES workspace,
    signed_up_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON marketplace_sign_up
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
