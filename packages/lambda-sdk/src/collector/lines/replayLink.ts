/**
 * Address of a session's recording, or nothing where it is no web address. Its path stays as it is: the ids in it are
 * what the link is for. Credentials, query and fragment are left out.
 */
export const replayLink = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined
  const { protocol, origin, pathname } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? origin + pathname : undefined
}
