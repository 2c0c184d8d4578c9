import { readFileSync, writeFileSync } from 'node:fs'

for (const name of ['browser-sdk', 'lambda-sdk']) {
  const { version } = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
  const file = `packages/${name}/src/version.ts`
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, source.replace(/SDK_VERSION = '[^']*'/, `SDK_VERSION = '${version}'`))
}
