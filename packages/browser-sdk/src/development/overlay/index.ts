export { type Overlay, type OverlayOptions, showOverlay } from './showOverlay.ts'
