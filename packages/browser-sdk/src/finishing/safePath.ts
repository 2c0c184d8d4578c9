import { MAX_PATH_LENGTH } from '@acme/observe-schema/limits'
import { templatePath } from '@acme/observe-schema/masking'

/** A path, and the route of a hash router behind it, without what may be personal; Umami takes no longer ones either. */
export const safePath = (path: string): string =>
  path.split('#').map(templatePath).join('#').slice(0, MAX_PATH_LENGTH)
