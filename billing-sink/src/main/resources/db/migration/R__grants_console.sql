-- What the console may do with sessions and tokens.
GRANT SELECT, INSERT, DELETE ON web_session, arbitrary_choice TO "${sink}";
GRANT UPDATE (seen_at) ON web_session TO "${sink}";
GRANT SELECT, INSERT ON api_token, api_request, api_answer TO "${sink}";
GRANT UPDATE (revoked_at) ON api_token TO "${sink}";
