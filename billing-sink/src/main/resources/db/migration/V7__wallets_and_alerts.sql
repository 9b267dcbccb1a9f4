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
