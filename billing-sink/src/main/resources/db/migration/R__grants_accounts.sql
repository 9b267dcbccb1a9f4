-- What the console may do with accounts: add, and change what may change. It owns nothing.
GRANT SELECT, INSERT ON console_account, fee_center_account, workspace, workspace_member, control_outbox TO "${sink}";
GRANT UPDATE (password_hash) ON console_account TO "${sink}";
GRANT UPDATE (email, phone, password_hash, enterprise) ON fee_center_account TO "${sink}";
GRANT UPDATE (name, plan) ON workspace TO "${sink}";
GRANT UPDATE (role), DELETE ON workspace_member TO "${sink}";
GRANT SELECT, INSERT, DELETE ON sign_in_attempt TO "${sink}";
GRANT SELECT, UPDATE (last_seq) ON control_outbox_number TO "${sink}";
GRANT SELECT, INSERT ON write_token, retention_setting, code, mail_outbox, binding, upgrade TO "${sink}";
GRANT UPDATE (ends_at) ON write_token TO "${sink}";
GRANT UPDATE (tries, used), DELETE ON code TO "${sink}";
GRANT UPDATE (sent_at) ON mail_outbox TO "${sink}";
GRANT SELECT, UPDATE (published_seq, next_offset) ON control_outbox_position TO "${sink}";
