import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { type Cut, cut } from './cut.ts'

/** The first line of a function whose body shall be empty. */
const body = (start: string): Cut => [start, `${start} return;`]

/**
 * What `createTracker.ts` switches off, or never calls. Left to its options the code would be loaded all the same, about a
 * sixth of the recorder; without these calls no bundler keeps it.
 */
export const CUTS: readonly Cut[] = [
  // capturePerformance, captureExceptions, captureResourceTimings: false; longTasks unset
  ['            Performance(app, options);', ''],
  ['        Exception(app, options);', ''],
  ['        Timing(app, options);', ''],
  ['        LongAnimationTask(app, options);', ''],
  // analytics unset
  ['if (options.projectKey && options.analytics?.active) {', 'if (false) {'],
  // canvas.disableCanvas: true
  ['if (canvasEnabled && !this.options.canvas.disableCanvas) {', 'if (false) {'],
  // network.axiosInstances unset
  ['            axiosSpy(app, axiosInstance, options, sanitize, stringify);', ''],
  // crossdomain unset
  body('this.parentCrossDomainFrameListener = (event) => {'),
  body('this.crossDomainIframeListener = (event) => {'),
  body('this.emitCrossdomainDebug = () => {'),
  body('this.emitIframeDebug = () => {'),
  // It looks for changes 33 times a second for as long as the page lives, a tenth of what it costs in the first seconds. 11
  // times is enough for a replay; what it does every so many times stays as often as it was.
  [
    `                if (cb)
                    cb();
            }), 30);`,
    `                if (cb)
                    cb();
            }), 90);`,
  ],
  ['n ? wrap$1(callback, n) : callback', 'n ? wrap$1(callback, Math.round((n + 1) / 3) - 1) : callback'],
  ['if (this.emptyBatchCounter < 1000) {', 'if (this.emptyBatchCounter < 333) {'],
  // Methods of the tracker that are not called
  body('this.handleError = (e, metadata = {}) => {'),
  body('async setupConditionalStart(startOpts) {'),
  body('offlineRecording(startOpts = {}, onSessionSent) {'),
  body('async uploadOfflineRecording() {'),
  body('async coldStart(startOpts = {}, conditional) {'),
  // It asks other tabs for their recording before it begins. They answer within milliseconds, and a visit is short.
  [
    `            this.startTimeout = setTimeout(() => {
                this.allowAppStart();
            }, 250);`,
    `this.startTimeout = setTimeout(() => this.allowAppStart(), 80);`,
  ],
  [
    `                    clearInterval(int);
                    resolve(true);
                }
            }, 100);
        });
    }
    async waitStarted() {`,
    `                    clearInterval(int);
                    resolve(true);
                }
            }, 10);
        });
    }
    async waitStarted() {`,
  ],
]

/** Bundles OpenReplay's tracker without the parts that are never run. */
export const slimTracker = (): Plugin => ({
  name: 'slim-tracker',
  setup(build) {
    build.onLoad({ filter: /@openreplay[\\/]tracker[\\/]dist[\\/]\w+[\\/]index\.js$/ }, async ({ path }) => ({
      contents: cut(await readFile(path, 'utf8'), CUTS),
    }))
  },
})
