-- What the fee center may do with statements: issue them and read them.
GRANT SELECT, INSERT ON statement, statement_line, statement_share TO "${sink}";
GRANT SELECT, INSERT ON statement_number TO "${sink}";
GRANT UPDATE (last_number) ON statement_number TO "${sink}";
GRANT SELECT ON statement_detail TO "${sink}";
