-- What the console may do with requests for administrators: add them, and end them.
GRANT SELECT, INSERT ON administrator_request TO "${sink}";
GRANT UPDATE (ended_as, ended_by, ended_at) ON administrator_request TO "${sink}";
