/** Dimensions by which Web Vitals may be split. */
export const VITAL_DIMENSIONS = ['route', 'deviceType', 'release', 'connection', 'navigationType'] as const

/** A dimension of Web Vitals besides `app`. */
export type VitalDimension = (typeof VITAL_DIMENSIONS)[number]
