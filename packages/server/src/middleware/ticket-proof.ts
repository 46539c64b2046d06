import type { Context } from 'hono';
import { HEADERS } from '@storefront-support/contract/schemas';
import type { AppEnv } from '../ports.js';
import { rejected, type Proof, type ProofOfWork } from './proof-of-work.js';
import type { TicketLimits } from './rate-limit.js';

/**
 * Lets a ticket through to its transaction, or throws `proof-rejected` or `rate-limited`. Undefined: this desk asks for no
 * proof, or the page could not make one. Browsers have no WebCrypto on plain http, so a page from there goes without, in
 * smaller numbers.
 */
export async function admitTicket(
  c: Context<AppEnv>,
  proofOfWork: ProofOfWork,
  limits: TicketLimits,
  now: number,
): Promise<Proof | undefined> {
  const { desk, defences } = c.var.desk;
  const payload = c.req.header(HEADERS.proof);
  const needed = defences.proofOfWork > 0;
  if (needed && payload === undefined) {
    if (!isPlainHttp(c.req.header('Origin'))) throw rejected('Solve the challenge of GET …/challenge and send it as Support-Proof.');
    await limits.withoutProof.consume(desk.id, defences.ticketsWithoutProofPerAddressPerHour, c.var.clientAddress);
  }
  const proof = needed && payload !== undefined ? await proofOfWork.verify(desk.id, payload, now) : undefined;
  await limits.withProof.consume(desk.id, defences.ticketsPerAddressPerHour, c.var.clientAddress);
  return proof;
}

/** True where browsers withhold WebCrypto: http, and not a loopback name. */
function isPlainHttp(origin: string | undefined): boolean {
  if (!origin?.startsWith('http://') || !URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return !/^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
