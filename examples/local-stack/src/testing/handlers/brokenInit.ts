throw new RangeError('no configuration')
export const handler = () => {}
