/** What every place for source maps has in common. */
interface TargetOptions {
  /**
   * What a source map that could not be stored does to the build. `error` fails it; `warn` goes on, and the stacks of
   * this release stay minified. The public output holds no source map either way.
   * @default 'error'
   */
  uploadFailure?: 'error' | 'warn'
}

/**
 * A private S3 bucket, for the collector's `s3SourceMaps` to read. Needs `@aws-sdk/client-s3` beside Vite, and
 * credentials where the AWS SDK looks for them (environment, profile, role), with `s3:PutObject`.
 */
export interface S3Target extends TargetOptions {
  /** Name of the bucket. Keep it private: source maps hold your source. */
  bucket: string
  /**
   * Put before every key, with its slash; the same as the collector's.
   * @default ''
   */
  prefix?: string
  /** Region of the bucket. Default: the one the AWS SDK finds (`AWS_REGION`, the profile). */
  region?: string
}

/** A folder outside the public output, in the same layout as the bucket: `aws s3 sync` may carry it there later. */
export interface DirectoryTarget extends TargetOptions {
  /** Path of the folder, relative to Vite's root. */
  directory: string
}

/**
 * Where source maps go: `<prefix or directory><app>/<release>/<path of the script at its origin>.map`. That path begins
 * with Vite's `base`; with a relative one (`./`) the build is taken to be deployed at the root.
 */
export type SourceMapTarget = S3Target | DirectoryTarget

export interface ObserveBuildOptions {
  /** Name of the application, as the collector knows it. `import.meta.env.OBSERVE_APP` in the application. */
  app: string
  /**
   * What identifies this build. `import.meta.env.OBSERVE_RELEASE` in the application.
   * @default the environment variable `OBSERVE_RELEASE`, else the first 12 digits of the git commit
   */
  release?: string
  /**
   * Where this build will run. `import.meta.env.OBSERVE_ENVIRONMENT` in the application.
   * @default Vite's mode
   */
  environment?: string
  /** Where to store the source maps of a production build. Without it source maps are left as Vite makes them. */
  sourceMaps?: SourceMapTarget
}
