import { SCHEMA_VERSION } from '@acme/observe-schema/protocol'
import type { Envelope, SessionInfo } from '@acme/observe-schema/types'
import type { ObserveOptions } from '../options/ObserveOptions.ts'
import { describeClient } from '../runtime/describeClient.ts'
import { SDK_VERSION } from '../version.ts'

/** What all envelopes of a session have in common. */
export type Sender = Omit<Envelope, 'batchId' | 'sentAt' | 'dropped' | 'events'>

/** A session, whose recording may be unknown. */
export type SenderSession = Omit<SessionInfo, 'replay'> & { replay?: SessionInfo['replay'] | undefined }

/** What others may know of a session: when its last activity was is kept to ourselves. */
export const shareSession = ({ seenAt, ...session }: SessionInfo & { seenAt?: number }): SessionInfo =>
  session

/** To be written as JSON, which leaves out what is undefined. */
export const describeSender = (
  { app: name, environment, release }: ObserveOptions,
  session: SenderSession,
): Sender =>
  ({
    schemaVersion: SCHEMA_VERSION,
    sdk: { name: '@acme/observe-browser', version: SDK_VERSION },
    app: { name, environment, release },
    session: shareSession(session as SessionInfo),
    client: describeClient(),
  }) as Sender
