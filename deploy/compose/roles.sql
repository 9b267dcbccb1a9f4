-- The database of the ledger and its two roles, at the first start of PostgreSQL. The sink's role owns nothing.
\set owner_password `cat /run/secrets/ledger-owner`
\set sink_password `cat /run/secrets/ledger-sink`
CREATE ROLE weir_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE weir_sink LOGIN PASSWORD :'sink_password';
CREATE DATABASE weir OWNER weir_owner;
