-- The books of the sample consumer: each line once, and how far each partition of the topic is read.
CREATE TABLE line (
    line_id text PRIMARY KEY,
    account_id text NOT NULL,
    day date NOT NULL,
    amount numeric NOT NULL,
    currency text NOT NULL
);
CREATE TABLE read_up_to (
    topic_partition integer PRIMARY KEY,
    next_offset bigint NOT NULL
);
