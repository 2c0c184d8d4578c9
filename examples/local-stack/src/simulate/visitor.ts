import type { ClientInfo } from '@acme/observe-schema/types'
import type { Random } from './random.ts'

/** Who visits: a browser, and how fast it is. */
export interface Visitor {
  client: ClientInfo
  /** Multiplies every duration; 1 is a desktop on a good line. */
  slowness: number
}

type Profile = Omit<ClientInfo, 'language'> & { slowness: number }

const PROFILES: readonly (readonly [number, Profile])[] = [
  [
    38,
    {
      deviceType: 'desktop',
      viewport: { width: 1440, height: 900 },
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36',
      connection: '4g',
      slowness: 1,
    },
  ],
  [
    12,
    {
      deviceType: 'desktop',
      viewport: { width: 1920, height: 1080 },
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
      slowness: 1.15,
    },
  ],
  [
    24,
    {
      deviceType: 'mobile',
      viewport: { width: 390, height: 844 },
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 19_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Mobile/15E148 Safari/604.1',
      slowness: 1.5,
    },
  ],
  [
    20,
    {
      deviceType: 'mobile',
      viewport: { width: 360, height: 800 },
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Mobile Safari/537.36',
      connection: '3g',
      slowness: 2.6,
    },
  ],
  [
    6,
    {
      deviceType: 'tablet',
      viewport: { width: 820, height: 1180 },
      userAgent:
        'Mozilla/5.0 (iPad; CPU OS 19_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Mobile/15E148 Safari/604.1',
      slowness: 1.3,
    },
  ],
]

export const drawVisitor = (random: Random): Visitor => {
  const { slowness, ...client } = random.weighted(PROFILES)
  const language = random.pick(['en-GB', 'en-US', 'de-DE', 'fr-FR', 'sv-SE'])
  return { client: { ...client, language }, slowness }
}
