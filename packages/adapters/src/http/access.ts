import type { AccessOptions, AccessPort, AccessRecord, AccessRequest } from '@storefront-support/contract';
import { own } from '../own.js';
import { isAuditExport, isRecordAnswer, isRequestAnswer, isTicketAccess, isVaultPass } from './access-answers.js';
import { askingOf } from './asking.js';
import type { VerbContext } from './verbs.js';

/** What lends access on tickets that exist. Loaded at first use. */
export function createAccess(context: VerbContext): AccessPort {
  const { ask } = askingOf(context);
  const requestIn = async (path: string, options: AccessOptions, body: object): Promise<AccessRequest> =>
    (await ask(isRequestAnswer, 'POST', path, options, body)).request;
  const recordIn = async (method: 'PATCH' | 'PUT' | 'DELETE', path: string, options: AccessOptions, body?: object): Promise<AccessRecord> =>
    (await ask(isRecordAnswer, method, path, options, body)).record;
  const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });

  return {
    getAccess: (number, options) => ask(isTicketAccess, 'GET', pathOf(number), options),
    openVault: (number, id, options) => ask(isVaultPass, 'POST', `${pathOf(number, 'requests', id)}/passes`, options, {}),
    decline: (number, id, options) => requestIn(`${pathOf(number, 'requests', id)}/decline`, options, because(own(options).reason)),
    offer: (number, { kinds, reason }, options) => {
      const { key, token, signal } = own(options);
      const keys = { idempotencyKey: key };
      return ask(isRequestAnswer, 'POST', pathOf(number, 'offers'), { token, signal, keys }, { kinds, reason }).then(
        ({ request }) => request,
      );
    },
    withdraw: (number, id, options) => requestIn(`${pathOf(number, 'requests', id)}/withdraw`, options, because(own(options).reason)),
    changeExpiry: (number, id, expiresAt, options) => recordIn('PATCH', pathOf(number, 'records', id), options, { expiresAt }),
    revoke: (number, id, options) => recordIn('DELETE', pathOf(number, 'records', id), options),
    tickAfterCare: (number, id, done, options) => recordIn('PUT', `${pathOf(number, 'records', id)}/after-care`, options, { done }),
    getAudit: (number, options) => ask(isAuditExport, 'GET', pathOf(number, 'audit'), options),
  };
}

function pathOf(number: string, ...more: string[]): string {
  return [`/tickets/${encodeURIComponent(number)}/access`, ...more.map(encodeURIComponent)].join('/');
}
