import { SecretValues, checkDigit } from './secret-values.ts';
import { seededRandom } from './seeded-random.ts';

/** What is written to shops all day: {…} is a number of some kind. The sentences at odd places are not looked at while the detector is changed. */
const SENTENCES = `
My order {order} has still not arrived, could you check where it is?
Order number {order}, placed on {date}, shows "shipped" but the tracking has not moved.
The tracking number is {tracking} and the site of the carrier does not know it.
Tracking: {tracking}
DHL {tracking} was delivered to a neighbour whom I do not know.
Where is my parcel? It is late.
I received the blue lamp instead of the green one (ref. {sku}).
Please send the invoice {invoice} again, to {email}.
My VAT number is {vat} and the invoice shows the wrong one.
Could you refund the {price} to IBAN {iban}?
IBAN: {iban}
The refund has to go to {iban}, the account of my wife.
You can reach me at {phone} between 9am and 5pm.
Phone: {phone}
My number is {phone}, please call after 18:00.
The address is 12 bis rue de l'Église, 75011 Paris, 3rd floor, door code is on the intercom.
Please deliver to Flat 4B, 221 Baker Street, London NW1 6XE.
The article {sku} is out of stock since {date}.
Does the {sku} fit a socket E27 with 230V and 60W?
What is the difference between {sku} and {sku}?
ISBN {isbn} arrived with torn pages.
The book (ISBN {isbn}) is the wrong edition.
The serial number on the back is {serial}.
Serial no. {serial}, bought on {date}.
S/N: {serial}
EAN {ean}, please tell me the weight.
IMEI {imei} is locked, can you help?
We run PrestaShop {version} with PHP {version} and the module {version}.
After the update from {version} to {version} the checkout is blank.
Magento {version}, MySQL {version}, Elasticsearch {version}.
The module breaks on PHP8.2 but works with PHP 7.4.
I use Windows11 and Firefox {version}.
It happens on my iPhone15 and on my wife's Galaxy S23 Ultra.
My iPad Pro 12.9 (iOS17.5) shows a white page.
Checksum: {sha256}
The SHA-256 of the zip is {sha256}, yours says {sha256}.
sha1 {sha1} does not match the file I downloaded.
MD5 {md5} is what I get after the download.
It started with commit {sha1}.
Since {short} the build fails, {short} was fine.
git bisect says {sha1} is the first bad commit
integrity sha512-{base64} does not match
Please see https://github.com/example/module/issues/{small} for the same error.
The page https://shop.example/en/lamps/{small}-desk-lamp-{sku}.html gives a 404.
https://shop.example/index.php?id_product={small}&id_product_attribute={small}#/size-l
The link https://www.youtube.com/watch?v=dQw4w9WgXcQ explains it well.
You find the screenshots at https://drive.example.com/file/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT/view?usp=sharing
I wrote to {email} twice and nobody answered.
My e-mail address is {email}, not {email}.
E-mail: {email}
The file IMG_{small}_2024.jpg is attached.
See Screenshot_2024-05-17_at_10.42.33.png and error_log-{date}.txt.
The error is "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'shop.ps_configuration' doesn't exist".
Fatal error: Uncaught Error: Call to undefined method Cart::getOrderTotalV2() in /var/www/html/modules/example/example.php:{small}
Undefined array key "id_address_delivery" in CartController.php on line {small}
Notice: Undefined index: key in /home/shop/public_html/classes/Tools.php:{small}
Duplicate entry '{small}-1' for key 'PRIMARY'
Duplicate entry '{small}-{small}-0' for key 'ps_category_product.PRIMARY'
Uncaught TypeError: Cannot read properties of undefined (reading 'map') at main.{short}.js:1:{small}
Error code: 0x80070057
ERR_SSL_PROTOCOL_ERROR when I open the shop with https.
The response was HTTP/1.1 500 Internal Server Error with request id {uuid}.
Request ID: {uuid}
Ray ID: {ray}
The transaction {uuid} was charged twice.
PayPal transaction {paypal} is pending.
Stripe shows the payment pi_{base62} as succeeded.
The charge ch_{base62} was refunded on {date}.
My licence number is LIC-{small}-{small}-{small}.
The coupon SUMMER20 is refused in the cart.
Use the code WELCOME10 for ten percent off, it says, but nothing happens.
The voucher {voucher} says it has expired.
The gift card code {voucher} does not work.
My customer number is {small}{small}.
My loyalty card number is {loyalty}.
The price went from {price} to {price} overnight.
I paid {price} by bank transfer on {date}, reference {order}.
It measures 120x80x45cm and weighs 12.5kg.
I need 3x the 25mm and 2x the 40mm version.
The lamp hums at 50Hz and flickers at 10%.
The cable is 1.5m long and should be 3m.
I ordered 2 and got 3, what shall I do with the third one?
It is 100% cotton, but the label says 60/40.
The delivery window was 8-12h and nobody came.
The size 42 1/2 is too small, can I exchange it for 43?
The colour #ff8800 in the theme does not look like the photo.
In custom.css I wrote .header{margin:0auto;padding:10px!important} and it has no effect.
I added {$product.price|number_format:2} to the template and get an error.
The hook displayHeader2 is not called in the theme.
The method getProductByEan13() returns false.
The class AdminOrdersController2 was not found.
Could you add support for OAuth2 and 2FA?
Does it support TLS1.3 and AES256?
Is the module compatible with WPA2 terminals?
Can I use IPv6 with it?
I forgot my password and the reset mail does not arrive.
I cannot log in, it says the password is wrong.
My password is not accepted any more.
The password is correct, I checked it three times.
Password reset does not work.
Password: forgotten.
The password field stays empty after I press the button.
How do I change my password?
The password must have at least 8 characters and one digit.
Your site asks for a password with 12 characters, is that necessary?
I changed my password yesterday and since then nothing works.
The password was changed by my colleague.
The error says "password incorrect" although it is right.
It says: Invalid password. Please try again.
Error: the password you entered for the username {email} is incorrect.
I never got the password for the back office.
Please send me a new password to {email}.
Where can I find the API key of the module?
The API key is invalid, says the log.
The API key is missing in the settings.
The token has expired, what now?
Token expired: please log in again.
The log shows "token mismatch" when I submit the form.
invalid_token: The access token expired
CSRF token mismatch.
The secret is that it works only in Chrome.
Which key opens the cabinet {sku}?
One key of the keyboard is missing.
The Enter key does not work in the search field.
I lost the key for the lock {sku}.
Press the key F5 or Ctrl+F5 to reload.
The key point is that it worked before {date}.
The translation key shop.checkout.title2 is missing in French.
Login is not possible since {version}.
After the login I see a white page.
I can log in on my phone but not on my PC with Windows10.
When I sign in with Google I get error 403.
My username is {email}.
My user name is anna_keller and the shop does not know it.
My account {email} is locked.
The admin page loads for 30s and then shows a 502.
I logged in as admin and changed the price to {price}.
The user admin2 has no right to delete orders.
Please delete my account {email} and all data (GDPR Art.17).
The FTP upload stops at 99% with error 550.
SSH works on port 2222, SFTP does not.
Our server has 8GB RAM, 4vCPU and Debian12.
The database ps_shop17 has {small} tables.
The PIN of the device cannot be entered on the screen.
There is a bent pin on the connector, pin 13 I think.
I pass the shop every day, can I pick it up?
The pass for the exhibition has not arrived.
Does the boarding pass A12 belong to the order {order}?
Can you recommend something like the Desk-Lamp3000 or LampX2?
The Model3 charger and the WallBox22kW do not fit.
Thanks for the quick answer, 5/5!
Great service!!! 10/10
Hello, when will size M be back?
I would like to return both items.
The zip is broken and the colour is wrong.
Is there a showroom in Lyon or Berlin?
Please cancel my order, I ordered twice.
It should be here by Friday 17:30 at the latest.
The last 4 digits of my card are 4242.
My card ending in 1881 was charged {price} twice.
Paid with VISA **** **** **** 4242 on {date}.
The card was refused with code 05.
password: ********
DB_PASSWORD=<your password>
The settings say PASSWORD=xxxxx in the example, is that right?
The option 'password' => env('DB_PASSWORD') is in the file, is that fine?
I would like {small} pieces of {sku} for our office, is there a discount?
The certificate expires on {date}, fingerprint SHA256:{base64}
ssh-ed25519 is not accepted by your server, only rsa-sha2-512.
The MAC address of the device is {mac}.
Server 192.168.178.24:8080 does not answer.
The IP {ip} was blocked by your firewall.
User agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0
Content-Type: text/html; charset=UTF-8
[2024-05-17 10:42:33] production.ERROR: Undefined variable $total2 {"exception":"[object] (ErrorException(code: 0)"}
at Object.onclick (https://shop.example/themes/classic/assets/js/theme.{short}.js:{small}:{small})
docker run -p 8080:80 prestashop/prestashop:{version}
composer require example/module:^{version}
npm ERR! code ERESOLVE while resolving lit@{version}
SELECT id_order, reference FROM ps_orders WHERE id_order = {small};
The cron job */15 * * * * runs but nothing happens.
A1B2C3 is printed on the box, what does it mean?
Batch L{small}B, best before {date}.
Can you send the part M8x40-A2 for the table KALLAX-{small}?
The plug is type G (UK), I need type E/F.
Our company number is {small} {small} and the VAT rate is 20%.
We are open Mon-Fri 9:00-18:30.
See the attached file contract_v2_final(1).pdf.
I want to buy the {sku}, does it come with a 2-year warranty?
I am @anna_keller85 on Instagram, you saw my post #NewLamp2024.
C'est la commande {order}, passée le {date}, elle n'est toujours pas arrivée.
Le numéro de suivi {tracking} n'existe pas chez Colissimo.
Suivi : {tracking}
Ma commande n°{small} est bloquée depuis 3 jours.
Pouvez-vous m'envoyer la facture {invoice} à {email} ?
Mon numéro de téléphone est le {phonefr}.
Tél : {phonefr}
Le remboursement est à faire sur l'IBAN {iban}.
Notre SIRET est {siret}, merci de corriger la facture.
La référence {sku} est-elle disponible en 40x60cm ?
Le livre (ISBN {isbn}) est arrivé abîmé.
Numéro de série : {serial}
Nous utilisons PrestaShop {version} et PHP {version}.
Depuis la mise à jour {version}, la page de paiement est blanche.
J'ai oublié mon mot de passe et je ne reçois pas le mail.
Mon mot de passe est refusé.
Le mot de passe est incorrect alors que je viens de le changer.
Mot de passe oublié : le lien ne marche pas.
Mot de passe perdu, comment faire ?
Le mot de passe doit contenir au moins 8 caractères dont 1 chiffre.
Comment changer de mot de passe ?
Je n'arrive plus à me connecter avec mon adresse {email}.
Mon identifiant est {email} et le site ne le reconnaît pas.
Mon compte client {small} est bloqué.
Où se trouve la clé API du module ?
La clé API est invalide d'après le journal.
La clé du meuble {sku} manque dans le colis.
Il manque la clé Allen de 6mm et 4 vis M6x30.
Le jeton a expiré, que faire ?
Erreur : jeton CSRF invalide.
Le code promo ETE2024 ne fonctionne pas.
Le code postal 75011 n'est pas accepté.
Le bon d'achat {voucher} est refusé.
La page https://boutique.example/fr/lampes/{small}-lampe.html affiche une erreur 404.
Le montant de {pricefr} a été débité deux fois.
J'ai payé {pricefr} par carte se terminant par 4242.
Le code PIN de ma carte n'est jamais demandé, est-ce normal ?
L'adresse : 14 ter avenue de la République, bâtiment B2, 69003 Lyon.
Livraison prévue entre 8h et 12h30, personne n'est venu.
La taille 38/40 est trop petite, je voudrais un 42.
L'ampoule E14 de 40W ne convient pas à la lampe {sku}.
Le module 'ps_emailsubscription' version {version} ne s'installe pas.
Erreur 500 sur /admin123/index.php après connexion.
Le fichier facture_{small}.pdf est vide.
Merci pour votre réponse rapide, tout est arrivé !
Bonjour, je souhaite retourner les deux articles.
Avez-vous une boutique à Marseille ?
Je voudrais annuler ma commande, je l'ai passée deux fois.
Le colis {tracking} a été livré chez un voisin.
Voici le message : « Une erreur est survenue (code 1062) ».
La somme SHA-256 {sha256} ne correspond pas à la vôtre.
J'utilise Chrome {version} sous Windows11.
Le passe-partout livré avec le cadre 30x40 est rayé.
Je passe devant la boutique demain vers 17h15.
Le mot de passe du wifi n'est pas indiqué dans le mode d'emploi.
Je vous ai écrit le {date} sans réponse.
Mon numéro client est C{small}-{small}.
La garantie est-elle de 2ans ou de 5ans pour la {sku} ?
L'accès admin ne marche plus depuis {date}.
Est-ce que le module gère l'authentification 2FA ?
Ich habe mein Passwort vergessen.
Das Passwort ist falsch, sagt die Seite.
Die Bestellung {order} ist noch nicht da.
Die Sendungsnummer lautet {tracking}.
Der Gutschein {voucher} wird nicht angenommen.
He olvidado la contraseña y no recibo el correo.
La contraseña es incorrecta.
El número de seguimiento es {tracking}.
Ho dimenticato la password.
La password è errata.
Il numero d'ordine è {order}.
`
  .trim()
  .split('\n');

/** What else people write before and behind a sentence. */
const BEFORE = ['', '', '', 'Hello, ', 'Hi, ', 'Bonjour, ', 'Hello,\n\n', 'Good morning. ', 'Dear team, '];
const BEHIND = [
  '',
  '',
  '',
  ' Thank you.',
  ' Thanks!',
  '\n\nKind regards\nAnna Keller',
  ' Merci.',
  ' Please help.',
  '\n\nCordialement,\nJulien Petit',
];

/** So many sentences without a secret. `part`: made from those at even places, at odd ones, or from all. */
export function plainSentences(count: number, seed: number, part: 'tuned' | 'held-out' | 'all' = 'all'): string[] {
  const values = new SecretValues(seededRandom(seed));
  const frames = SENTENCES.filter((_, at) => part === 'all' || (at % 2 === 1) === (part === 'held-out'));
  return Array.from({ length: count }, (_, at) => {
    const sentence = (frames[at % frames.length] as string).replace(/\{(\w+)\}/g, (whole, kind: string) => FILLED[kind]?.(values) ?? whole);
    return values.pick(BEFORE) + sentence + values.pick(BEHIND);
  });
}

const two = (v: SecretValues, limit: number) => String(1 + v.below(limit)).padStart(2, '0');

const FILLED: { [kind: string]: (v: SecretValues) => string } = {
  order: (v) =>
    v.pick([
      `#${v.digits(6)}`,
      v.chars('ABCDEFGHJKLMNPQRSTUVWXYZ', 9),
      `${v.digits(9)}`,
      `FR-2024-${v.digits(5)}`,
      `W${v.digits(8)}`,
      `A-${v.digits(4)}`,
      `${v.digits(3)}-${v.digits(7)}-${v.digits(7)}`,
    ]),
  tracking: (v) =>
    v.pick([
      `1Z${v.upper(6)}${v.digits(10)}`,
      `6A${v.digits(11)}`,
      `JJD${v.digits(18)}`,
      `RR${v.digits(9)}FR`,
      v.digits(20),
      v.digits(12),
      `${v.digits(4)} ${v.digits(4)} ${v.digits(4)}`,
      `XS${v.digits(9)}DE`,
      `8R${v.digits(11)}`,
    ]),
  sku: (v) =>
    v.pick([
      `LMP-${v.digits(4)}-BL`,
      `AB${v.digits(5)}`,
      `${v.digits(3)}.${v.digits(3)}.${v.digits(2)}`,
      `SKU-${v.upper(8)}`,
      `LX${v.digits(3)}-B`,
      `KX-${v.digits(2)}/W`,
      `ref${v.digits(4)}`,
      `demo_${v.digits(2)}`,
    ]),
  invoice: (v) => v.pick([`#IN${v.digits(6)}`, `FA${v.digits(6)}`, `2024-${v.digits(5)}`, `RE-${v.digits(7)}`]),
  email: (v) =>
    v.pick(['anna.keller85@example.com', 'julien_petit@orange.example', 'info@lamp-shop.example', 'a.b+shop2024@mail.example.org']),
  vat: (v) => v.pick([`FR${v.digits(11)}`, `DE${v.digits(9)}`, `ESB${v.digits(8)}`, `IT${v.digits(11)}`]),
  iban: (v) =>
    v.pick([
      `FR76 ${v.digits(4)} ${v.digits(4)} ${v.digits(4)} ${v.digits(4)} ${v.digits(4)} ${v.digits(3)}`,
      `DE${v.digits(20)}`,
      `DE${v.digits(2)} ${v.digits(4)} ${v.digits(4)} ${v.digits(4)} ${v.digits(4)} ${v.digits(2)}`,
      `GB29NWBK${v.digits(14)}`,
    ]),
  price: (v) => v.pick([`€${v.digits(2)}.90`, `$1,${v.digits(3)}.00`, `${v.digits(3)},00 €`, `£${v.digits(2)}`, `${v.digits(2)}.99USD`]),
  pricefr: (v) => v.pick([`${v.digits(2)},90 €`, `${v.digits(3)}€`, `1 ${v.digits(3)},00 euros`]),
  phone: (v) =>
    v.pick([
      `+44 20 7946 ${v.digits(4)}`,
      `(0)30 ${v.digits(8)}`,
      `+1 (555) ${v.digits(3)}-${v.digits(4)}`,
      `0${v.digits(9)}`,
      `+49 151 ${v.digits(8)}`,
    ]),
  phonefr: (v) =>
    v.pick([
      `06 ${v.digits(2)} ${v.digits(2)} ${v.digits(2)} ${v.digits(2)}`,
      `+33 6 ${v.digits(8)}`,
      `01.${v.digits(2)}.${v.digits(2)}.${v.digits(2)}.${v.digits(2)}`,
    ]),
  isbn: (v) =>
    v.pick([
      `978-2-07-${v.digits(6)}-${v.digits(1)}`,
      `978${v.digits(10)}`,
      `3-16-${v.digits(6)}-X`,
      `979 10 ${v.digits(4)} ${v.digits(3)} ${v.digits(1)}`,
    ]),
  serial: (v) =>
    v.pick([
      `SN${v.digits(10)}`,
      v.upper(12),
      `${v.upper(4)}-${v.upper(4)}-${v.upper(4)}`,
      `C02${v.upper(9)}`,
      `${v.digits(2)}${v.upper(6)}${v.digits(4)}`,
    ]),
  ean: (v) => v.pick([`40${v.digits(11)}`, `36${v.digits(11)}`, `50${v.digits(11)}`]),
  imei: (v) => {
    const body = `35${v.digits(12)}`;
    return body + checkDigit(body);
  },
  version: (v) =>
    v.pick([
      `8.${v.below(3)}.${v.below(9)}`,
      `1.7.8.${v.below(11)}`,
      `2.4.${v.below(8)}-p${v.below(9)}`,
      `v${v.below(20)}.${v.below(20)}.${v.below(9)}`,
      `${v.below(130)}.0.${v.digits(4)}.${v.digits(2)}`,
      `3.${v.below(9)}.0-rc${v.below(4)}`,
    ]),
  date: (v) =>
    v.pick([
      `${two(v, 28)}/${two(v, 12)}/2024`,
      `2024-${two(v, 12)}-${two(v, 28)}`,
      `${two(v, 28)}.${two(v, 12)}.24`,
      `${two(v, 28)} May`,
      `May ${two(v, 28)}th`,
    ]),
  sha256: (v) => v.hex(64),
  sha1: (v) => v.hex(40),
  md5: (v) => v.hex(32),
  short: (v) => v.hex(8),
  base64: (v) => v.base64(44),
  uuid: (v) => `${v.hex(8)}-${v.hex(4)}-4${v.hex(3)}-a${v.hex(3)}-${v.hex(12)}`,
  ray: (v) => `${v.hex(16)}-CDG`,
  paypal: (v) => v.upper(17),
  base62: (v) => v.base62(24),
  voucher: (v) => v.pick([`${v.upper(4)}-${v.upper(4)}-${v.upper(4)}`, v.upper(8), `NOEL${v.digits(2)}`, `BDAY-${v.upper(6)}`]),
  loyalty: (v) => v.pick([v.digits(13), `${v.digits(4)} ${v.digits(4)} ${v.digits(2)}`]),
  siret: (v) => `${v.digits(3)} ${v.digits(3)} ${v.digits(3)} ${v.digits(5)}`,
  mac: (v) => Array.from({ length: 6 }, () => v.hex(2)).join(':'),
  ip: (v) => `203.0.113.${v.below(255)}`,
  small: (v) => String(100 + v.below(9_900)),
};
