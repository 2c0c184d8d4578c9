/** Attributes of structure and looks. Everything else may say something about a person and is not recorded. */
const STRUCTURAL =
  /^(?:class|id|style|type|role|dir|lang|rel|media|as|for|sizes|width|height|size|rows|cols|max|min|step|colspan|rowspan|span|scope|start|open|hidden|disabled|readonly|required|multiple|checked|selected|tabindex|contenteditable|popover|slot|part|align|border|bgcolor|color|aria-(?:hidden|expanded|checked|selected|pressed|disabled|current|busy|invalid|modal|sort|level))$/

/**
 * Geometry and paint of SVG (https://www.w3.org/TR/SVG2/propidx.html), by their whole names: components of other kinds
 * have attributes such as `text` or `text-value`.
 */
const SVG =
  /^(?:d|[xy][12]?|[cdfr]?[xy]|r|points|viewbox|transform|opacity|offset|xmlns|preserveaspectratio|fill(?:-opacity|-rule)?|stroke(?:-(?:width|linecap|linejoin|miterlimit|dasharray|dashoffset|opacity))?|clip(?:-path|-rule|pathunits)?|(?:stop|flood)-(?:color|opacity)|font-(?:family|size|style|variant|weight|stretch)|text-(?:anchor|decoration|rendering)|marker(?:-start|-mid|-end|width|height|units)?|mask(?:-type|units|contentunits)?|gradient(?:units|transform)|pattern(?:units|contentunits|transform)|(?:dominant|alignment)-baseline)$/

/** What OpenReplay adds for its player and its worker. */
const OPENREPLAY = /^(?:__openreplay_|orloaded$)/

/** True when an attribute says how something looks or works, never what it is about. */
export const recordableAttribute = (name: string, node: Node | undefined): boolean => {
  const known = name.toLowerCase()
  return STRUCTURAL.test(known) || OPENREPLAY.test(known) || (node instanceof SVGElement && SVG.test(known))
}
