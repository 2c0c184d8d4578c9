import { readFileSync } from 'node:fs'
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { untaggedResources } from '../tags/checkTemplates.ts'
import { REQUIRED_TAGS } from '../tags/requiredTags.ts'

/**
 * `npm run infra:tags`: checks the templates; with `--stack NAME` also what that stack deployed, through the tagging API.
 * Ends with 1 when a tag is missing.
 */
const stack = process.argv[process.argv.indexOf('--stack') + 1]
const failures: string[] = []

const central = readFileSync(new URL('../tags.txt', import.meta.url), 'utf8')
for (const tag of REQUIRED_TAGS) {
  if (tag !== 'Environment' && !new RegExp(`^${tag}=\\S+$`, 'm').test(central))
    failures.push(`tags.txt does not set ${tag}`)
}
failures.push(...untaggedResources())

const deployed = async (name: string): Promise<ResourceTagMapping[]> => {
  const client = new ResourceGroupsTaggingAPIClient({})
  const found: ResourceTagMapping[] = []
  let PaginationToken: string | undefined
  do {
    const page = await client.send(new GetResourcesCommand({ PaginationToken }))
    found.push(...(page.ResourceTagMappingList ?? []))
    PaginationToken = page.PaginationToken || undefined
  } while (PaginationToken)
  return found.filter(({ Tags = [] }) =>
    Tags.some(
      ({ Key, Value }) =>
        Key === 'aws:cloudformation:stack-name' && (Value === name || Value?.startsWith(`${name}-`)),
    ),
  )
}

if (process.argv.includes('--stack') && stack) {
  const resources = await deployed(stack)
  if (resources.length === 0) failures.push(`the tagging API finds nothing of the stack ${stack}`)
  for (const { ResourceARN, Tags = [] } of resources) {
    const missing = [...REQUIRED_TAGS, 'Component'].filter((tag) => !Tags.some(({ Key }) => Key === tag))
    if (missing.length > 0) failures.push(`${ResourceARN} lacks ${missing.join(', ')}`)
  }
  process.stdout.write(`${resources.length} deployed resources looked at\n`)
}
for (const failure of failures) process.stdout.write(`✗ ${failure}\n`)
if (failures.length === 0)
  process.stdout.write(`✓ every tagged resource carries ${REQUIRED_TAGS.join(', ')} and Component\n`)
process.exitCode = failures.length > 0 ? 1 : 0
