/** What people and applications do in a month. Everything else follows from the templates. */
export interface Usage {
  users: number
  sessions: number
  pageViews: number
  /** Compressed recording per session, megabytes. */
  recordingMb: number
  /** Log lines of the application's functions, gigabytes. */
  applicationLogGb: number
  /** Distinct metric series of the SDKs: functions x metrics, and vitals x (app + routes + devices). */
  metricSeries: number
  /** Data through the NAT gateway: image pulls, Secrets Manager, ClickHouse is inside. */
  natGb: number
  /** Load balancer capacity units in use on average. */
  lcu: number
  grafanaEditors: number
  grafanaViewers: number
  /** Hours a month that somebody has a dashboard open with a refresh of five minutes. */
  dashboardHours: number
  /** Gigabytes of ClickHouse data. */
  clickHouseGb: number
  efsReadGb: number
  efsWriteGb: number
}

/** Fewer than 100 users before launch: 100 users, eight sessions each, six pages a session. */
export const UNDER_100_USERS: Usage = {
  users: 100,
  sessions: 800,
  pageViews: 4_800,
  recordingMb: 2,
  applicationLogGb: 4,
  metricSeries: 45,
  natGb: 8,
  lcu: 0.1,
  grafanaEditors: 1,
  grafanaViewers: 2,
  dashboardHours: 40,
  clickHouseGb: 1,
  efsReadGb: 5,
  efsWriteGb: 5,
}

/** Ten times the users; people who look at dashboards grow slower than users. */
export const USERS_1000: Usage = {
  users: 1_000,
  sessions: 8_000,
  pageViews: 48_000,
  recordingMb: 2,
  applicationLogGb: 25,
  metricSeries: 90,
  natGb: 25,
  lcu: 0.5,
  grafanaEditors: 1,
  grafanaViewers: 6,
  dashboardHours: 160,
  clickHouseGb: 10,
  efsReadGb: 40,
  efsWriteGb: 40,
}
