import type { FieldKind } from './classifyField.ts'

/**
 * Words that tell what a field holds, in English, German, French, Spanish, Italian, Portuguese and Dutch. They are
 * matched against a name, id or label after {@link toWords}: lower case, no accents, one space between words. The first
 * rule that matches decides, so a "card holder e-mail" is an e-mail.
 */
export const FIELD_RULES: readonly (readonly [kind: FieldKind, words: RegExp])[] = [
  [
    'password',
    /\b(?:(?:user |new |old |current |confirm )?pass ?(?:word|code|phrase|wd)s?|pwd|pin ?code|otp|one time (?:code|password)|2fa|mfa code|verification code|kenn ?wort|passwort|mot de passe|mdp|contrasena|clave|senha|palavra passe|wachtwoord)\b|^(?:card |your |user )?pin$/,
  ],
  [
    'email',
    /\b(?:e ?mail|e ?mail ?(?:address|adresse|adres|id)|courriel|adresse (?:mail|electronique)|correo(?: electronico)?|correio(?: eletronico)?|posta elettronica)\b|^(?:your |user )?mail$|\bmail ?(?:address|adresse)\b/,
  ],
  [
    'token',
    /\b(?:token|(?:access|auth|refresh|csrf|xsrf|bearer|id)token|jwt|(?:client |shared |app )?secret|(?:api|access|secret|private|license|encryption) ?key|[jp](?:hp)?sess(?:ion)?id|connect sid|authorization|credentials?|set cookie|cookies?)\b/,
  ],
  [
    'card',
    /\b(?:cc ?(?:n|no|num|nr|number|csc|cvc|cvv|exp\w*|month|year)|(?:card|credit card|debit card|payment card) ?(?:no|num|nr|number|cvc|cvv|code|pin|exp\w*|security code)|(?:credit|debit|payment) ?card|cvv2?|cvc2?|csc|security code|kredit ?karten?\w*|karten ?(?:nummer|pruf\w*)|pruf(?:nummer|ziffer)|carte (?:bancaire|bleue|de credit)|(?:numero|no|n) (?:de |della |do )?(?:carte|carta|cartao|tarjeta)|cryptogramme|tarjeta(?: de credito)?|carta di credito|cartao(?: de credito)?|(?:krediet|creditcard) ?(?:kaart)? ?nummer|kaart ?nummer|iban|bic|swift ?code|(?:bank )?account ?(?:no|num|number)|sort code|routing number|konto ?nummer|kontonr|rekening ?nummer|numero de (?:compte|cuenta|conta)|numero di conto)\b|^(?:card |cc )?(?:exp|expiry|expiration|expires|ablaufdatum|gultig bis|scadenza|validade)(?: ?(?:date|month|year|mm|yy|yyyy))*$|^(?:card|pan)$/,
  ],
  [
    'ssn',
    /\b(?:ssn|social ?security(?: ?(?:no|num|number))?|social insurance number|(?:national|personal|citizen) (?:id|identity|identification|insurance)(?: ?(?:no|num|number))?|identity (?:card|number)|nino|tax ?(?:payer )?(?:id|number|identification)\w*|passport(?: ?(?:no|num|number))?|driv(?:er|ers|ing) licen[cs]e(?: ?(?:no|num|number))?|sozialversicherungs ?\w*|steuer ?(?:id|nummer|identifikations\w*)|(?:personal)?ausweis ?\w*|reisepass\w*|(?:numero de )?securite sociale|nir|passeport|dni|nif|numero de (?:identificacion|identidad|pasaporte|seguridad social)|pasaporte|codice fiscale|passaporto|carta d identita|cpf|cartao de cidadao|passaporte|bsn|burger ?service ?nummer|paspoort ?\w*)\b/,
  ],
  [
    'birth-date',
    /\b(?:dob|b(?:irth)? ?day|birth ?(?:date|month|year)|date of birth|born on|geburts ?(?:datum|tag|jahr|monat)|(?:date|jour) de naissance|naissance|(?:fecha de )?nacimiento|(?:data di )?nascita|(?:data de )?nascimento|geboorte ?(?:datum|dag|jaar)?)\b/,
  ],
  [
    'phone',
    /\b(?:(?:tele|mobile|cell|home|work)?phone(?: ?(?:no|num|nr|number))?|tel(?: ?(?:no|nr|number|national|e?fon\w*))?|telefon\w*|telefoon ?(?:nummer)?|telemovel|mobile ?(?:no|num|nr|number)|mobil(?:nummer| ?nr|telefon)|handy ?(?:nr|nummer)?|rufnummer|(?:numero de )?(?:telephone|portable|movil|celular|cellulare)|cellulare|celular|gsm ?(?:nr|nummer|number)?|fax(?: ?(?:no|nr|number|nummer))?|whatsapp|msisdn)\b|^(?:your |user )?(?:mobile|cell|mobil|mobiel|movil|portable)$/,
  ],
  [
    'name',
    /\b(?:(?:first|last|middle|full|given|family|maiden|birth|nick|sur|user|legal|display|real|person|fore|contact|customer|patient|guest|passenger|recipient|beneficiary|cardholder|account holder|employee|billing|shipping|spouse|parent|child)(?: and last)? ?name|[fl]name|card ?holder|name (?:on|of the) card|(?:vor|nach|familien|geburts|zu)name|(?:karten|konto) ?inhaber|prenoms?|nom (?:de famille|complet|d usage|de naissance|d utilisateur)|titulaire|nombre (?:completo|de pila|y apellidos?|de usuario)|apellidos?|titular|(?:primeiro|segundo|ultimo) nome|nome (?:completo|e cognome|utente|proprio|do meio)|cognome|intestatario|sobrenome|apelidos?|(?:voor|achter|familie|tussen)naam|tussenvoegsel|volledige naam|kaarthouder)\b|^(?:your |ihr |votre |tu |su |il tuo |seu |uw )?(?:name|nom|nombre|nome|naam)$/,
  ],
  [
    'address',
    /\b(?:(?:street|home|postal|mailing|billing|shipping|delivery|residential|work|house)? ?address(?: ?line)? ?\d?|addr\d?|address(?:line)?\d?|street(?: ?(?:name|number|no))?|house ?(?:no|number)|apartment|zip(?: ?code)?|post(?:al)? ?code|city|town|strass?e(?:n?\w*)?|haus ?(?:nr|nummer)|adresse|anschrift|wohnort|plz|postleitzahl|rue|code postal|ville|calle|direccion|domicilio|codigo postal|cp|ciudad|indirizzo|via e numero|citta|codice postale|endereco|morada|rua|cep|cidade|straat(?:naam)?|huis ?nummer|adres|post ?code|woonplaats|plaatsnaam)\b/,
  ],
]

/** A last word that turns the field into one about the thing, not the thing itself: "card type", "e-mail preferences". */
export const ATTRIBUTE_WORDS: RegExp =
  / (?:type|kind|brand|model|color|colour|size|count|counter|total|quantity|qty|amount|status|state|valid|verified|enabled|disabled|visible|required|opt ?in|optin|opt ?out|consent|preferences?|notifications?|settings?|template|provider|format|length|policy|strength|limit|usage|expired|typ|anzahl)$/

/** A name, id or label as words: camel case and punctuation split, accents dropped, lower case. */
export const toWords = (identifier: string): string =>
  identifier
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^ | ?\d* ?$/g, '')
    .toLowerCase()
