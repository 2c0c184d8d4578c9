const LABELS: readonly (readonly [
  language: string,
  email: string,
  first: string,
  last: string,
  phone: string,
  street: string,
  birth: string,
])[] = [
  ['en', 'Email address', 'First name', 'Last name', 'Phone number', 'Street address', 'Date of birth'],
  ['de', 'E-Mail-Adresse', 'Vorname', 'Nachname', 'Telefonnummer', 'Straße und Hausnummer', 'Geburtsdatum'],
  ['fr', 'Adresse e-mail', 'Prénom', 'Nom de famille', 'Téléphone', 'Adresse postale', 'Date de naissance'],
  ['es', 'Correo electrónico', 'Nombre', 'Apellidos', 'Teléfono', 'Dirección', 'Fecha de nacimiento'],
  ['it', 'Indirizzo e-mail', 'Nome', 'Cognome', 'Telefono', 'Indirizzo', 'Data di nascita'],
  ['nl', 'E-mailadres', 'Voornaam', 'Achternaam', 'Telefoonnummer', 'Straat', 'Geboortedatum'],
  ['pt', 'Endereço de e-mail', 'Nome próprio', 'Sobrenome', 'Telefone', 'Endereço', 'Data de nascimento'],
  ['pl', 'Adres e-mail', 'Imię', 'Nazwisko', 'Numer telefonu', 'Ulica i numer', 'Data urodzenia'],
  ['sv', 'E-postadress', 'Förnamn', 'Efternamn', 'Telefonnummer', 'Gatuadress', 'Födelsedatum'],
  ['tr', 'E-posta adresi', 'Adınız', 'Soyadınız', 'Telefon numarası', 'Açık adres', 'Doğum tarihi'],
  ['cs', 'E-mailová adresa', 'Jméno', 'Příjmení', 'Telefonní číslo', 'Ulice a číslo', 'Datum narození'],
  ['fi', 'Sähköposti', 'Etunimi', 'Sukunimi', 'Puhelinnumero', 'Katuosoite', 'Syntymäaika'],
  ['ja', 'メールアドレス', '名', '姓', '電話番号', '住所', '生年月日'],
  ['en-gb', 'Email', 'Forename', 'Surname', 'Mobile number', 'Postal address', 'Birthday'],
]

/** Five ways to say what a field is for: a label around it, one beside it, ARIA, a placeholder, and attributes alone. */
const SHAPES: readonly ((label: string, name: string, value: string, id: string) => string)[] = [
  (label, _, value) => `<label>${label} <input value="${value}" data-fill></label>`,
  (label, _, value, id) => `<label for="${id}">${label}</label><input id="${id}" value="${value}" data-fill>`,
  (label, _, value) => `<input aria-label="${label}" value="${value}" data-fill>`,
  (label, _, value) => `<input placeholder="${label}" value="${value}" data-fill>`,
  (_, name, value) => `<input name="${name}" value="${value}" data-fill>`,
]
/** What everybody may see, in the languages that the rules know. */
const QUANTITY: Record<string, string> = {
  en: 'Quantity',
  de: 'Menge',
  fr: 'Quantité',
  es: 'Cantidad',
  it: 'Quantità',
  nl: 'Aantal',
  pt: 'Quantidade',
  'en-gb': 'Amount of boxes',
}
const NAMES = ['email', 'firstName', 'lastName', 'phone', 'street', 'birthdate']

export interface PersonalForm {
  language: string
  html: string
  /** Values that must never leave the page. */
  markers: string[]
  /** Those of them that no tracker records. */
  passwords: string[]
  /** A value that must be recorded; none in a language that the rules do not know. */
  kept: string[]
}

/**
 * Seventy forms: the seven languages that the rules know, English twice, and six that they do not know; five ways of naming a
 * field. Each field holds a value that only its name gives away, or the language that its form says it is in.
 */
export const personalForms = (): PersonalForm[] =>
  LABELS.flatMap(([language, ...labels]) =>
    SHAPES.map((shape, index) => {
      const form = `${language}${index}`
      const values = labels.map((_, field) => `mk${form}${'abcdef'[field]}`)
      const fields = labels.map((label, field) =>
        shape(label, NAMES[field] as string, values[field] as string, `f-${form}-${field}`),
      )
      const quantity = QUANTITY[language]
      if (quantity) fields.push(shape(quantity, 'quantity', `kept${form}`, `q-${form}`))
      return {
        language,
        markers: [
          ...values.flatMap((value) => [value, `typed-${value}`]),
          ...['mkpw', 'mkta', 'mkce'].map((kind) => kind + form),
        ],
        passwords: [`mkpw${form}`],
        kept: quantity ? [`typed-kept${form}`] : [],
        html: `<form lang="${language}">${fields.join('')}<input type="password" value="mkpw${form}">
          <textarea>mkta${form}</textarea><div contenteditable>mkce${form}</div></form>`,
      }
    }),
  )
