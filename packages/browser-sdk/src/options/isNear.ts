/** True when `a` turns into `b` by at most `edits` insertions, deletions or replacements of a character. */
export const isNear = (a: string, b: string, edits: number): boolean => {
  if (a === b) return true
  if (edits < 0 || !(a || b)) return false
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)]
  if (a[0] === b[0]) return isNear(restOfA, restOfB, edits)
  return (
    edits > 0 &&
    (isNear(restOfA, restOfB, edits - 1) || isNear(restOfA, b, edits - 1) || isNear(a, restOfB, edits - 1))
  )
}
