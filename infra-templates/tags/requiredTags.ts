/** Tags that every resource must carry: four from `tags.txt` and `Environment`, given to the root stack, which passes them on. */
export const REQUIRED_TAGS = ['Project', 'Environment', 'ManagedBy', 'CostCenter', 'Owner'] as const
