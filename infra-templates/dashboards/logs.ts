import { TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard, lines, logLines, type ObserveDashboard, table } from './panels.ts'
import { insights } from './queries.ts'

/** Only characters that an id can have, so that nothing typed into the box becomes part of the query. */
const SESSION = "sessionId = '${session:regex}'"

/** One session through everything, by Logs Insights: pay per query, no OpenSearch needed. */
export const logs = (): ObserveDashboard => ({
  folderUid: 'application',
  dashboard: dashboard(
    'observe-logs',
    'Logs',
    'Errors of functions, and every line of one session: from the browser to the last function.',
  )
    .withVariable(
      new TextBoxVariableBuilder('session')
        .label('Session id')
        .description('Paste a session id, or follow a link from an error.'),
    )
    .withPanel(
      lines(
        'Lines by level',
        'How many lines of each level the application writes.',
        'short',
        [insights('A', 'APPLICATION', 'stats count(*) as lines by bin(5m), level')],
        24,
      ),
    )
    .withPanel(
      table(
        'Error patterns',
        'Errors by message and function.',
        insights(
          'A',
          'APPLICATION',
          'filter level = "ERROR" | stats count(*) as errors, latest(requestId) as last_request by message, service | sort errors desc | limit 25',
        ),
      ),
    )
    .withPanel(
      logLines(
        'This session: what the browser reported',
        'Errors, vitals and events of the session above.',
        insights(
          'A',
          'COLLECTOR',
          `filter ${SESSION} | fields @timestamp, level, eventType, message, pagePath, replayUrl | sort @timestamp asc | limit 500`,
        ),
      ),
    )
    .withPanel(
      logLines(
        'This session: what the functions logged',
        'Lines that carry the same session id.',
        insights(
          'A',
          'APPLICATION',
          `filter ${SESSION} | fields @timestamp, level, service, route, message, requestId | sort @timestamp asc | limit 500`,
        ),
      ),
    ),
})
