import { dashboard, lines, type ObserveDashboard, table } from './panels.ts'
import { insights, NAMESPACE, search } from './queries.ts'

const REPLAY = { id: 'links', value: [{ title: 'Replay', url: '${__value.raw}', targetBlank: true }] }
const SESSION = {
  id: 'links',
  value: [
    {
      title: 'Log lines of this session',
      url: '/d/observe-logs?var-session=${__value.raw}&from=${__from}&to=${__to}',
    },
  ],
}

/** Errors of browsers, grouped, each with a way to its replay and to the log lines of the same session. */
export const frontendErrors = (): ObserveDashboard => ({
  folderUid: 'frontend',
  dashboard: dashboard(
    'observe-frontend-errors',
    'Frontend errors',
    'Errors that visitors met, grouped by fingerprint, with links to the replay and to the logs of the session.',
  )
    .withPanel(
      lines('Errors', 'Errors per application, repeated ones counted.', 'short', [
        search('A', NAMESPACE, ['app'], 'BrowserErrors', 'Sum', 'app'),
      ]),
    )
    .withPanel(
      lines(
        'Events that never arrived',
        'What the SDK itself says it had to drop, and what the collector refused.',
        'short',
        [
          search('A', NAMESPACE, ['app'], 'DroppedEvents', 'Sum', 'app'),
          search('B', NAMESPACE, ['app'], 'RejectedEvents', 'Sum', 'app'),
        ],
      ),
    )
    .withPanel(
      table(
        'Top errors',
        'Errors by fingerprint: how often, how many sessions, since when.',
        insights(
          'A',
          'COLLECTOR',
          'filter ispresent(BrowserErrors) | stats sum(BrowserErrors) as errors, count_distinct(sessionId) as sessions, latest(message) as last_message, latest(release) as last_release, min(@timestamp) as first_seen by fingerprint | sort errors desc | limit 25',
        ),
      ),
    )
    .withPanel(
      table(
        'Latest errors',
        'Each error with its session: the replay link shows what the visitor did, the session link what the functions logged.',
        insights(
          'A',
          'COLLECTOR',
          'filter ispresent(BrowserErrors) | fields @timestamp, message, pagePath, release, sessionId, replayUrl, traceId | sort @timestamp desc | limit 50',
        ),
      )
        .overrideByName('replayUrl', [REPLAY])
        .overrideByName('sessionId', [SESSION]),
    ),
})
