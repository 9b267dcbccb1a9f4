-- The console: who is signed in, and what programs may do.

-- A browser in which somebody is signed in, known by the hash of its token.
CREATE TABLE web_session (
    token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    console_account_id text REFERENCES console_account,
    account_id text REFERENCES fee_center_account,
    operator boolean NOT NULL,
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL CHECK (seen_at >= opened_at)
);
CREATE INDEX web_session_by_age ON web_session (opened_at);

-- What a program of a fee-center account may do, known by the hash of its token.
CREATE TABLE api_token (
    token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    token_id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    account_id text NOT NULL REFERENCES fee_center_account,
    name text NOT NULL CHECK (name <> ''),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    made_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_token_by_account ON api_token (account_id);

-- Which request an idempotency key belongs to, so that a key is never taken for another request.
CREATE TABLE api_request (
    account_id text NOT NULL REFERENCES fee_center_account,
    idempotency_key text NOT NULL CHECK (idempotency_key <> ''),
    request_sha256 text NOT NULL CHECK (request_sha256 ~ '^[0-9a-f]{64}$'),
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON api_request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a program was answered when it changed something, so that a repeated request is answered alike.
CREATE TABLE api_answer (
    account_id text NOT NULL,
    idempotency_key text NOT NULL,
    body text NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, idempotency_key),
    FOREIGN KEY (account_id, idempotency_key) REFERENCES api_request
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON api_answer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Members whom the account manager lets settle with the clouds of all sites.
CREATE TABLE arbitrary_choice (
    console_account_id text PRIMARY KEY REFERENCES console_account,
    given_at timestamptz NOT NULL
);
