-- What the sink may do: add to the ledger, read it, and move its own position. It owns nothing, and decides nothing about
-- what is held back.
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${sink}";
GRANT SELECT, INSERT ON ledger_account, bill_line, posting, hold_back, account_stop TO "${sink}";
GRANT SELECT, INSERT, UPDATE ON sink_position TO "${sink}";
GRANT SELECT ON held_back_decision, account_stop_lift, held_back_outcome TO "${sink}";
GRANT SELECT ON bill, trial_balance, conservation, stopped_account, held_back_line TO "${sink}";
GRANT SELECT ON "${flyway:table}" TO "${sink}";
