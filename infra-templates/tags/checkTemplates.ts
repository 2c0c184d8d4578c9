import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { readTemplates } from '../templates/readTemplates.ts'

/** Types that CloudFormation documents as taggable and whose stack tags suffice, with the reason. */
const BY_STACK_TAGS_ONLY: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Dashboard':
    'tagging a dashboard is newer than the resource schema that cfn-lint 1.51 checks against',
  'AWS::ElasticLoadBalancingV2::Listener': 'billed with its load balancer, and its Tags property is as new',
  'AWS::ElasticLoadBalancingV2::ListenerRule':
    'billed with its load balancer, and its Tags property is as new',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'costs nothing, and its Tags property is as new',
  'AWS::Grafana::Workspace':
    'its Tags property is newer than the resource schema that cfn-lint 1.51 checks against',
}

/** Lists taggable resources of our templates that carry no functional tag `Component`. Empty is good. */
export const untaggedResources = (): string[] => {
  const spec = loadAwsServiceSpecSync()
  const isTaggable = (type: string): boolean => {
    const resource = spec.lookup('resource', 'cloudFormationType', 'equals', type)[0]
    return Boolean(resource?.tagInformation)
  }
  const missing: string[] = []
  for (const { file, template } of readTemplates()) {
    for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
      if (!isTaggable(Type) || Type in BY_STACK_TAGS_ONLY) continue
      if (!JSON.stringify(Properties ?? {}).includes('"Component"'))
        missing.push(`${file}: ${logicalId} (${Type}) has no tag Component`)
    }
  }
  return missing
}
