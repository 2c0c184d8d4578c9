/** The members of an object as JSON, each with a leading comma, to be spliced into a larger text. */
export const jsonMembers = (members: Readonly<Record<string, unknown>>): string => {
  const json = JSON.stringify(members)
  return json === '{}' ? '' : `,${json.slice(1, -1)}`
}
