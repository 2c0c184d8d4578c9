/** Two ink colours; a surface fades from the first to the second. */
export type Ink = readonly [from: string, to: string]

/** How to paint a landscape. Distances are fractions of the picture's width or height. */
export interface Recipe {
  sky: Ink
  suns: readonly { x: number; y: number; radius: number; ink: Ink }[]
  /** From the far ridge to the near one. */
  ridges: readonly { top: number; height: number; frequency: number; roughness: number; ink: Ink }[]
  /** Where water begins; it mirrors the suns. */
  water?: { top: number; bottom: number; ink: Ink }
}

/** The landscapes by product slug. */
export const recipes: Readonly<Record<string, Recipe>> = {
  'saltmarsh-dawn': {
    sky: ['#41506b', '#f2c6a0'],
    suns: [{ x: 0.64, y: 0.43, radius: 0.075, ink: ['#fff1d6', '#ffd9a3'] }],
    water: { top: 0.55, bottom: 0.8, ink: ['#e9b893', '#5d6f83'] },
    ridges: [
      { top: 0.5, height: 0.03, frequency: 3, roughness: 0.4, ink: ['#8d7f8f', '#a98f8c'] },
      { top: 0.535, height: 0.02, frequency: 5, roughness: 0.5, ink: ['#6b6a7c', '#7d7680'] },
      { top: 0.76, height: 0.05, frequency: 2.2, roughness: 0.62, ink: ['#3f4a4a', '#2c3638'] },
      { top: 0.87, height: 0.06, frequency: 3.1, roughness: 0.75, ink: ['#27302f', '#141a1b'] },
    ],
  },
  'two-suns': {
    sky: ['#7d2f48', '#f5a65b'],
    suns: [
      { x: 0.36, y: 0.3, radius: 0.13, ink: ['#fff0c9', '#ffc46b'] },
      { x: 0.68, y: 0.44, radius: 0.07, ink: ['#ffd9a0', '#f58f5a'] },
    ],
    ridges: [
      { top: 0.58, height: 0.09, frequency: 2.3, roughness: 0.45, ink: ['#c9634f', '#e08c5c'] },
      { top: 0.68, height: 0.1, frequency: 1.8, roughness: 0.5, ink: ['#97404a', '#b5574c'] },
      { top: 0.79, height: 0.11, frequency: 1.5, roughness: 0.52, ink: ['#642c40', '#7d3743'] },
      { top: 0.9, height: 0.09, frequency: 2, roughness: 0.6, ink: ['#381d30', '#221220'] },
    ],
  },
  'north-wall': {
    sky: ['#9fc1d4', '#f0f1ea'],
    suns: [],
    ridges: [
      { top: 0.3, height: 0.22, frequency: 2.1, roughness: 0.55, ink: ['#c3d3dc', '#dfe6e6'] },
      { top: 0.4, height: 0.2, frequency: 2.4, roughness: 0.55, ink: ['#a3bbca', '#c5d4db'] },
      { top: 0.5, height: 0.18, frequency: 2, roughness: 0.55, ink: ['#7f9eb4', '#a7bfcc'] },
      { top: 0.6, height: 0.17, frequency: 2.6, roughness: 0.55, ink: ['#5c819d', '#82a1b5'] },
      { top: 0.7, height: 0.15, frequency: 2.2, roughness: 0.57, ink: ['#3f6484', '#5d829d'] },
      { top: 0.8, height: 0.13, frequency: 2.8, roughness: 0.6, ink: ['#274a69', '#3c6180'] },
      { top: 0.9, height: 0.1, frequency: 2.4, roughness: 0.65, ink: ['#15314b', '#0d2033'] },
    ],
  },
  'night-ferry': {
    sky: ['#0c1430', '#3b4f86'],
    suns: [{ x: 0.58, y: 0.24, radius: 0.085, ink: ['#fbf6e3', '#d9dcea'] }],
    water: { top: 0.54, bottom: 1, ink: ['#3a4c80', '#0a1028'] },
    ridges: [
      { top: 0.47, height: 0.1, frequency: 1.9, roughness: 0.48, ink: ['#25335f', '#33457a'] },
      { top: 0.52, height: 0.07, frequency: 2.7, roughness: 0.5, ink: ['#18234a', '#1f2c58'] },
      { top: 0.95, height: 0.05, frequency: 3.4, roughness: 0.7, ink: ['#060a1a', '#03050e'] },
    ],
  },
  'iron-desert': {
    sky: ['#d9d2bd', '#f3dfb8'],
    suns: [{ x: 0.26, y: 0.22, radius: 0.06, ink: ['#fffaf0', '#fff1d4'] }],
    ridges: [
      { top: 0.47, height: 0.08, frequency: 1.4, roughness: 0.3, ink: ['#d9a36e', '#e6bd8a'] },
      { top: 0.57, height: 0.1, frequency: 1.2, roughness: 0.26, ink: ['#c07a48', '#d79b64'] },
      { top: 0.68, height: 0.13, frequency: 1, roughness: 0.24, ink: ['#9c5230', '#c07a48'] },
      { top: 0.82, height: 0.14, frequency: 0.9, roughness: 0.22, ink: ['#6d3220', '#a0583a'] },
    ],
  },
  'spring-line': {
    sky: ['#cfe3d8', '#f7f3dc'],
    suns: [{ x: 0.74, y: 0.2, radius: 0.055, ink: ['#fff8d8', '#ffe9a4'] }],
    ridges: [
      { top: 0.38, height: 0.2, frequency: 2, roughness: 0.52, ink: ['#f5f7f2', '#b9cfc4'] },
      { top: 0.54, height: 0.15, frequency: 1.7, roughness: 0.5, ink: ['#a8c6a6', '#7fab85'] },
      { top: 0.67, height: 0.13, frequency: 2.1, roughness: 0.5, ink: ['#7eab6c', '#5b8f5a'] },
      { top: 0.79, height: 0.12, frequency: 1.6, roughness: 0.55, ink: ['#5c8c45', '#3f6d3c'] },
      { top: 0.9, height: 0.08, frequency: 2.6, roughness: 0.7, ink: ['#365b2f', '#1d3a20'] },
    ],
  },
}
