import { dashboard, lines, type ObserveDashboard, stat } from './panels.ts'
import { metric, search } from './queries.ts'

/** What the month costs so far. Billing metrics are in us-east-1, four times a day, and cover the account. */
export const cost = (): ObserveDashboard => ({
  folderUid: 'infrastructure',
  dashboard: dashboard(
    'observe-cost',
    'Cost',
    'Estimated charges of the account, whole and by service. For this project alone: Cost Explorer, filtered by the Project tag.',
  )
    .time({ from: 'now-30d', to: 'now' })
    .withPanel(
      stat(
        'Month to date',
        'Estimated charges of the account since the first of the month.',
        'currencyUSD',
        metric('A', 'AWS/Billing', 'EstimatedCharges', 'Maximum', { Currency: 'USD' }, 'USD').region(
          'us-east-1',
        ),
        [120, 150],
        6,
      ),
    )
    .withPanel(
      lines(
        'By service',
        'Estimated charges since the first of the month, by service.',
        'currencyUSD',
        [
          search(
            'A',
            'AWS/Billing',
            ['ServiceName', 'Currency'],
            'EstimatedCharges',
            'Maximum',
            'ServiceName',
          ).region('us-east-1'),
        ],
        24,
      ),
    ),
})
