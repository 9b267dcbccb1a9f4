-- What the fee center may do with cloud accounts: read what is due from them, write down decisions, links and sign-ups.
GRANT SELECT ON cloud_line TO "${sink}";
GRANT SELECT, INSERT ON cloud_account_decision, marketplace_link, marketplace_sign_up TO "${sink}";
