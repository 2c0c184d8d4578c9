/** Whose batch a body is, when it is one; anything may have been posted. */
export const envelopeIds = (body: Buffer): { batchId?: string; sessionId?: string } => {
  try {
    const envelope: unknown = JSON.parse(body.toString('utf8'))
    if (typeof envelope !== 'object' || envelope === null) return {}
    const batchId = 'batchId' in envelope && envelope.batchId
    const session = 'session' in envelope && envelope.session
    const sessionId = typeof session === 'object' && session && 'id' in session && session.id
    return {
      ...(typeof batchId === 'string' && { batchId }),
      ...(typeof sessionId === 'string' && { sessionId }),
    }
  } catch {
    return {}
  }
}
