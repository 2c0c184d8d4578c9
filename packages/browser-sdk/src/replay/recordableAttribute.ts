/** Attributes of structure and looks. Everything else may say something about a person and is not recorded. */
const STRUCTURAL = new Set(
  `class id style type role dir lang rel media as for name sizes width height size rows cols maxlength min max step
   colspan rowspan span scope start reversed open hidden disabled readonly required multiple checked selected tabindex
   contenteditable draggable translate inert popover slot part method autofocus playsinline muted controls loop poster
   align valign border cellpadding cellspacing bgcolor color face noshade nowrap background frame rules target
   aria-hidden aria-expanded aria-checked aria-selected aria-pressed aria-disabled aria-current aria-busy aria-invalid
   aria-haspopup aria-modal aria-orientation aria-sort aria-level aria-required aria-readonly aria-multiselectable`.split(
    /\s+/,
  ),
)

/** Presentation attributes of SVG (https://www.w3.org/TR/SVG2/propidx.html) and its geometry. */
const SVG =
  /^(?:d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|dx|dy|fx|fy|points|viewbox|transform|fill|stroke|opacity|offset|version|xmlns|path|rotate|scale|(?:fill|stroke|clip|stop|flood|lighting|color|font|text|letter|word|dominant|alignment|baseline|shape|image|paint|vector|marker|mask|pointer|gradient|pattern|spread|preserve|primitive|std|in|result|mode|operator|k|values|table|intercept|amplitude|exponent|base|seed|num|stitch|order|kernel|divisor|bias|edge|radius|surface|specular|diffuse|limiting|azimuth|elevation|points-at|attribute|begin|dur|repeat|from|to|by|calc|key|additive|accumulate)(?:[-a-z0-9]*)?)$/i

/** What OpenReplay adds for its player and its worker. */
const OPENREPLAY = /^(?:__openreplay_|orloaded$)/

/** True when an attribute says how something looks or works, never what it is about. */
export const recordableAttribute = (name: string): boolean =>
  STRUCTURAL.has(name.toLowerCase()) || SVG.test(name) || OPENREPLAY.test(name)
