/** The folders that dashboards are in. */
export const FOLDERS = [
  { uid: 'infrastructure', title: 'Infrastructure' },
  { uid: 'application', title: 'Application' },
  { uid: 'frontend', title: 'Frontend' },
] as const

/**
 * Who may do what in each folder, in Grafana's numbers: viewers look (1), editors change (2), administrators may do
 * anything anyway. By role, because everybody has one from the first login on; a team is empty until somebody fills it.
 */
export const FOLDER_PERMISSIONS = [
  { role: 'Viewer', permission: 1 },
  { role: 'Editor', permission: 2 },
] as const

/** The three teams of the product, each with the dashboard that its members see first. */
export const TEAMS = [
  { name: 'Product', home: 'observe-web-vitals' },
  { name: 'Engineering', home: 'observe-lambda' },
  { name: 'Customer Service', home: 'observe-logs' },
] as const
