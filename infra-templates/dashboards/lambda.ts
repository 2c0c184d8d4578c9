import { dashboard, lines, type ObserveDashboard, stat } from './panels.ts'
import { metric, NAMESPACE, search } from './queries.ts'

const FUNCTION = ['FunctionName']
const AWS = 'AWS/Lambda'

/** Story 2.3, Lambda: what the platform counts, and what `withObservability()` adds to it. */
export const lambda = (): ObserveDashboard => ({
  folderUid: 'application',
  dashboard: dashboard(
    'observe-lambda',
    'Lambda',
    'Invocations, duration, errors, throttles, cold starts and concurrency of every function.',
  )
    .withPanel(
      lines('Invocations', 'Calls per function.', 'short', [
        search('A', AWS, FUNCTION, 'Invocations', 'Sum', 'FunctionName'),
      ]),
    )
    .withPanel(
      lines(
        'Errors',
        'Calls that ended in an error, per function. AWS counts time-outs and out-of-memory here as well.',
        'short',
        [search('A', AWS, FUNCTION, 'Errors', 'Sum', 'FunctionName')],
      ),
    )
    .withPanel(
      lines(
        'Duration p50, p95, p99',
        'Duration of all functions together. A p99 far from p95 points to cold starts or to a slow dependency.',
        'ms',
        [
          metric('A', AWS, 'Duration', 'p50', {}, 'p50'),
          metric('B', AWS, 'Duration', 'p95', {}, 'p95'),
          metric('C', AWS, 'Duration', 'p99', {}, 'p99'),
        ],
      ),
    )
    .withPanel(
      lines(
        'Duration p95 by function',
        'The slow twentieth of each function, measured inside the handler by the SDK.',
        'ms',
        [search('A', NAMESPACE, FUNCTION, 'Duration', 'p95', 'FunctionName')],
      ),
    )
    .withPanel(
      lines('Throttles', 'Calls refused for lack of concurrency.', 'short', [
        search('A', AWS, FUNCTION, 'Throttles', 'Sum', 'FunctionName'),
      ]),
    )
    .withPanel(
      lines('Concurrent executions', 'Instances at work, whole account and per function.', 'short', [
        metric('A', AWS, 'ConcurrentExecutions', 'Maximum', {}, 'account'),
        search('B', AWS, FUNCTION, 'ConcurrentExecutions', 'Maximum', 'FunctionName'),
      ]),
    )
    .withPanel(
      lines('Cold starts', 'Invocations that paid for a new instance, counted by the SDK.', 'short', [
        search('A', NAMESPACE, FUNCTION, 'ColdStart', 'Sum', 'FunctionName'),
      ]),
    )
    .withPanel(
      lines(
        'Cold start duration p95',
        'Time from process start to the first invocation, measured by the SDK.',
        'ms',
        [search('A', NAMESPACE, FUNCTION, 'InitDuration', 'p95', 'FunctionName')],
      ),
    )
    .withPanel(
      lines(
        'Errors and time-outs seen by the handler',
        'What the SDK saw: thrown errors, and invocations about to run out of time.',
        'short',
        [
          search('A', NAMESPACE, FUNCTION, 'Errors', 'Sum', 'FunctionName'),
          search('B', NAMESPACE, FUNCTION, 'Timeouts', 'Sum', 'FunctionName'),
        ],
      ),
    )
    .withPanel(
      lines(
        'Invocations seen by the handler',
        'Should follow the platform count; a gap is a function that is not wrapped.',
        'short',
        [search('A', NAMESPACE, FUNCTION, 'Invocations', 'Sum', 'FunctionName')],
      ),
    )
    .withPanel(
      stat(
        'Errors',
        'Errors of all functions in the range.',
        'short',
        metric('A', AWS, 'Errors', 'Sum', {}, 'errors'),
        [1, 10],
      ),
    ),
})
