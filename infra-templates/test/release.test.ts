import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { writeZip } from '../scripts/writeZip.ts'
import { infraRoot } from './root.ts'

it('the release holds everything a separate repository needs, and is the same bytes for the same sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'observe-release-'))
  try {
    const first = writeZip(join(folder, 'a.zip'), `${infraRoot}build`, 'observe-infra-1.0.0')
    const second = writeZip(join(folder, 'b.zip'), `${infraRoot}build`, 'observe-infra-1.0.0')
    expect(second).toEqual(first)
    const zip = readFileSync(join(folder, 'a.zip'))
    expect(createHash('sha256').update(zip).digest('hex')).toBe(first.sha256)
    const names = Object.keys(unzipSync(zip)).map((name) => name.replace('observe-infra-1.0.0/', ''))
    expect(names).toEqual(
      expect.arrayContaining([
        'observability.yaml',
        'stacks/network.yaml',
        'functions/collector/index.mjs',
        'functions/grafana-provision/dashboards/observe-lambda.json',
        'dashboards/observe-lambda.json',
        'parameters/prod.txt',
        'tags.txt',
      ]),
    )
    // Debian and macOS have unzip or not; Python reads it too.
    const listed = execFileSync('python3', ['-m', 'zipfile', '-l', join(folder, 'a.zip')], {
      encoding: 'utf8',
    })
    expect(listed).toContain('observe-infra-1.0.0/observability.yaml')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
