/** Truthy when the visitor's browser sends Global Privacy Control or Do Not Track. */
export const hasPrivacySignal = ({
  globalPrivacyControl,
  doNotTrack,
}: Navigator & { globalPrivacyControl?: boolean }): unknown => globalPrivacyControl || doNotTrack === '1'
