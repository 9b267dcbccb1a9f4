-- What the fee center may do with payments and voucher codes: add them.
GRANT SELECT, INSERT ON payment, voucher_code, voucher_activation TO "${sink}";
-- Alerts are set, go off, and are removed; an account's holder chooses a language.
GRANT SELECT, INSERT, DELETE ON high_consumption_alert TO "${sink}";
GRANT UPDATE (threshold, members, set_by, set_at, alerted_day) ON high_consumption_alert TO "${sink}";
GRANT UPDATE (mail_language) ON fee_center_account TO "${sink}";
-- What console and API read.
GRANT SELECT ON unstated_line, open_line, line_detail TO "${sink}";
