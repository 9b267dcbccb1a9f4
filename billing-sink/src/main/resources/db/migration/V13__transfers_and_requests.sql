-- Top-ups by bank transfer; 14 days before a workspace is locked whose cloud account has ended; the fee center's
-- consent to administrators; workspaces that their owners dissolved.

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

-- Somebody wants a member of a commercial workspace to become an administrator; one at a time for each member. It ends once, by the
-- account that pays, or by a person who withdraws it or gives the member another place.
CREATE TABLE administrator_request (
    request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspace,
    console_account_id text NOT NULL REFERENCES console_account,
    asked_by text NOT NULL REFERENCES console_account,
    asked_at timestamptz NOT NULL,
    ended_as text CHECK (ended_as IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN')),
    ended_by text,
    ended_at timestamptz,
    CHECK ((ended_as IS NULL) = (ended_by IS NULL) AND (ended_as IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX administrator_request_once ON administrator_request (workspace_id, console_account_id) WHERE ended_as IS NULL;

-- Workspaces that are dissolved for ever. The workspace itself stays, with all that was billed for it.
CREATE TABLE dissolution (
    workspace_id text PRIMARY KEY REFERENCES workspace,
    dissolved_by text NOT NULL REFERENCES console_account,
    dissolved_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dissolution
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
