/** The EMF document of one probe: 1 when Umami and its database answered, else 0, and how long it took. */
export const probeDocument = (environment: string, reachable: boolean, durationMs: number): object => ({
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: `Observe/${environment}`,
        Dimensions: [['Service']],
        Metrics: [
          { Name: 'Reachable', Unit: 'Count' },
          { Name: 'ProbeDuration', Unit: 'Milliseconds' },
        ],
      },
    ],
  },
  level: reachable ? 'info' : 'error',
  timestamp: new Date().toISOString(),
  message: reachable ? 'umami and its database answer' : 'umami or its database does not answer',
  Service: 'umami',
  Reachable: reachable ? 1 : 0,
  ProbeDuration: durationMs,
})
