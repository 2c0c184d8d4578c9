/** A system log line in the shape Lambda writes them in JSON log format. */
export const platformLine = (
  type: 'initStart' | 'initReport' | 'start' | 'report',
  record: Record<string, unknown>,
  atMs: number,
): string => JSON.stringify({ time: new Date(atMs).toISOString(), type: `platform.${type}`, record })
