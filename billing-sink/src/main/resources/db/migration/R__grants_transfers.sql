-- What the fee center may do with bank transfers: write them down, and read them.
GRANT SELECT, INSERT ON bank_transfer TO "${sink}";
