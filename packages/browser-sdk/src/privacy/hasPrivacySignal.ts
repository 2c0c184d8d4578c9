/** True when the visitor's browser sends Global Privacy Control or Do Not Track. */
export const hasPrivacySignal = (): boolean => {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean }
  return globalPrivacyControl === true || doNotTrack === '1'
}
