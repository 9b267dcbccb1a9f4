-- What was applied to the control log from files is taken up here too: ids of any form that the log allows, accounts in which nobody
-- can sign in yet, changes that no console account made.

ALTER TABLE workspace DROP CONSTRAINT workspace_workspace_id_check,
    ADD CONSTRAINT workspace_workspace_id_check CHECK (workspace_id ~ '^[A-Za-z0-9_.:/-]{1,128}$');
ALTER TABLE fee_center_account DROP CONSTRAINT fee_center_account_account_id_check, DROP CONSTRAINT fee_center_account_user_name_check,
    ADD CONSTRAINT fee_center_account_account_id_check CHECK (account_id ~ '^[A-Za-z0-9_.:/-]{1,128}$'),
    ADD CONSTRAINT fee_center_account_user_name_check CHECK (user_name <> '');

-- Without an account the binding ended: from then on nobody pays.
ALTER TABLE binding ALTER COLUMN account_id DROP NOT NULL, ALTER COLUMN bound_by DROP NOT NULL;
ALTER TABLE retention_setting ALTER COLUMN set_by DROP NOT NULL;
