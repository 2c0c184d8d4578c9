import type { Callback, Context } from 'aws-lambda'

/** Calls back; with `?mute` it never does and leaves the event loop empty. */
export const handler = (
  event: { queryStringParameters?: Record<string, string> },
  _: Context,
  done: Callback,
) => {
  if (event.queryStringParameters?.mute === undefined) setTimeout(() => done(null, 'called back'), 5)
}
