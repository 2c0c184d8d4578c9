/** Grafana's numbers for what someone may do in a folder. */
const VIEW = 1
const EDIT = 2

/** The three teams of the product, each with what it may do in each folder. */
export const TEAMS = ['Product', 'Engineering', 'Customer Service'] as const

/** A folder and the teams that see it. */
export interface Folder {
  uid: string
  title: string
  permissions: Readonly<Partial<Record<(typeof TEAMS)[number], number>>>
}

export const FOLDERS: readonly Folder[] = [
  { uid: 'infrastructure', title: 'Infrastructure', permissions: { Engineering: EDIT } },
  { uid: 'application', title: 'Application', permissions: { Engineering: EDIT, 'Customer Service': VIEW } },
  {
    uid: 'frontend',
    title: 'Frontend',
    permissions: { Engineering: EDIT, Product: VIEW, 'Customer Service': VIEW },
  },
]
