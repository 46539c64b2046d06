import { DeliveryError, type Mail, type MailTransport } from './mail.js';
import { mailSource } from './mail-source.js';

/** Silence after which a connection is given up. */
const SILENCE_MS = 60_000;
const CONNECT_MS = 20_000;
/** Codes that speak of our account or our settings: the operator mends them, the mail waits. */
const OURS = new Set([530, 534, 535, 538]);

/** @param url `smtp://` or `smtps://`, user and password included. */
export async function smtpTransport(url: string, connections: number): Promise<MailTransport> {
  const { createTransport } = await import('nodemailer');
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // attempts are counted in the outbox, and a stream cannot be read twice
    maxRequeues: 0,
    idleTimeout: 30_000,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail: Mail, signal: AbortSignal) {
      const { options, streamed, close } = mailSource(mail);
      try {
        await pool.sendMail({ ...options, signal }).catch((error: unknown) => {
          throw deliveryError(error);
        });
        streamed();
      } finally {
        close();
      }
    },
    close: () => pool.close(),
  };
}

function deliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const { code, responseCode, response } = error as { code?: string; responseCode?: number; response?: string };
  if (typeof responseCode !== 'number') return new DeliveryError(code ?? 'unknown', code === 'EENVELOPE' || code === 'EMESSAGE');
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  const answered = code === 'EENVELOPE' || code === 'EMESSAGE';
  return new DeliveryError([responseCode, enhanced].filter(Boolean).join(' '), answered && responseCode >= 500 && !OURS.has(responseCode));
}
