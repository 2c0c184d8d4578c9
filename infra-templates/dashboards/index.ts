import { apiGateway } from './apiGateway.ts'
import { cloudFront } from './cloudFront.ts'
import { cost } from './cost.ts'
import { frontendErrors } from './frontendErrors.ts'
import { lambda } from './lambda.ts'
import { logSearch } from './logSearch.ts'
import { logs } from './logs.ts'
import type { ObserveDashboard } from './panels.ts'
import { systemHealth } from './systemHealth.ts'
import { webVitals } from './webVitals.ts'

/** Every dashboard that is provisioned. */
export const dashboards: readonly (() => ObserveDashboard)[] = [
  apiGateway,
  cloudFront,
  cost,
  frontendErrors,
  lambda,
  logSearch,
  logs,
  systemHealth,
  webVitals,
]
