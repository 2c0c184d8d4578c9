/** Version of this package; kept equal to package.json by `npm run version`. */
export const SDK_VERSION = '0.0.0'
