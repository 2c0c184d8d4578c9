/**
 * Rewrites a CommonJS module of pino or aws-embedded-metrics as an ES module. esbuild keeps a CommonJS module whole, with
 * every name that another module asks it for; of an ES module it keeps what is used, under short names. The forms below are
 * all that occur in the modules used; the build fails on any other.
 */
export const asEsModule = (file: string, source: string): string => {
  const code = source
    .replace(/^const (\w+_\d) = require\(("[^"]+")\)/gm, 'import * as $1 from $2')
    .replace(/^const (\w+|\{[^}]+\}) = require\(('[^']+')\)/gm, 'import $1 from $2')
    .replace(/^module\.exports = (\{[\s\w,]+\})/m, 'export $1')
    .replace(/^module\.exports = /m, 'export default ')
    .replace(/^Object\.defineProperty\(exports, "__esModule".*$|^exports\.\w+ = void 0;$/gm, '')
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 }')
    // Their names are only for debuggers.
    .replace(/= Symbol\('[\w.]+'\)/g, '= /* @__PURE__ */ Symbol()')
    .replace(/= Symbol\.for/g, '= /* @__PURE__ */ Symbol.for')
  if (/\b(?:require\(|module\.exports|exports\.)/.test(code)) throw new Error(`${file} has another form now`)
  return code
}
