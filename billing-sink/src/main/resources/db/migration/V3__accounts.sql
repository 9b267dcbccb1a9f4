-- People and what they own. A console account logs into one site; a fee-center account pays, for workspaces of any site.
-- Passwords, codes and write tokens are here as hashes only.

CREATE FUNCTION refuse_new_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % refused: what identifies it never changes', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE console_account (
    console_account_id text PRIMARY KEY CHECK (console_account_id ~ '^user_[0-9a-f]{32}$'),
    site text NOT NULL CHECK (site ~ '^[A-Za-z0-9_.:/-]{1,128}$'),
    email text NOT NULL CHECK (email = lower(email)),
    phone text,
    user_name text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT console_email_once_per_site UNIQUE (site, email),
    CONSTRAINT console_phone_once_per_site UNIQUE (site, phone),
    UNIQUE (console_account_id, site)
);

-- The user name is unique whatever its case, so that nobody passes for another. An e-mail address or phone may serve several.
CREATE TABLE fee_center_account (
    account_id text PRIMARY KEY CHECK (account_id ~ '^acct_[0-9a-f]{32}$'),
    user_name text NOT NULL CHECK (user_name ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{2,31}$'),
    currency text NOT NULL CHECK (currency IN ('CNY', 'USD')),
    email text NOT NULL CHECK (email = lower(email)),
    phone text,
    password_hash text NOT NULL,
    enterprise text,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX fee_center_user_name_once ON fee_center_account (lower(user_name));
CREATE INDEX fee_center_account_by_email ON fee_center_account (email);
CREATE INDEX fee_center_account_by_phone ON fee_center_account (phone);
CREATE INDEX fee_center_account_by_enterprise ON fee_center_account (enterprise);
CREATE TRIGGER immutable BEFORE UPDATE ON fee_center_account FOR EACH ROW
    WHEN ((OLD.account_id, OLD.user_name, OLD.currency, OLD.created_at)
              IS DISTINCT FROM (NEW.account_id, NEW.user_name, NEW.currency, NEW.created_at)
          OR (OLD.enterprise IS NOT NULL AND NEW.enterprise IS DISTINCT FROM OLD.enterprise))
    EXECUTE FUNCTION refuse_new_identity();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON fee_center_account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Each try to sign in that has not succeeded, for as long as it counts.
CREATE TABLE sign_in_attempt (
    realm text NOT NULL,
    login text NOT NULL,
    attempted_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_by_login ON sign_in_attempt (realm, login, attempted_at);

CREATE TABLE workspace (
    workspace_id text PRIMARY KEY CHECK (workspace_id ~ '^wksp_[0-9a-f]{32}$'),
    site text NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    plan text NOT NULL CHECK (plan IN ('FREE', 'COMMERCIAL')),
    created_at timestamptz NOT NULL,
    UNIQUE (workspace_id, site)
);
-- The upgrade is one-way.
CREATE TRIGGER immutable BEFORE UPDATE ON workspace FOR EACH ROW
    WHEN ((OLD.workspace_id, OLD.site, OLD.created_at) IS DISTINCT FROM (NEW.workspace_id, NEW.site, NEW.created_at)
          OR (OLD.plan = 'COMMERCIAL' AND NEW.plan <> 'COMMERCIAL'))
    EXECUTE FUNCTION refuse_new_identity();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON workspace
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Members live on the site of their workspace, and one of them owns it.
CREATE TABLE workspace_member (
    workspace_id text NOT NULL,
    console_account_id text NOT NULL,
    site text NOT NULL,
    role text NOT NULL CHECK (role IN ('OWNER', 'ADMINISTRATOR', 'MEMBER')),
    CONSTRAINT workspace_member_once PRIMARY KEY (workspace_id, console_account_id),
    FOREIGN KEY (workspace_id, site) REFERENCES workspace (workspace_id, site),
    FOREIGN KEY (console_account_id, site) REFERENCES console_account (console_account_id, site)
);
CREATE UNIQUE INDEX workspace_owner_once ON workspace_member (workspace_id) WHERE role = 'OWNER';
CREATE INDEX workspace_member_by_account ON workspace_member (console_account_id);

-- What fee-center.control has to be told, numbered without a gap in the order in which the transactions commit.
CREATE TABLE control_outbox (
    seq bigint PRIMARY KEY CHECK (seq > 0),
    record_key text NOT NULL,
    record bytea NOT NULL,
    said text NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON control_outbox
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One row: the last number given out, which a transaction that adds to the outbox locks until it ends.
CREATE TABLE control_outbox_number (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last_seq bigint NOT NULL CHECK (last_seq >= 0)
);
INSERT INTO control_outbox_number (last_seq) VALUES (0);
