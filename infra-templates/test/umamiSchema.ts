/** Umami 3.1's tables that hold data by age, with the column names and types of its migrations. */
export const UMAMI_TABLES = `
  CREATE TABLE session (session_id uuid PRIMARY KEY, website_id uuid NOT NULL, browser varchar(20), created_at timestamptz(6) DEFAULT now());
  CREATE TABLE website_event (event_id uuid PRIMARY KEY, website_id uuid NOT NULL, session_id uuid NOT NULL, visit_id uuid NOT NULL,
    created_at timestamptz(6) DEFAULT now(), url_path varchar(500) NOT NULL, event_type int NOT NULL DEFAULT 1, event_name varchar(50));
  CREATE TABLE event_data (event_data_id uuid PRIMARY KEY, website_id uuid NOT NULL, website_event_id uuid NOT NULL, data_key varchar(500) NOT NULL,
    string_value varchar(500), data_type int NOT NULL, created_at timestamptz(6) DEFAULT now());
  CREATE TABLE session_data (session_data_id uuid PRIMARY KEY, website_id uuid NOT NULL, session_id uuid NOT NULL, data_key varchar(500) NOT NULL,
    data_type int NOT NULL, created_at timestamptz(6) DEFAULT now());
  CREATE TABLE revenue (revenue_id uuid PRIMARY KEY, website_id uuid NOT NULL, session_id uuid NOT NULL, event_id uuid NOT NULL,
    event_name varchar(50) NOT NULL, currency varchar(10) NOT NULL, revenue decimal(19,4), created_at timestamptz(6) DEFAULT now());
  CREATE TABLE session_replay (replay_id uuid PRIMARY KEY, website_id uuid NOT NULL, session_id uuid NOT NULL, visit_id uuid NOT NULL,
    chunk_index int NOT NULL, events bytea NOT NULL, event_count int NOT NULL, started_at timestamptz(6) NOT NULL, ended_at timestamptz(6) NOT NULL,
    created_at timestamptz(6) DEFAULT now());
  CREATE TABLE session_replay_saved (saved_replay_id uuid PRIMARY KEY, name varchar(100) NOT NULL, website_id uuid NOT NULL, visit_id uuid NOT NULL,
    created_at timestamptz(6) DEFAULT now());
  CREATE TABLE website (website_id uuid PRIMARY KEY, name varchar(100) NOT NULL, created_at timestamptz(6) DEFAULT now());
`
