/** The part of an address that tells pages apart: the path, and the route of a hash router. Not masked. */
export const locatePage = (address: Pick<URL, 'pathname' | 'hash'> = location): string =>
  address.pathname + (/^#!?\//.test(address.hash) ? address.hash.replace(/\?.*/, '') : '')
