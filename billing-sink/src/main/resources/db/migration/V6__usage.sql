-- What workspaces used and what the control log says of sites, items and retentions: copies for people to look at, which can be read
-- again from the topics. No bill line follows from them.

-- How far each partition of metered-usage and of the control log is copied, moved in the transaction that copies.
CREATE TABLE usage_position (
    topic text NOT NULL,
    topic_partition integer NOT NULL CHECK (topic_partition >= 0),
    next_offset bigint NOT NULL CHECK (next_offset >= 0),
    PRIMARY KEY (topic, topic_partition)
);

-- What one meter of one resource came to in one local hour, in base units: the newest total that metering has told.
CREATE TABLE hourly_usage (
    workspace_id text NOT NULL,
    window_start timestamptz NOT NULL,
    window_end timestamptz NOT NULL CHECK (window_end > window_start),
    resource text NOT NULL,
    meter text NOT NULL,
    value numeric NOT NULL CHECK (value = trunc(value) AND value > '-Infinity' AND value < 'Infinity'),
    PRIMARY KEY (workspace_id, window_start, meter, resource)
);
CREATE INDEX hourly_usage_by_start ON hourly_usage (window_start);

-- Where workspaces live. Zone and price group of a site never change, nor does the site of a workspace.
CREATE TABLE site (
    site text PRIMARY KEY,
    zone text NOT NULL,
    price_group text NOT NULL,
    cloud text NOT NULL
);
CREATE TABLE workspace_site (
    workspace_id text PRIMARY KEY,
    site text NOT NULL
);

-- How the readings of a meter join over a day. It never changes.
CREATE TABLE catalogue_meter (
    meter text PRIMARY KEY,
    aggregation text NOT NULL CHECK (aggregation IN ('SUM', 'MAX'))
);

-- The items from a billing day on; -infinity is before every day. How the meters make the quantity: they are added, or otherwise.
CREATE TABLE catalogue_item (
    effective_from date NOT NULL,
    item text NOT NULL,
    category text NOT NULL,
    meters text[] NOT NULL,
    combination text NOT NULL CHECK (combination IN ('ADDED', 'OTHER')),
    unit numeric NOT NULL,
    default_retention_days integer,
    PRIMARY KEY (effective_from, item)
);

-- The retentions for which the newest price book has a price of any day.
CREATE TABLE priced_retention (
    price_group text NOT NULL,
    item text NOT NULL,
    retention_days integer NOT NULL,
    PRIMARY KEY (price_group, item, retention_days)
);
