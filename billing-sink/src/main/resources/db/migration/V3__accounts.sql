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

-- What a collector writes with. It is shown once, to whoever made it, and known by its hash.
CREATE TABLE write_token (
    token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    workspace_id text NOT NULL REFERENCES workspace,
    made_by text NOT NULL REFERENCES console_account,
    made_at timestamptz NOT NULL,
    ends_at timestamptz CHECK (ends_at >= made_at)
);
CREATE INDEX write_token_by_workspace ON write_token (workspace_id);
CREATE UNIQUE INDEX write_token_without_end_once ON write_token (workspace_id) WHERE ends_at IS NULL;

-- For how long data of a category, or of one resource of it, is kept from an instant on. All that was ever set.
CREATE TABLE retention_setting (
    setting_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspace,
    category text NOT NULL,
    resource text NOT NULL,
    days integer NOT NULL CHECK (days BETWEEN 1 AND 36500),
    effective_from timestamptz NOT NULL,
    set_by text NOT NULL REFERENCES console_account,
    set_at timestamptz NOT NULL
);
CREATE INDEX retention_setting_by_workspace ON retention_setting (workspace_id, category, resource, setting_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retention_setting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Six digits that were sent to somebody, as a slow hash. The last one sent for a purpose and subject counts.
CREATE TABLE code (
    code_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purpose text NOT NULL,
    subject text NOT NULL,
    recipient text NOT NULL,
    code_hash text NOT NULL,
    sent_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
    used boolean NOT NULL DEFAULT false
);
CREATE INDEX code_by_subject ON code (purpose, subject, code_id);
CREATE INDEX code_by_recipient ON code (recipient, sent_at);

-- Mail that tells of a change, written down with it and sent soon after. Codes are not among it.
CREATE TABLE mail_outbox (
    mail_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    recorded_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX mail_outbox_unsent ON mail_outbox (mail_id) WHERE sent_at IS NULL;

-- Which fee-center account pays for a workspace from an instant on; the highest seq is how it stands now.
CREATE TABLE binding (
    workspace_id text NOT NULL REFERENCES workspace,
    seq bigint NOT NULL CHECK (seq > 0),
    account_id text NOT NULL REFERENCES fee_center_account,
    effective_from timestamptz NOT NULL,
    bound_by text NOT NULL REFERENCES console_account,
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX binding_by_account ON binding (account_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON binding
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who has accepted which agreement when a workspace became commercial.
CREATE TABLE upgrade (
    workspace_id text PRIMARY KEY REFERENCES workspace,
    agreement text NOT NULL CHECK (agreement <> ''),
    accepted_by text NOT NULL REFERENCES console_account,
    accepted_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON upgrade
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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

-- One row: the last number that is known to stand on the topic, and the offset behind it. It may lag behind the topic.
CREATE TABLE control_outbox_position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    published_seq bigint NOT NULL CHECK (published_seq >= 0),
    next_offset bigint NOT NULL CHECK (next_offset >= 0)
);
INSERT INTO control_outbox_position (published_seq, next_offset) VALUES (0, 0);
