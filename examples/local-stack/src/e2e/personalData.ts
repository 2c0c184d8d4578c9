/** What the test types into the checkout form. Nobody's: reserved domains, numbers and a made-up name. */
export const personalData = {
  email: 'zelda.quillfeather@example.com',
  fullName: 'Zelda Quillfeather',
  phone: '+44 20 7946 0958',
  birthDate: '1991-04-17',
  street: '17 Marrowbone Crescent',
  postalCode: 'QX7 4ZB',
  city: 'Sandwick-under-Marsh',
  notes: 'Ring Zelda Quillfeather, she knows the grumbletree key',
  cardNumber: '4242 4242 4242 4242',
  cardExpiry: '09 / 2047',
  cardCode: '7391846',
  password: 'correct-horse-battery',
} as const

/** Pieces of it that occur nowhere else, and the ways they are commonly encoded. */
const personalMarkers: readonly string[] = [
  'quillfeather',
  'zelda',
  '7946 0958',
  '79460958',
  '1991-04-17',
  'marrowbone',
  'qx7 4zb',
  'qx7%204zb',
  'qx7+4zb',
  'sandwick',
  'grumbletree',
  '4242 4242',
  '42424242',
  '09 / 2047',
  '7391846',
  'correct-horse',
]

/** The markers that occur in a text, whatever their case. */
export const findPersonalData = (text: string): string[] => {
  const lower = text.toLowerCase()
  return personalMarkers.filter((marker) => lower.includes(marker))
}
