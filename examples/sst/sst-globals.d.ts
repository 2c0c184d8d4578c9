// The part of SST's generated `.sst/platform/config.d.ts` that this example uses, so that it type-checks without an install.
// In your app delete this file: `npx sst install` writes the whole.

interface Output<T> {
  apply<U>(use: (value: T) => U): Output<U>
}
type Input<T> = T | Output<T>

declare const $app: { name: string; stage: string }
declare function $config(config: {
  app(input: { stage: string }): {
    name: string
    home: 'aws'
    removal: 'retain' | 'remove'
    protect: boolean
  }
  run(): Promise<Record<string, Input<string>>>
}): unknown

declare namespace aws {
  namespace cloudformation {
    class Stack {
      constructor(
        name: string,
        args: {
          templateUrl: Input<string>
          capabilities?: ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
          parameters?: Record<string, Input<string>>
          tags?: Record<string, Input<string>>
        },
        options?: { retainOnDelete?: boolean; protect?: boolean },
      )
      readonly outputs: Output<Record<string, string>>
    }
  }
}

declare namespace sst {
  namespace aws {
    class StaticSite {
      constructor(
        name: string,
        args: {
          path: string
          build: { command: string; output: string }
          environment: Record<string, Input<string>>
        },
      )
      readonly url: Output<string>
    }
    // biome-ignore lint/suspicious/noShadowRestrictedNames: SST's own name
    class Function {
      constructor(
        name: string,
        args: { handler: string; url?: boolean; environment?: Record<string, Input<string>> },
      )
      readonly url: Output<string>
    }
  }
}
