/** One print of the shop. */
export interface Product {
  slug: string
  title: string
  place: string
  description: string
  priceCents: number
  sizeCm: string
}

export const products: readonly Product[] = [
  {
    slug: 'saltmarsh-dawn',
    title: 'Saltmarsh, dawn',
    place: 'Ebbing Flats',
    description: 'Low tide, first light. The channels fill from the sea side while the grass is still dark.',
    priceCents: 6800,
    sizeCm: '50 × 70',
  },
  {
    slug: 'two-suns',
    title: 'Two suns',
    place: 'Harrow Basin',
    description: 'The second one is a reflection in the mist. It lasts eleven minutes, twice a year.',
    priceCents: 7400,
    sizeCm: '50 × 70',
  },
  {
    slug: 'north-wall',
    title: 'North wall',
    place: 'Cold Finger Ridge',
    description: 'Seven ridges in seven blues. Nobody agrees which of them is the summit.',
    priceCents: 5900,
    sizeCm: '40 × 60',
  },
  {
    slug: 'night-ferry',
    title: 'Night ferry',
    place: 'Lantern Sound',
    description: 'A moon, its path on the water and the hills on the far side that never seem closer.',
    priceCents: 7900,
    sizeCm: '60 × 80',
  },
  {
    slug: 'iron-desert',
    title: 'Iron desert',
    place: 'The Rust Sea',
    description: 'Dunes with so much ore that a compass turns with the wind.',
    priceCents: 6400,
    sizeCm: '50 × 70',
  },
  {
    slug: 'spring-line',
    title: 'Spring line',
    place: 'Upper Meadows',
    description: 'The height at which the snow gives up. It climbs about forty metres a day in April.',
    priceCents: 5200,
    sizeCm: '40 × 60',
  },
]

export const findProduct = (slug: string): Product | undefined =>
  products.find((product) => product.slug === slug)
