export type {
  DirectoryTarget,
  ObserveBuildOptions,
  S3Target,
  SourceMapTarget,
} from './ObserveBuildOptions.ts'
export { observeBuild } from './observeBuild.ts'
