/** A route of the HTTP API and what serves it. */
export interface Route<T> {
  /** `METHOD /path/{param}`, `ANY /path`, or `$default`. */
  routeKey: string
  target: T
}

export interface RouteMatch<T> extends Route<T> {
  pathParameters: Record<string, string>
}

/**
 * The route for a request, by API Gateway's priority: full matches before greedy ones, literal segments
 * before parameters, a named method before `ANY`, `$default` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export const matchRoute = <T>(
  routes: readonly Route<T>[],
  method: string,
  path: string,
): RouteMatch<T> | undefined => {
  const segments = split(path)
  let best: (RouteMatch<T> & { rank: string }) | undefined
  for (const route of routes) {
    const candidate = match(route.routeKey, method, segments)
    if (candidate && (!best || candidate.rank > best.rank)) best = { ...route, ...candidate }
  }
  return best && { routeKey: best.routeKey, target: best.target, pathParameters: best.pathParameters }
}

const match = (routeKey: string, method: string, segments: string[]) => {
  if (routeKey === '$default') return { rank: '', pathParameters: {} }
  const [routeMethod, routePath = ''] = routeKey.split(' ')
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined
  const pattern = split(routePath)
  const pathParameters: Record<string, string> = {}
  // Ranks compare as text: one digit a segment (3 literal, 2 parameter, 1 greedy), then the method.
  let rank = ''
  for (const [index, part] of pattern.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1]
    if (greedy) {
      if (segments.length <= index) return undefined
      pathParameters[greedy] = segments.slice(index).map(decode).join('/')
      return { rank: `${rank}1`, pathParameters }
    }
    const segment = segments[index]
    if (segment === undefined) return undefined
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    if (name) pathParameters[name] = decode(segment)
    else if (part !== segment) return undefined
    rank += name ? '2' : '3'
  }
  if (segments.length !== pattern.length) return undefined
  return { rank: `${rank}${routeMethod === 'ANY' ? '8' : '9'}`, pathParameters }
}

const split = (path: string): string[] => path.split('/').slice(1)

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
