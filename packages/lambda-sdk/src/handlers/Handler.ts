/** Any function Lambda can call: async, sync, with a callback, or streaming. */
// biome-ignore lint/suspicious/noExplicitAny: a handler's own parameter types are inferred, and `any` accepts them all
export type Handler = (...args: any[]) => unknown
