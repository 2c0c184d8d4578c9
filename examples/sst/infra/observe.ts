/** Where a release was uploaded to and what it shall deploy. */
export interface ObserveArgs {
  /** URL of the packaged root template: `https://<bucket>.s3.amazonaws.com/observe/<version>.yaml`. */
  templateUrl: string
  /** Parameters of `observability.yaml`; those left out keep their defaults. */
  parameters: Record<string, string>
  /** Passed on to everything the stack creates. */
  tags: Record<'Project' | 'Environment' | 'CostCenter' | 'Owner', string>
}

/** What the applications need, in the words of the browser SDK's options. */
export interface ObserveBackends {
  collectorEndpoint: Output<string>
  ingestPoint: Output<string>
  umamiHost: Output<string>
  umamiWebsiteId: Output<string>
  grafanaUrl: Output<string>
}

const output = (stack: aws.cloudformation.Stack, name: string): Output<string> =>
  stack.outputs.apply((outputs) => {
    const value = outputs[name]
    if (value === undefined)
      throw new Error(`the Observe stack has no output ${name}: is that part switched off?`)
    return value
  })

/** Deploys one pinned release of Observe. The stack keeps what holds data when the app is removed. */
export const deployObserve = ({ templateUrl, parameters, tags }: ObserveArgs): ObserveBackends => {
  const stack = new aws.cloudformation.Stack(
    'Observe',
    {
      templateUrl,
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      parameters,
      tags: { ...tags, ManagedBy: 'cloudformation' },
    },
    { protect: true },
  )
  return {
    collectorEndpoint: output(stack, 'CollectorEndpoint'),
    ingestPoint: output(stack, 'IngestPoint'),
    umamiHost: output(stack, 'UmamiHost'),
    umamiWebsiteId: output(stack, 'UmamiWebsiteId'),
    grafanaUrl: output(stack, 'GrafanaUrl'),
  }
}
