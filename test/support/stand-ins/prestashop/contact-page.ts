import type { ShopContact, ShopOptions } from './shop-options.ts';
import type { ShopWords } from './shop-words.ts';

/** What is on one contact page. */
export interface ContactPage {
  words: ShopWords;
  /** Address the form is posted to. */
  action: string;
  contacts: ShopContact[];
  orders: { id: number; reference: string }[];
  email: string;
  message: string;
  upload: boolean;
  token: string;
  /** HTML of the consent to data processing; empty where none is asked for. */
  consent: string;
  notification: { error: boolean; messages: string[] } | null;
}

/** Text in HTML. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** The form of the contact page, with its wrapper, as a theme renders it. */
export function renderContactForm(markup: ShopOptions['markup'], page: ContactPage): string {
  return { classic, hummingbird, fallback }[markup](page);
}

const HONEYPOT_STYLE = `<style>
          input[name=url] {
            display: none !important;
          }
        </style>`;

/** Byte for byte what was recorded. */
function classic(page: ContactPage): string {
  const { words, notification } = page;
  const items = notification?.messages.map((message) => `                      <li>${message}</li>\n`).join('') ?? '';
  const alert = notification
    ? `          <div class="col-xs-12 alert ${notification.error ? 'alert-danger' : 'alert-success'}">
        <ul>
${items}                  </ul>
      </div>
`
    : '';
  const contacts = page.contacts
    .map(({ id, name }) => `                              <option value="${id}">${escapeHtml(name)}</option>\n`)
    .join('');
  const orders = page.orders
    .map(({ id, reference }) => `                                  <option value="${id}">${reference}</option>\n`)
    .join('');
  const order = orders
    ? `                  <div class="form-group row">
            <label class="col-md-3 form-control-label" for="id-order">${words.order}</label>
            <div class="col-md-6">
              <select id="id-order" name="id_order" class="form-control form-control-select">
                <option value="">${words.chooseOrder}</option>
${orders}                              </select>
            </div>
            <span class="col-md-3 form-control-comment">
              ${words.optional}
            </span>
          </div>
`
    : '';
  const file = page.upload
    ? `                  <div class="form-group row">
            <label class="col-md-3 form-control-label" for="file-upload">${words.attachment}</label>
            <div class="col-md-6">
              <input id="file-upload" type="file" name="fileUpload" class="filestyle" data-buttonText="${words.chooseFile}">
            </div>
            <span class="col-md-3 form-control-comment">
              ${words.optional}
            </span>
          </div>
`
    : '';
  const fields = `          <section class="form-fields">
        <div class="form-group row">
          <div class="col-md-9 col-md-offset-3">
            <h3>${words.title}</h3>
          </div>
        </div>
        <div class="form-group row">
          <label class="col-md-3 form-control-label" for="id_contact">${words.subject}</label>
          <div class="col-md-6">
            <select name="id_contact" id="id_contact" class="form-control form-control-select">
${contacts}                          </select>
          </div>
        </div>
        <div class="form-group row">
          <label class="col-md-3 form-control-label" for="email">${words.email}</label>
          <div class="col-md-6">
            <input
              id="email"
              class="form-control"
              name="from"
              type="email"
              value="${escapeHtml(page.email)}"
              placeholder="${words.emailHint}"
            >
          </div>
        </div>
${order}${file}        <div class="form-group row">
          <label class="col-md-3 form-control-label" for="contactform-message">${words.message}</label>
          <div class="col-md-9">
            <textarea
              id="contactform-message"
              class="form-control"
              name="message"
              placeholder="${words.messageHint}"
              rows="3"
            >${escapeHtml(page.message)}</textarea>
          </div>
        </div>
                  <div class="form-group row">
            <div class="offset-md-3">
${page.consent}            </div>
          </div>
      </section>
      <footer class="form-footer text-sm-right">
        ${HONEYPOT_STYLE}
        <input type="text" name="url" value=""/>
        <input type="hidden" name="token" value="${page.token}" />
        <input class="btn btn-primary" type="submit" name="submitMessage" value="${words.send}">
      </footer>
`;
  return `<section class="contact-form">
  <form action="${page.action}" method="post"${page.upload ? ' enctype="multipart/form-data"' : ''}>
${alert}${notification?.error === false ? '' : fields}  </form>
</section>`;
}

/** Structure and names of Hummingbird 2.0; a single contact is a hidden field there. */
function hummingbird(page: ContactPage): string {
  const { words, notification, contacts } = page;
  const items = notification?.messages.map((message) => `<li>${message}</li>`).join('') ?? '';
  const alert = notification
    ? `<div class="alert ${notification.error ? 'alert-danger' : 'alert-success'}" role="alert" tabindex="0"><ul class="mb-0">${items}</ul></div>`
    : '';
  const options = contacts.map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`).join('');
  const contact =
    contacts.length === 1
      ? `<input type="hidden" name="id_contact" value="${contacts[0]?.id}">`
      : `<div class="mb-3"><label class="form-label" for="id_contact">${words.subject}</label><select name="id_contact" id="id_contact" class="form-select">${options}</select></div>`;
  const fields = `<div class="form-fields">
    ${contact}
    <div class="mb-3"><label class="form-label" for="email">${words.email}</label><input id="email" class="form-control" name="from" type="email" value="${escapeHtml(page.email)}"></div>
    ${orderSelect(page, 'form-select')}
    ${page.upload ? `<div class="mb-3"><label class="form-label" for="fileUpload">${words.attachment}</label><input type="file" id="fileUpload" name="fileUpload" class="form-control"></div>` : ''}
    <div class="mb-3"><label class="form-label" for="message">${words.message}</label><textarea id="message" class="form-control" name="message" rows="3">${escapeHtml(page.message)}</textarea></div>
    ${page.consent}
  </div>
  <div class="form-footer"><input type="hidden" name="url" value=""><input type="hidden" name="token" value="${page.token}"><button class="btn btn-primary" type="submit" name="submitMessage">${words.send}</button></div>`;
  return `<section class="contact-form">
  <form action="${page.action}" method="post"${page.upload ? ' enctype="multipart/form-data"' : ''}>
  ${alert}${notification?.error === false ? '' : fields}
  </form>
</section>`;
}

/** Structure and names of the module's own template, whose wrapper is called as that of the page to sign in. */
function fallback(page: ContactPage): string {
  const { words, notification } = page;
  const items = notification?.messages.map((message) => `<li>${message}</li>`).join('') ?? '';
  const alert = notification
    ? `<div class="notification ${notification.error ? 'notification-error' : 'notification-success'}"><ul>${items}</ul></div>`
    : '';
  const options = page.contacts.map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`).join('');
  const fields = `<section class="form-fields">
      <label><span>${words.subject}</span><select name="id_contact">${options}</select></label>
      <label><span>${words.email}</span><input type="email" name="from" value="${escapeHtml(page.email)}"></label>
      ${orderSelect(page, '')}
      ${page.upload ? `<label><span>${words.attachment}</span><input type="file" name="fileUpload"></label>` : ''}
      <label><span>${words.message}</span><textarea cols="67" rows="3" name="message">${escapeHtml(page.message)}</textarea></label>
    </section>
    <footer class="form-footer">
        ${HONEYPOT_STYLE}
      <input type="text" name="url" value=""><input type="hidden" name="token" value="${page.token}">
      <button type="submit" name="submitMessage">${words.send}</button>
    </footer>`;
  return `<section class="login-form">
  <form action="${page.action}" method="post"${page.upload ? ' enctype="multipart/form-data"' : ''}>
    <header><h1 class="h3">${words.title}</h1></header>
    ${alert}${notification?.error === false ? '' : fields}
  </form>
</section>`;
}

function orderSelect({ words, orders }: ContactPage, className: string): string {
  if (orders.length === 0) return '';
  const options = orders.map(({ id, reference }) => `<option value="${id}">${reference}</option>`).join('');
  return `<label><span>${words.order}</span><select name="id_order" class="${className}"><option value="">${words.chooseOrder}</option>${options}</select></label>`;
}
