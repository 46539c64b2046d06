import type { AccessPort, CompleteTrackingPort, SignInPort } from '@storefront-support/contract';
import { own } from '../own.js';
import { askingOf } from './asking.js';
import { isOpenedSession, isThreadPage, isTicketPage } from './answers.js';
import { onDemand } from './on-demand.js';
import { pathOf } from './ticket-path.js';
import type { VerbContext } from './verbs.js';

/** What can be done with tickets that were sent. Loaded at first use. */
export interface Ports {
  tracking: CompleteTrackingPort;
  signIn: SignInPort;
  access: AccessPort;
}

/** What shows tickets is loaded with the first of them; what changes them, saves their files or signs in, and the stream, when it is called. */
export function createPorts(context: VerbContext): Omit<Ports, 'access'> {
  const { request, ask } = askingOf(context);
  const changes = onDemand(() => import('./ticket-changes.js').then(({ createChanges }) => createChanges(context)));
  const stream = onDemand(() => import('./live.js'));
  const openSession: SignInPort['openSession'] = (body, options) => ask(isOpenedSession, 'POST', '/sessions', options, body);

  /** A port whose other verbs are loaded with the first of them. */
  const port = <Name extends 'tracking' | 'signIn'>(name: Name, known: Partial<Ports[Name]>): Ports[Name] => {
    type Verbs = Record<string, (...given: unknown[]) => unknown>;
    const get = (verbs: Verbs, verb: string) =>
      verbs[verb] ?? (async (...given: unknown[]) => ((await changes(undefined))[name] as unknown as Verbs)[verb]?.(...given));
    return new Proxy(own(known) as unknown as Verbs, own({ get })) as unknown as Ports[Name];
  };

  return {
    tracking: port('tracking', {
      openDevice: openSession,
      listTickets: (options) => ask(isTicketPage, 'GET', `/tickets${query(options, 'status', 'cursor')}`, options),
      getThread: (number, options) =>
        ask(isThreadPage, 'GET', `${pathOf(number)}/messages${query(options, 'after', 'before', 'limit')}`, options),
      follow: async (options) => {
        const { follow } = await stream(undefined);
        return follow(context, request('GET', '/events', options), own(options));
      },
    }),
    signIn: port('signIn', { openSession }),
  };
}

function query<T extends object>(options: T, ...names: (keyof T & string)[]): string {
  const given = own(options);
  const members = names.filter((name) => given[name] !== undefined).map((name) => `${name}=${encodeURIComponent(given[name] as string)}`);
  return members.length > 0 ? `?${members.join('&')}` : '';
}
