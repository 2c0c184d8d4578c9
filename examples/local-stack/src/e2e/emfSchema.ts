const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '^.*$' })

const RATES = [
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
].concat('Gigabits', 'Terabits', 'Count')
const UNITS = ['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None']
  .concat(RATES)
  .concat(RATES.map((unit) => `${unit}/Second`))

/**
 * The constraints of the published JSON schema of CloudWatch's embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const emfSchema = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: text(1_024),
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', maxItems: 30, items: text(250) },
              },
              Metrics: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: {
                    Name: text(1_024),
                    Unit: { enum: UNITS },
                    StorageResolution: { type: 'integer' },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
} as const
