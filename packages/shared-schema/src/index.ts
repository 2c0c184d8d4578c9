export { SCHEMA_VERSION } from './protocol.ts'
