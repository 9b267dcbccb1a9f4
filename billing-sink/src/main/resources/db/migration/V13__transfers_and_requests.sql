-- Top-ups by bank transfer; 14 days before a workspace is locked whose cloud account has ended.

-- A transfer that reached the bank, as the operator entered it: once, whichever account it is for, with the top-up that it became.
CREATE TABLE bank_transfer (
    reference text PRIMARY KEY CHECK (reference ~ '^[A-Z0-9][A-Z0-9_.:/-]{3,63}$'),
    account_id text NOT NULL,
    currency text NOT NULL,
    amount numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity' AND amount = round(amount, 2)),
    received_on date NOT NULL,
    movement_id bigint NOT NULL UNIQUE,
    entered_by text NOT NULL CHECK (entered_by <> ''),
    entered_at timestamptz NOT NULL,
    FOREIGN KEY (movement_id, account_id, currency) REFERENCES movement (movement_id, account_id, currency)
);
CREATE INDEX bank_transfer_by_time ON bank_transfer (entered_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A workspace is locked from locked_at on, 14 days after its cloud account ended at grace_from. Without grace_from it was locked at once.
ALTER TABLE workspace_lock ADD COLUMN grace_from timestamptz CHECK (grace_from < locked_at);
ALTER TABLE settlement_notice DROP CONSTRAINT settlement_notice_kind_check,
    ADD CONSTRAINT settlement_notice_kind_check CHECK (kind IN
        ('CLOUD_ENDED', 'CLOUD_RELEASED', 'WORKSPACE_NEAR_LOCK', 'WORKSPACE_LOCKED', 'WORKSPACE_UNLOCKED',
         'ARREARS_BEGAN', 'ARREARS_NEAR_END', 'LOCKED', 'UNLOCKED'));
