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
const NAMES = ['email', 'firstName', 'lastName', 'phone', 'street', 'birthdate']

export interface PersonalForm {
  language: string
  html: string
  /** Values that must never leave the page. */
  markers: string[]
}

/**
 * Seventy forms: the seven languages that the rules know, English twice, and six that they do not know; five ways of naming a
 * field. Each field holds a value that only its name gives away, or the language that its form says it is in.
 */
export const personalForms = (): PersonalForm[] =>
  LABELS.flatMap(([language, ...labels]) =>
    SHAPES.map((shape, index) => {
      const markers = labels.map((_, field) => `mk${language}${index}${'abcdef'[field]}`)
      const fields = labels.map((label, field) =>
        shape(label, NAMES[field] as string, markers[field] as string, `f-${language}-${index}-${field}`),
      )
      return {
        language,
        markers: markers.flatMap((marker) => [marker, `typed-${marker}`]),
        html: `<form lang="${language}">${fields.join('')}<input type="password" value="mkpw${language}${index}">
          <textarea>mkta${language}${index}</textarea><div contenteditable>mkce${language}${index}</div></form>`,
      }
    }).map((form, index) => ({
      ...form,
      markers: [
        ...form.markers,
        `mkpw${language}${index}`,
        `mkta${language}${index}`,
        `mkce${language}${index}`,
      ],
    })),
  )
