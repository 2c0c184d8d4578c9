import { fileURLToPath } from 'node:url'

/** The `infra-templates/` folder. */
export const infraRoot: string = fileURLToPath(new URL('..', import.meta.url))
