-- What the fee center may do for settlement: add movements, and change no balance but by them.
GRANT SELECT ON metering_progress, workspace_zone, wallet, cloud_account, purse, movement, movement_posting, settled_line,
    settlement_choice, workspace_lock, settlement_notice TO "${sink}";
GRANT SELECT ON settlement_method, cloud_amount_due, purse_imbalance, settlement_conservation TO "${sink}";
GRANT INSERT ON metering_progress, workspace_zone, wallet, cloud_account, movement, movement_posting, settled_line,
    settlement_choice, workspace_lock, settlement_notice TO "${sink}";
GRANT INSERT (account_id, currency, kind, expires_at, threshold, cloud_account_id) ON purse TO "${sink}";
GRANT UPDATE (partitions, issued_before, clock) ON metering_progress TO "${sink}";
GRANT UPDATE (arrears_since, locked_since) ON wallet TO "${sink}";
GRANT UPDATE (ended_at) ON cloud_account TO "${sink}";
GRANT UPDATE (unlocked_at) ON workspace_lock TO "${sink}";
