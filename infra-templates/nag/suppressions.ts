/** Why findings of one AwsSolutions rule do not apply. Without `resources` the reason holds for every template. */
export interface Suppression {
  /** Rule id, without the arguments in brackets. */
  rule: string
  resources?: readonly string[]
  reason: string
}

/** Every suppression with its reason. A suppression that nothing needs any more fails the test. */
export const SUPPRESSIONS: readonly Suppression[] = [
  {
    rule: 'APIG4',
    resources: ['PostRoute', 'OptionsRoute'],
    reason:
      'Browsers cannot keep a credential. The gate is the origin list, throttling, reserved concurrency and the secret header that only CloudFront knows.',
  },
  { rule: 'CFR1', reason: 'Visitors come from everywhere; interfaces are limited by address range instead.' },
  {
    rule: 'CFR2',
    reason:
      'WAF would cost 6 to 10 USD a month. The API is throttled, the interfaces admit only named address ranges, and the load balancer only CloudFront.',
  },
  {
    rule: 'CFR3',
    reason:
      "Access logs would store visitors' addresses and query strings, which we promise not to keep. CloudFront's metrics tell what operations need.",
  },
  {
    rule: 'CFR4',
    reason:
      'The default certificate of CloudFront comes with its own TLS policy. With CertificateArn the policy is TLSv1.2_2021.',
  },
  { rule: 'ECS2', reason: 'The variables are configuration. What is secret comes from Secrets Manager.' },
  {
    rule: 'ECS4',
    resources: ['Cluster'],
    reason: 'Container Insights would cost more than Umami. The alarms use the metrics that are free.',
  },
  {
    rule: 'ELB2',
    resources: ['LoadBalancer'],
    reason: 'The load balancer is internal and sees the same requests as CloudFront; see CFR3.',
  },
  {
    rule: 'IAM5',
    resources: [
      'ReadPolicy',
      'ProvisionRole',
      'ExportRole',
      'RetainRole',
      'FlowLogRole',
      'SetupRole',
      'RecordingsPolicy',
      'ReadSourceMaps',
    ],
    reason:
      'Objects of one bucket, indices of one domain, streams of named log groups, or actions that know no narrower resource (each says so in the template).',
  },
  {
    rule: 'IAM5',
    resources: ['BootstrapRole', 'RetentionRole', 'FirstRunRole', 'ProbeRole'],
    reason:
      'Network interfaces of functions in a VPC: Lambda creates them and EC2 knows no narrower resource.',
  },
  {
    rule: 'RDS10',
    resources: ['Instance'],
    reason:
      'DeletionProtection is a parameter: CloudFormation could not take a failed first deployment back with it. The README switches it on in the step after.',
  },
  {
    rule: 'OS1',
    resources: ['Domain'],
    reason:
      'Managed Grafana reaches a domain inside a VPC only through a NAT gateway of its own. Access is by signed requests of named roles over TLS.',
  },
  {
    rule: 'OS3',
    resources: ['Domain'],
    reason: 'Access is by named roles; Lambda and Managed Grafana have no fixed addresses.',
  },
  {
    rule: 'OS4',
    resources: ['Domain'],
    reason:
      'Dedicated masters would triple the price of a domain whose data is also in CloudWatch and in the archive.',
  },
  { rule: 'OS7', resources: ['Domain'], reason: 'Two zones come with InstanceCount 2 or more.' },
  {
    rule: 'OS9',
    resources: ['Domain'],
    reason: 'Slow logs would be indexed by the very domain that is slow.',
  },
  {
    rule: 'RDS3',
    resources: ['Instance'],
    reason: 'A parameter (MultiAz); the default fits the budget, and a restore point is kept for seven days.',
  },
  {
    rule: 'RDS11',
    resources: ['Instance'],
    reason: 'Reached from three security groups only; another port would hide nothing.',
  },
  {
    rule: 'RDS13',
    resources: ['Instance'],
    reason: 'Backups are on; the number of days is a parameter that the rule does not read.',
  },
  {
    rule: 'S1',
    reason:
      'One role reads and writes recordings, one service writes the archive. Access logs would cost more than they tell.',
  },
  {
    rule: 'SMG4',
    reason:
      'Rotating a database password needs both services restarted, and signing keys log everyone out: the runbook says when and how. The origin secret rotates with a redeployment.',
  },
]
