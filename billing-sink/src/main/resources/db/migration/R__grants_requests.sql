-- What the console may do with requests for administrators and with dissolved workspaces: add them, and end requests.
GRANT SELECT, INSERT ON administrator_request, dissolution TO "${sink}";
GRANT UPDATE (ended_as, ended_by, ended_at) ON administrator_request TO "${sink}";
