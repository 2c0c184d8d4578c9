import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { buildError } from './buildError.ts'
import type { DirectoryTarget, S3Target, SourceMapTarget } from './ObserveBuildOptions.ts'

/** Keeps source maps. */
export interface MapStore {
  /** Names the place of a key in messages. */
  locate: (key: string) => string
  put: (key: string, map: string) => Promise<void>
}

const directoryStore = ({ directory }: DirectoryTarget, root: string): MapStore => {
  const locate = (key: string) => join(resolve(root, directory), key)
  return {
    locate,
    put: async (key, map) => {
      await mkdir(dirname(locate(key)), { recursive: true })
      await writeFile(locate(key), map)
    },
  }
}

const loadS3 = async () => {
  try {
    return await import('@aws-sdk/client-s3')
  } catch (cause) {
    throw buildError(
      'OBSERVE_SOURCE_MAPS',
      'Option "sourceMaps.bucket" needs the AWS SDK, which is not installed: npm install --save-dev @aws-sdk/client-s3',
      cause,
    )
  }
}

const s3Store = async ({ bucket, prefix = '', region }: S3Target): Promise<MapStore> => {
  const { S3 } = await loadS3()
  const s3 = new S3(region === undefined ? {} : { region })
  return {
    locate: (key) => `s3://${bucket}/${prefix}${key}`,
    put: async (key, map) => {
      await s3.putObject({
        Bucket: bucket,
        Key: `${prefix}${key}`,
        Body: map,
        ContentType: 'application/json',
      })
    },
  }
}

/** Opens the place that the options name. */
export const createMapStore = async (target: SourceMapTarget, root: string): Promise<MapStore> =>
  'bucket' in target ? s3Store(target) : directoryStore(target, root)
