-- What the fee center may do with its copies of usage and of the control log: keep them up to date.
GRANT SELECT, INSERT ON usage_position, hourly_usage, site, workspace_site, catalogue_meter, catalogue_item, priced_retention TO "${sink}";
GRANT UPDATE (next_offset) ON usage_position TO "${sink}";
GRANT UPDATE (window_end, value), DELETE ON hourly_usage TO "${sink}";
GRANT UPDATE (cloud) ON site TO "${sink}";
GRANT DELETE ON catalogue_item, priced_retention TO "${sink}";
