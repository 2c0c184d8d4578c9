/** Attributes of structure and looks. Everything else may say something about a person and is not recorded. */
const STRUCTURAL =
  /^(?:class|id|style|type|role|dir|lang|rel|media|as|for|sizes|width|height|size|rows|cols|max|min|step|colspan|rowspan|span|scope|start|open|hidden|disabled|readonly|required|multiple|checked|selected|tabindex|contenteditable|popover|slot|part|align|border|bgcolor|color|aria-(?:hidden|expanded|checked|selected|pressed|disabled|current|busy|invalid|modal|sort|level))$/

/** Geometry and paint of SVG (https://www.w3.org/TR/SVG2/propidx.html). */
const SVG =
  /^(?:d|[xy][12]?|[cdfr]?[xy]|r|points|viewbox|transform|opacity|offset|xmlns|preserveaspectratio|(?:fill|stroke|clip|stop|flood|font|text|marker|mask|gradient|pattern|dominant|alignment)(?:[-a-z]*))$/

/** What OpenReplay adds for its player and its worker. */
const OPENREPLAY = /^(?:__openreplay_|orloaded$)/

/** True when an attribute says how something looks or works, never what it is about. */
export const recordableAttribute = (name: string): boolean => {
  const known = name.toLowerCase()
  return STRUCTURAL.test(known) || SVG.test(known) || OPENREPLAY.test(known)
}
