/** Prints in every way a handler does. */
export const handler = async () => {
  console.debug('quiet')
  console.log('two %d', 2)
  console.info({ orders: 3 })
  console.warn(new TypeError('alone'))
  console.error('failed', new TypeError('with words'))
  const circular: Record<string, unknown> = {}
  circular.self = circular
  console.log(circular)
  return 'printed'
}
