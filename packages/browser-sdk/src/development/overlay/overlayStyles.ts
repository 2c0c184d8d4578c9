/** Inside the shadow root only. Colours of the system, so that it is legible in light, dark and forced colours. */
export const OVERLAY_STYLES = `
:host { all: initial; position: fixed; right: 8px; bottom: 8px; z-index: 2147483647; color-scheme: light dark;
  font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
* { box-sizing: border-box; margin: 0; font: inherit; }
[hidden] { display: none; }
button { display: block; margin-left: auto; padding: 4px 10px; border: 1px solid GrayText; border-radius: 6px;
  background: Canvas; color: CanvasText; cursor: pointer; }
button:focus-visible, section:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
section { width: min(340px, calc(100vw - 16px)); max-height: calc(100vh - 64px); overflow: auto; margin-bottom: 8px;
  padding: 10px 12px; border: 1px solid GrayText; border-radius: 8px; background: Canvas; color: CanvasText;
  box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
h2 { margin-top: 8px; font-weight: 700; text-transform: capitalize; }
h2:first-of-type { margin-top: 0; }
dl { display: grid; grid-template-columns: 9em 1fr; gap: 0 8px; }
dd { overflow-wrap: anywhere; }
`
