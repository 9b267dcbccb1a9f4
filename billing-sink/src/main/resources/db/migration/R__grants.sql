-- What the sink may do: add to the ledger, read it, and move its own position. It owns nothing.
GRANT SELECT, INSERT ON ledger_account, bill_line, posting, held_back_line, stopped_account TO "${sink}";
GRANT SELECT, INSERT, UPDATE ON sink_position TO "${sink}";
GRANT SELECT ON bill, trial_balance, conservation TO "${sink}";
GRANT SELECT ON "${flyway:table}" TO "${sink}";
