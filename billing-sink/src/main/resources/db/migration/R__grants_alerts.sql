-- What the fee center may do with payments and voucher codes: add them.
GRANT SELECT, INSERT ON payment, voucher_code, voucher_activation TO "${sink}";
