import { createHash } from 'node:crypto';
import { storedRows } from '../stored-rows.ts';
import { DRIVER, type Steps } from './drive.ts';
import type { HostPage } from './engines.ts';
import type { HostCase } from './host-case.ts';
import type { HostRoom, Received } from './host-room.ts';
import { WATCH } from './watch.ts';

const LIMIT_MS = 20_000;
const NONCE = 'shop';
/** Found nowhere but in what is written. */
const CANARY = 'Zq7wK9';
const ANSWERS = {
  'requester.name': `Žoë “${CANARY}” O’Neil`,
  'requester.email': `${CANARY.toLowerCase()}@example.com`,
  subject: `${CANARY} </script><!-- & {{7*7}} + 100% \\ '"`,
  message: `${CANARY} 🙂 田中 שלום\n\ttabs, \u2028 a line, "quotes" \\ & <b>tags</b> __proto__ %0d%0a\nend`,
};
const FILE = { name: `Ünï ${CANARY} 1.txt`, type: 'text/plain', text: `${CANARY}\r\n\tno: ä ß 🙂 ${'x'.repeat(400)}\n` };
const FALLBACK = 'mailto:hello@shop.example';

/** Puts the documents of a case into its shop. @param script address of the embed file. */
export function placeCase(room: HostRoom, host: HostCase, script: string, name = host.name): void {
  const filled = (policy: string) =>
    policy.replaceAll('{embed}', new URL(script, room.originOf(name)).origin).replaceAll('{api}', room.api);
  const headers: Record<string, string> = { ...host.headers };
  if (host.policy) headers['content-security-policy'] = filled(host.policy);
  if (host.reportOnly) headers['content-security-policy-report-only'] = filled(host.reportOnly);
  const tagName = host.tag ?? 'support-form';
  const tag = `<${tagName} endpoint="${room.endpointOf(name)}" desk="demo" ${host.attributes ?? ''}><a href="${FALLBACK}">Write to us</a></${tagName}>`;
  const inline = (code: string) => `<script nonce="${NONCE}">${code}</script>`;
  const ours = (host.script ?? `<script nonce="${NONCE}" type="module" src="{script}"></script>`)
    .replaceAll('{script}', script)
    .replaceAll('{again}', room.originOf('again') + new URL(script).pathname);
  const body = `${host.doctype ?? '<!doctype html>'}<html lang="en"><head><title>Lamp</title>${inline(`(${WATCH.toString()})()`)}${host.before ?? ''}${ours}</head>
<body>${(host.around ?? '{tag}').replaceAll('{tag}', tag)}${host.after ?? ''}${inline('hostWatch.begin()')}</body></html>`;
  if (host.walk === 'frame') {
    room.put(name, '/inner', { body, headers });
    const outer = `<!doctype html><title>Shop</title><iframe ${host.frame ?? ''} src="/inner" width="900" height="700"></iframe>`;
    room.put(name, '/', { body: outer });
  } else room.put(name, '/', { body, headers });
  room.put(name, '/elsewhere', { body: '<!doctype html><title>Elsewhere</title><p>Another page' });
}

/** Opens the page of a case, does what a person would, and resolves with everything that is not as it must be. */
export async function checkCase(room: HostRoom, page: HostPage, host: HostCase, name = host.name, limitMs = LIMIT_MS): Promise<string[]> {
  const wrong: string[] = [];
  const step = <K extends keyof Steps>(what: K, ...given: Parameters<Steps[K]>): Promise<string> =>
    drive(page, `${what}(${given.map((value) => JSON.stringify(value)).join()})`);
  const until: Until = (_, look, atMost = limitMs) => waitFor(look, atMost);
  await page.goto(`${room.originOf(name)}/`);
  if (host.walk === 'frame') await page.enterFrame();
  if (host.walk === 'try') await checkTried(host, page, step, until, wrong);
  else if (host.expected === 'told') await checkTold(host, page, step, until, wrong);
  else await checkWorks(room, host, name, page, step, until, wrong);
  const report = await page.evaluate('page', 'hostWatch.report().join("\\u0000")');
  const heard = [...report.split('\0').filter(Boolean), ...page.said.filter((line) => !line.includes('/favicon.ico'))];
  for (const line of heard) if (!host.ownDoing?.test(line) && !host.browserSays?.test(line)) wrong.push(line);
  const addresses = await page.evaluate(
    'page',
    `[location.href, ...(window.navigation ? navigation.entries() : []).map(({ url }) => url)].join("\\u0000")`,
  );
  for (const url of addresses.split('\0')) if (isSecret(url)) wrong.push(`what was written stands in the history: ${url}`);
  wrong.push(...leaks(room, name));
  return wrong;
}

/** The steps are written into a document once. */
async function drive(page: HostPage, call: string): Promise<string> {
  const answer = await page.evaluate('apart', `'hostSteps' in globalThis ? hostSteps.${call} : '\\0'`);
  return answer === '\0' ? page.evaluate('apart', `globalThis.hostSteps = (${DRIVER.toString()})(), hostSteps.${call}`) : answer;
}

type Step = <K extends keyof Steps>(what: K, ...given: Parameters<Steps[K]>) => Promise<string>;

/** False where it has not come about in time. The sentence is for who reads the code. */
type Until = (what: string, look: () => Promise<boolean>, atMostMs?: number) => Promise<boolean>;

async function waitFor(look: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (await look()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function checkTold(host: HostCase, page: HostPage, step: Step, until: Until, wrong: string[]): Promise<void> {
  if (host.says) {
    const said = await until('a message', async () => host.says!.test(await step('text')));
    if (!said) wrong.push(`it says ${JSON.stringify(await step('text'))}`);
  }
  if (!host.silent && !(await until('the event', async () => (await page.evaluate('page', 'String(hostWatch.failed())')) === 'true')))
    wrong.push('no support-error was heard');
  if (host.silent) await page.evaluate('apart', 'new Promise((done) => setTimeout(done, 300, ""))');
  const link = await until('the link', async () => (await step('link')) === FALLBACK);
  if (!link) wrong.push(`the fallback link: ${await step('link')}`);
}

/** Writes and sends where sending cannot be: people are told, and nothing is lost or submitted. */
async function checkTried(host: HostCase, page: HostPage, step: Step, until: Until, wrong: string[]): Promise<void> {
  if (!(await until('the form', async () => (await step('state')) === 'ready'))) return void wrong.push('the form is not there');
  await step('click', 'contact');
  await step('write', JSON.stringify(ANSWERS));
  if (host.late) await page.evaluate('page', `{${host.late}}; hostWatch.begin(); ''`);
  for (const key of ['subject', 'submit']) {
    const [x = 0, y = 0] = (await step('place', key)).split(' ').map(Number);
    await page.click(x, y);
    if (key === 'subject') await page.press('Enter');
  }
  const { says = /./ } = host;
  if (!(await until('a message', async () => says.test(await step('text'))))) wrong.push(`it says ${JSON.stringify(await step('text'))}`);
  await page.evaluate('apart', 'new Promise((done) => setTimeout(done, 300, ""))');
  for (const name of Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]) {
    const value = await step('value', name);
    if (value !== ANSWERS[name]) wrong.push(`${name} is ${JSON.stringify(value)} afterwards`);
  }
}

async function checkWorks(
  room: HostRoom,
  host: HostCase,
  name: string,
  page: HostPage,
  step: Step,
  until: Until,
  wrong: string[],
): Promise<void> {
  const click = async (what: string) => {
    const place = await step('place', what);
    const [x, y] = place.split(' ').map(Number);
    if (x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y)) return void wrong.push(place);
    await page.click(x, y);
  };
  if (host.tag === 'support-launcher') {
    if (!(await until('the launcher', async () => /^\d/.test(await step('place', 'launcher')))))
      return void wrong.push(await step('place', 'launcher'));
    await click('launcher');
  }
  const ready = await until('the form', async () => (await step('state')) === 'ready');
  if (!ready) return void wrong.push(`the form is ${(await step('state')) || 'not there'}: ${await step('text')}`);
  if (host.late) await page.evaluate('page', `{${host.late}}; hostWatch.begin(); ''`);
  if (host.late && !(await until('the form', async () => (await step('state')) === 'ready')))
    return void wrong.push('the form did not come back');
  // a dialog rises first
  await until('its place', async () => isPlace(await step('place', 'contact')));
  for (const part of ['contact', 'requester.name', 'files', 'message', 'submit']) {
    const place = await step('place', part);
    if (!isPlace(place)) wrong.push(place);
  }
  const inherited = await step('letters');
  if (inherited) wrong.push(inherited);
  if (wrong.length) return;
  await click('contact');
  await step('write', JSON.stringify({ ...ANSWERS, message: ANSWERS.message.slice(0, -1) }));
  await step('choose', FILE.name, FILE.type, FILE.text);
  await click('message');
  const focused = await step('toEnd', 'message');
  if (focused) wrong.push(focused);
  await page.press(ANSWERS.message.slice(-1));
  if (!host.keepsNothing && !(await until('a draft', async () => (await step('kept')).includes(ANSWERS.message))))
    wrong.push('what is written is not kept on this device');
  if (host.walk === 'back') {
    await page.goto(`${room.originOf(name)}/elsewhere`);
    await page.back();
    await until('what was written', async () => (await step('value', 'message')) === ANSWERS.message);
  }
  const written = await step('value', 'message');
  if (written !== ANSWERS.message) wrong.push(`the message is ${JSON.stringify(written)}`);
  const send = async () => {
    if (host.walk !== 'enter') return click('submit');
    await click('subject');
    await page.press('Enter');
  };
  await send();
  // what is brought back from before moves what is below it, under a click on its way
  if (!(await until('sending', async () => (await step('state')) !== 'ready', 1_000))) await send();
  const sent = await until('the receipt', async () => (await step('number')) !== '');
  if (!sent) return void wrong.push(`no receipt, but ${await step('state')}: ${await step('text')}`);
  wrong.push(...(await checkSent(room, name, await step('number'))));
  if ((await page.evaluate('page', 'String(hostWatch.failed())')) === 'true')
    wrong.push('no support-error may be heard where everything works');
}

/** What is wrong with what has arrived: byte by byte what was written, and nothing else. */
async function checkSent(room: HostRoom, name: string, number: string): Promise<string[]> {
  const wrong: string[] = [];
  const same = (what: string, is: unknown, must: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(must)) wrong.push(`${what} is ${JSON.stringify(is)}, not ${JSON.stringify(must)}`);
  };
  const requests = room.sent(name).filter(({ method }) => method !== 'OPTIONS');
  const of = (method: string, path: RegExp) => requests.filter((request) => request.method === method && path.test(request.url));
  const tickets = of('POST', /\/tickets$/);
  const [ticket] = tickets;
  const [create] = of('POST', /\/uploads$/);
  const patches = of('PATCH', /\/uploads\/[\w-]+$/);
  same('the number of posts', tickets.length, 1);
  same('the number of chunks', patches.length, 1);
  if (!ticket || !create || !patches[0]) return wrong;
  const id = patches[0].url.split('/').at(-1);
  const draft = {
    contactId: 'customer-service',
    kind: 'support',
    requester: { name: ANSWERS['requester.name'], email: ANSWERS['requester.email'] },
    subject: ANSWERS.subject,
    message: ANSWERS.message,
    attachmentIds: [id],
    locale: 'en',
  };
  same('the body', ticket.body.toString(), JSON.stringify({ draft }));
  const bytes = Buffer.from(FILE.text);
  same('the chunk', sha256(patches[0].body), sha256(bytes));
  same("the chunk's checksum", patches[0].headers['upload-checksum'], `sha256 ${createHash('sha256').update(bytes).digest('base64')}`);
  same("the chunk's place", patches[0].headers['upload-offset'], '0');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  same(
    'the metadata',
    create.headers['upload-metadata'],
    `filename ${base64(FILE.name)},type ${base64(FILE.type)},contact ${base64('customer-service')}`,
  );
  same('the length', create.headers['upload-length'], String(bytes.length));
  const secret = /^Bearer [\w-]{43}$/;
  for (const { headers, method } of [ticket, create, ...patches]) {
    if (!secret.test(headers.authorization ?? '')) wrong.push(`${method} has the authorization ${headers.authorization}`);
    if (headers.authorization !== ticket.headers.authorization) wrong.push('the requests have several secrets');
  }
  if (!/^[\w-]{16,128}$/.test(String(ticket.headers['idempotency-key']))) wrong.push(`the key is ${ticket.headers['idempotency-key']}`);
  if (!ticket.headers['support-proof']) wrong.push('the ticket has no proof of work');
  same('the content type', ticket.headers['content-type'], 'application/json');
  for (const { headers, url } of requests) {
    if (headers.cookie !== undefined) wrong.push(`${url} has a cookie`);
    if (headers['sec-fetch-mode'] !== undefined) same(`the mode of ${url}`, headers['sec-fetch-mode'], 'cors');
    same(`the referrer of ${url}`, headers.referer, `${room.originOf(name)}/`);
    same(`the origin of ${url}`, headers.origin, room.originOf(name));
  }
  const stored = await storedRows(
    room.server,
    `select t.subject, m.text, u.name, u.size, u.sha256 from ticket t
       join message m on m.desk_id = t.desk_id and m.ticket_id = t.id and m.seq = 1
       join upload u on u.ticket_id = t.id where t.number = ?`,
    number,
  );
  const [row] = stored;
  same('the number of stored files', stored.length, 1);
  same(
    'what is stored',
    [row?.['subject'], row?.['text'], row?.['name'], Number(row?.['size'])],
    [ANSWERS.subject, ANSWERS.message, FILE.name, bytes.length],
  );
  return wrong;
}

/** Where something of what was written, or any post, has come to the shop, or stands in an address. */
function leaks(room: HostRoom, name: string): string[] {
  const asked = room.asked(name);
  const wrong = asked.filter(({ method }) => method !== 'GET').map(({ method, url }) => `the shop got a ${method} of ${url}`);
  const holds = ({ url, headers, body }: Received) => [url, JSON.stringify(headers), body.toString()].some(isSecret);
  for (const request of asked) if (holds(request)) wrong.push(`what was written went to ${request.url}`);
  for (const { url, headers } of room.sent(name))
    if (isSecret(url + String(headers.referer))) wrong.push(`what was written stands in ${url}`);
  return wrong;
}

const isPlace = (text: string): boolean => /^[\d. -]+$/.test(text);

const isSecret = (text: string): boolean => decode(text).toLowerCase().includes(CANARY.toLowerCase());

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
