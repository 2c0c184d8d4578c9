import type { SourceMapLoader } from './SourceMapLoader.ts'

/** A stored object's content, as the AWS SDK gives it. */
export interface S3Body {
  /** The whole content as text. */
  transformToString(): Promise<string>
}

/** The part of the AWS SDK's `S3` client that is used. */
export interface S3Like {
  /** Fetches an object. */
  getObject(input: { Bucket: string; Key: string }): Promise<{ Body?: S3Body | undefined }>
}

/** Where a build uploads its source maps. */
export interface S3SourceMapsOptions {
  /** `new S3({})` of `@aws-sdk/client-s3`, which the Lambda runtime brings along. */
  s3: S3Like
  bucket: string
  /** Key prefix, with its slash. Default: none. */
  prefix?: string
}

const isMissing = (error: unknown): boolean => {
  const { name } = (error ?? {}) as { name?: unknown }
  return name === 'NoSuchKey' || name === 'NotFound' || name === 'AccessDenied'
}

/**
 * Loads source maps from `s3://<bucket>/<prefix><app>/<release>/<path of the script>.map`. Keep that bucket private: the
 * maps hold the source.
 *
 * @example
 * ```ts
 * import { S3 } from '@aws-sdk/client-s3'
 *
 * createCollector({
 *   origins: ['https://shop.example.com'],
 *   sourceMaps: s3SourceMaps({ s3: new S3({}), bucket: 'shop-source-maps' }),
 * })
 * ```
 */
export const s3SourceMaps =
  ({ s3, bucket, prefix = '' }: S3SourceMapsOptions): SourceMapLoader =>
  async ({ app, release, file }) => {
    try {
      const { Body } = await s3.getObject({ Bucket: bucket, Key: `${prefix}${app}/${release}/${file}.map` })
      return await Body?.transformToString()
    } catch (error) {
      // Without permission to list the bucket, S3 answers AccessDenied for a key that does not exist.
      if (isMissing(error)) return undefined
      throw error
    }
  }
