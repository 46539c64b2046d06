/** One state of an element or a page: the pages below have all that people can meet. */
export interface State {
  /** Element or page, and what it is in: unique. */
  name: string;
  /** The part of the name before the colon. No two markers of it hold at once. */
  of: string;
  /** Story whose play function reaches it; undefined for what needs a server, which a walk of `test/states/` reaches under this name. */
  story?: string;
  /**
   * What there is to see in this state and in no other of the same element or page: selectors that each find something visible in some
   * open root, joined by ` && `; one after `!` finds nothing
   * visible; one before ` ~ ` has this in its value or text.
   */
  marker: string;
  /** The part of the page that is ours; all of it otherwise. */
  within?: string;
}

const named = (of: string, id: string): Pick<State, 'name' | 'of'> => ({ name: `${of}: ${id.replaceAll('-', ' ')}`, of });

/** States of an element by the ids of its stories. */
const stories = (of: string, markers: Record<string, string>): State[] =>
  Object.entries(markers).map(([id, marker]) => ({ ...named(of, id), story: `${of}--${id}`, marker, within: '#storybook-root' }));

/** States of pages of the real server. */
const walked = (of: string, markers: Record<string, string>, within?: string): State[] =>
  Object.entries(markers).map(([id, marker]) => ({ ...named(of, id), marker, ...(within && { within }) }));

const failed = (code: string, more = '') => `[part=error][data-code=${code}]${more}`;
const none = (...selectors: string[]) => selectors.map((selector) => `!${selector}`).join(' && ');

/** A form with nothing in it but what somebody has written or chosen. */
const FORM = `[data-state=ready] form && ${none('[part=counter]', '[part=note]', '[part=other-ways][open]', 'li', '[aria-invalid]', '[part=restored]')}`;
const LIST = `[part=ticket] && ${none('[part=tools][open]', 'li:nth-child(40)', '[part=error]', '[part=opened]')}`;
const TOOLS = '[part=tools][open] [part=kept]';
const THREAD = `[part=message] && ${none('[part=reply]', '[part=error]', '[part=earlier]', 'support-vault')}`;
const REPLY = `form[part=reply] && ${none('[part=pending]', '[data-code=secret]', '#comment', '[part=reopen]', 'p[part=rating]', '[part=close][open]')}`;
const LENT = `[part=record][data-state=active] && ${none('[part=audit][open]')}`;
const ENTRY = `[data-send] && ${none('[data-summary]', '[data-code]')}`;

export const STATES: readonly State[] = [
  ...stories('support-field', {
    text: 'input[aria-required]:not([readonly], [aria-invalid], [type=email], [type=checkbox])',
    wrong: '[part=error]',
    optional: 'label .soft',
    email: '[type=email]',
    textarea: 'textarea',
    checkbox: '[type=checkbox]:checked',
    select: 'select',
    readonly: 'input[readonly]',
  }),
  ...stories('support-attachments', {
    empty: '[part=zone] && !li',
    sent: '[data-state=done]:only-child:not(.pictured) [part=remove]:enabled && [part=file] ~ note.txt && ![part=error]',
    uploading: '[data-state=uploading]:only-child progress',
    queued: '[data-state=queued]',
    failed: '[data-state=failed] [part=retry]',
    refused: '[data-state=refused]:only-child',
    'too-large': '[data-state=refused] + [data-state=done]',
    'picture-cleaned': '[data-state=done] canvas && [part=smaller]',
    'picture-made-smaller': '[data-state=done] canvas && ![part=smaller]',
    'picture-that-cannot-be-cleaned': '[data-state=asking] [part=as-is]',
    'hidden-data-stay': '[data-state=done] ~ bill.pdf',
    'missing-after-a-reload': '[data-state=missing] [part=choose]',
    wrong: '[part=error]',
    readonly: '[part=remove]:disabled',
  }),
  ...stories('support-form', {
    loading: '[aria-busy=true]',
    empty: `${FORM} && [role=radiogroup]:not(:has(:checked)) && support-field[id=orderReference]`,
    'pre-sale': `${FORM} && !support-field[id=orderReference]`,
    'one-contact': `${FORM} && ![role=radiogroup]`,
    'filled-in': `${FORM} && [part=control] ~ A-1024`,
    'by-the-same-person': `${FORM} && [part=control] ~ ann@example.com && ![part=control] ~ A-1024`,
    'contact-that-keeps-nothing': '[part=note] && support-attachments',
    'without-files': '[part=note] && !support-attachments',
    'other-ways': '[data-state=ready] [part=other-ways][open]',
    'wrong-address': '[data-state=ready] && [type=email][aria-invalid]',
    'near-the-limit': '[part=counter]:not(.over)',
    'file-sent': '[data-state=ready] && [part=file][data-state=done]',
    'restored-draft': '[part=restored]',
    'waiting-list': '[part=waiting-entry]',
    'fields-to-correct': failed('invalid-fields', ':has(li + li + li)'),
    'too-long': failed('invalid-fields', ':not(:has(li + li))'),
    'address-looks-mistyped': failed('typo'),
    'secret-noticed': failed('secret'),
    sending: '[data-state=sending] && ![part=file]',
    'waiting-for-files': '[data-state=sending] && [data-state=uploading]',
    'files-missing': '[part=error] [part=send-without]',
    'server-down': failed('network', '.calm'),
    unconfirmed: failed('network', ':not(.calm)'),
    'server-error': failed('internal'),
    'too-many': failed('rate-limited', ' [part=countdown]'),
    offline: failed('offline'),
    'saved-not-sent': failed('unavailable'),
    'earlier-version-found': failed('idempotency-mismatch'),
    receipt: '[part=number]',
    'desk-not-reached': '[data-state=broken] [part=retry]',
    'wrong-tag': '[data-state=broken] [part=mend] && ![part=retry]',
  }),
  ...stories('support-launcher', {
    button: 'support-launcher:not([position=corner], [open]) && ![part=unread]',
    'in-the-corner': 'support-launcher[position=corner]',
    'new-answers': '[part=base] [part=unread] && !dialog',
    dialog: 'dialog[open] support-form',
    tickets: 'dialog[open] support-tracker',
  }),
  ...stories('support-tracker', {
    loading: '.skeleton && ![part=tools][open]',
    empty: '[part=empty] && ![role=status] .notice',
    tickets: LIST,
    hundreds: 'li:nth-child(40) [part=ticket]',
    'opened-ticket': '[part=opened]',
    tools: `${TOOLS} && #email && ${none('[part=not-here]', '[part=error]')}`,
    'number-not-here': '[part=not-here]',
    'link-sent': '[part=account] [role=status] .notice',
    'asked-elsewhere': '[part=account] .notice[role=alert]',
    'signed-in': '[part=session]',
    'server-down': failed('network'),
    offline: failed('offline'),
    'cannot-be-followed': '[data-state=absent]',
  }),
  ...stories('support-thread', {
    loading: '.skeleton',
    waiting: `${THREAD} && canvas`,
    new: '[part=due]:not(.late)',
    late: '[part=due].late',
    long: '[part=earlier]',
    'huge-picture': '[part=preview][data-state=refused]',
    answering: `${REPLY} && !li:nth-child(4)[part=message]`,
    replied: `${REPLY} && li:nth-child(4)[part=message]`,
    'secret-noticed': '[data-code=secret]',
    sending: '[part=pending] && ![part=send-now]',
    'not-sent': '[part=pending] [part=send-now]',
    closed: '[part=reopen]',
    closing: '[part=close][open]',
    rating: '#comment',
    rated: 'p[part=rating]',
    'access-asked-for': 'support-vault && [part=request]',
    'not-here': failed('not-found'),
    'server-down': failed('network'),
  }),
  ...stories('support-vault', {
    'nothing-asked': '[part=none] && !form[part=offer]',
    asked: `[part=request][data-state=asked] [part=decline] && ${none('[part=page]', '[part=error]')}`,
    'in-a-window-of-its-own': 'a[part=page].main',
    'offers-welcome': 'form[part=offer] && ![data-problem]:not(:empty)',
    'nothing-offered': '[data-problem]:not(:empty)',
    offered: '[part=request][data-state=offered]',
    sent: `${LENT} && ![part=record] ~ Dana K.`,
    'open-now': `${LENT} && [part=record] ~ Dana K.`,
    opened: '[part=audit][open]',
    'what-is-left-to-do': '[part=after-care]',
    unreachable: '[part=error]',
  }),
  ...stories('vault-lend', {
    'choose-what': '[name=kind] && ![data-send]',
    'admin-panel': `${ENTRY} && #f-secondFactor && !#f-password[type=text]`,
    'key-line-first': `${ENTRY} && #f-vendorKey && #f-auth`,
    ftp: `${ENTRY} && #f-protocol`,
    database: `${ENTRY} && #f-database`,
    'api-key': `${ENTRY} && #f-service`,
    file: `${ENTRY} && [data-field=file] && !#f-sha256`,
    'something-else': '#n-1',
    'made-password': '#f-password[type=text]',
    'looks-wrong': '[data-summary]',
    sent: '[data-sent] && [data-revoke]',
    'not-sent': '[data-code=network]',
    deleted: '[data-sent] && ![data-revoke]',
    'something-lies-over-it': '[data-veil=true]',
    'unknown-key': '[data-code=signer-unknown]',
    'open-for-too-long': '[data-code=gone]',
  }),
  ...stories('vault-rows', {
    hidden: `[data-show] && ${none('[data-value]', '.spelled')}`,
    shown: '[data-value]:not(:has(li)) && !.spelled',
    'spelled-out': '.spelled',
    'without-a-secret': 'dl && ![data-show]',
  }),
  ...walked('server', {
    'no-mail': '.paper .empty',
    'desk-page': 'h1 + support-tracker',
    interface: 'nav ol .method',
    mails: 'ul.mails li',
    'a-mail': '.paper dl',
  }),
  ...walked('form page', {
    'to-correct': '.problem[role=alert] && .plain-form',
    held: '.stack > .soft && !form && !a.button',
    'to-confirm': '[name=answer][value=confirm]',
    sent: 'dl.number',
    over: 'a.button && !.number',
  }),
  ...walked(
    'doctor',
    { 'all-is-well': 'section h2 && !li[data-weight=problem]', 'in-the-way': 'li[data-weight=problem]' },
    'support-doctor',
  ),
  ...walked('shop page', { 'lending-in-a-frame': 'iframe', lent: '[part=record][data-state=active] && !iframe' }, 'support-tracker'),
  ...walked('vault page', {
    'choose-what': '[name=kind] && ![data-send]',
    'type-it': '[data-send] && ![data-summary]',
    'to-correct': '[data-summary]',
    sent: '[data-sent]',
    'no-pass': '[role=alert][data-code]',
  }),
  ...walked('agents’ vault', {
    'sign-in': '[aria-labelledby=sign-in] && ![data-problem]',
    'sign-in-refused': '[aria-labelledby=sign-in] && [data-problem]',
    'key-missing': '[data-lacking]',
    'no-device': '[data-make] && ![data-lacking]',
    'letting-in': '[data-newcomer]',
    'nothing-lent': `[data-ask] && ${none('[data-make]', '[data-newcomer]', '[data-record]', '[data-request]')}`,
    asked: '[data-request=asked] && ![data-record]',
    why: '[data-open-now]',
    opened: '[data-opened] && ![data-value]',
    shown: '[data-value]',
  }),
  ...walked('inbox', {
    'set-up': 'inbox-set-up && .secret && ![aria-invalid=true]',
    'set-up-refused': '#code[aria-invalid=true]',
    'link-over': 'inbox-set-up && !.secret && .problem',
    'sign-in': 'main.card #email && !.problem && !.muted ~ session has ended',
    'sign-in-refused': 'main.card #email && .problem',
    'no-desk': 'main > .empty:last-child && !inbox-queue',
    'empty-queue': '.foot.muted && #search:placeholder-shown && !details[open]',
    queue: 'li a[aria-current] && .place .empty && !details[open] && !dialog[open]',
    filters: '.tools details[open] && li a[aria-current]',
    'nothing-found': '.foot.muted && #search:not(:placeholder-shown)',
    account: 'dialog[open] #passkey',
    shortcuts: 'dialog[open] kbd',
    ticket: `#text && ${none('details[open]', 'dialog[open]', '.done:not(:empty)', 'li.note', '.newer', '[aria-labelledby=access]', '.thread ~ █')}`,
    manage: '#reason',
    redaction: 'dialog[open] #area && !.danger',
    'redaction-chosen': 'dialog[open] .danger',
    'blacked-out': '.thread ~ █ && !form.note && !li.note',
    note: 'form.note',
    'something-newer': '.newer && ![part=file]',
    'with-a-file': '.newer && [part=file]',
    answered: 'li.note && !.newer && ![aria-labelledby=access]',
    'access-offered': '[aria-labelledby=access] [data-state=offered]',
    'access-lent': '[aria-labelledby=access] [data-state=active] && !.thread ~ Solved by phone',
    closed: '.thread ~ Solved by phone && #text',
    'session-ended': 'main.card .muted ~ session has ended',
  }),
];
