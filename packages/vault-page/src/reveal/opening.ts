import { isSupportError, SupportError, type AccessRecord, type VaultErrorCode } from '@storefront-support/contract';
import { failureOf, openAccess, openFile, splitBody, type OpenedAccess } from '@storefront-support/vault/open';
import type { Secret } from '@storefront-support/vault/secret';
import { openTeamKey } from '@storefront-support/vault/team';
import type { AgentApi } from './agent-api.js';
import type { Device } from './device.js';

/** A record that is open, and the file that was lent with it. */
export interface Opened {
  access: OpenedAccess;
  file: Uint8Array<ArrayBuffer> | undefined;
  /** The same as it was sealed: one age file, or two. */
  sealed: Uint8Array[];
}

/** The team's key of an epoch, opened on this device. */
async function teamKey(api: AgentApi, desk: string, epoch: number, device: Device): Promise<Secret> {
  const { wrapped } = await api.identity(desk, epoch);
  return (await openTeamKey(fromBase64(wrapped), [await device.identity()])).identity;
}

/**
 * Asks for a record, opens it on this device and says what came of it. The team's key is opened before anything is released: who
 * lacks it uses nothing up.
 *
 * @throws {SupportError} what the server and what opening throw; a failure is acknowledged as what it is. An acknowledgement of
 *   success that is lost takes nothing away from who has it open
 */
export async function openRecord(
  api: AgentApi,
  { desk, ticket, record, reason, key }: { desk: string; ticket: string; record: AccessRecord; reason: string; key: string },
  device: Device,
): Promise<Opened> {
  const identity = await teamKey(api, desk, record.epoch, device);
  const reveal = await api.open(desk, record.id, reason, key);
  const body = await api.sealed(desk, reveal.id);
  let opened: Opened;
  try {
    const { record: sealed, file } = splitBody(body, reveal.fileBytes);
    // what was asked for, and not what the server says that it has handed out
    const asked = { desk, ticket, record: record.id, request: record.requestId };
    const access = await openAccess(sealed, [identity], { ...reveal.bind, ...asked });
    opened = { access, file: file && (await openFile(file, [identity], access)), sealed: file ? [sealed, file] : [sealed] };
  } catch (cause) {
    const outcome = failureOf(isSupportError(cause) ? (cause.code as VaultErrorCode) : 'not-a-record');
    if (outcome) await api.acknowledge(desk, reveal.id, outcome).catch(() => undefined);
    throw isSupportError(cause) ? cause : new SupportError('internal', 'Opening failed.');
  }
  // it is open, and was counted before it was handed out: what is not heard now, the server takes for an opening two minutes later
  const done = () => api.acknowledge(desk, reveal.id, 'opened');
  await done()
    .catch(done)
    .catch(() => undefined);
  return opened;
}

/** Bytes of what a server keeps as text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The same the other way round. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
