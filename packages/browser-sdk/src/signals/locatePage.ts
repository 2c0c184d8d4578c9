/** The part of the address that tells pages apart: the path, and the route of a hash router. Not masked. */
export const locatePage = (): string =>
  location.pathname + (/^#!?\//.test(location.hash) ? location.hash.replace(/\?.*/, '') : '')
