import type pg from 'pg'

/** Tables, views and sequences outside `ownSchema` that the connected role may read or write in any way. */
const REACHABLE = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND n.nspname <> $1
    -- what an extension brings (pg_stat_statements) is the server's, not the application's
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    AND has_schema_privilege(n.oid, 'USAGE')
    AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')
        ELSE has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
          OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') END
  UNION ALL
  SELECT format('schema %I (may create)', n.nspname)
  FROM pg_namespace n
  WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND n.nspname <> $1
    AND has_schema_privilege(n.oid, 'CREATE')
  ORDER BY 1`

/** Lists what the connected role reaches beyond its own schema. Empty is the proof of isolation. */
export const reachableObjects = async (client: pg.Client, ownSchema: string): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(REACHABLE, [ownSchema])
  return rows.map((row) => row.name)
}
