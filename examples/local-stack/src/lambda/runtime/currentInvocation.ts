/** Request id of the invocation in progress, for the console lines. One at a time in a sandbox. */
export const currentInvocation: { requestId: string | undefined } = { requestId: undefined }
