/** Truthy when the visitor's browser sends Global Privacy Control or Do Not Track. */
export const hasPrivacySignal = (): unknown => {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean }
  return globalPrivacyControl || doNotTrack === '1'
}
