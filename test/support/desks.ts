/** Desk files for tests, as an operator would write them. */
const files = {
  count: 10,
  bytesPerFile: 50_000_000,
  bytesPerTicket: 100_000_000,
  types: [
    'image/png',
    'image/jpeg',
    'image/webp',
    'image/gif',
    'application/pdf',
    'text/plain',
    'text/csv',
    'application/zip',
    'video/mp4',
  ],
};
const weekdays = {
  mon: [['09:00', '18:00']],
  tue: [['09:00', '18:00']],
  wed: [['09:00', '18:00']],
  thu: [['09:00', '18:00']],
  fri: [['09:00', '18:00']],
};
const hours = { timeZone: 'Europe/Paris', week: weekdays, holidays: ['2026-12-25'] };
const promise = { firstResponseMinutes: 480, clock: 'business' };
const mail = { from: 'Lamp Shop <support@shop.example>' };
const limitsOff = {
  ticketsPerAddressPerHour: 0,
  ticketsWithoutProofPerAddressPerHour: 0,
  formPostsPerAddressPerHour: 0,
  heldFileBytes: 0,
  repliesPerAddressPerHour: 0,
  repliesPerTicketPerHour: 0,
  sessionsPerAddressPerHour: 0,
  signInLinksPerAddressPerHour: 0,
  uploadBytesPerAddressPerDay: 0,
  uploadsPerAddressPerHour: 0,
};
/** For what is not about defences. */
export const defencesOff = { proofOfWork: 0, ...limitsOff };
const service = { id: 'service', name: 'Service' };

/** One desk, `open`, one contact, `service`, every defence off. */
export function openDesks(origins: string[] = []): unknown {
  return [
    {
      desk: { id: 'open', name: 'Lamp Shop', contacts: [service], limits: { files }, hours, promise, locales: ['en', 'fr'], otherWays: [] },
      allowedOrigins: ['http://localhost:*', 'http://127.0.0.1:*', ...origins],
      notify: { service: 'service@shop.example' },
      mail,
      defences: defencesOff,
    },
  ];
}

/**
 * One desk, `defended`: proof of work and rate limits on, the limits too high for one machine's load to meet, the proofs
 * quick to make: to the server each costs the same.
 */
export function defendedDesks(): unknown {
  const most = 1_000_000_000;
  return [
    {
      desk: { id: 'defended', name: 'Lamp Shop', contacts: [service], limits: { files }, hours, promise },
      notify: { service: 'service@shop.example' },
      mail,
      defences: { ...Object.fromEntries(Object.keys(limitsOff).map((name) => [name, most])), proofOfWork: 5 },
    },
  ];
}

/**
 * The desk `demo` as a shop has it: two contacts, proof of work, other ways, both languages.
 * @param defences of the desk file, where a test needs others.
 */
export function shopDesks(origins: string[] = [], defences: Record<string, number> = {}): unknown {
  return [
    {
      desk: {
        id: 'demo',
        name: 'Lamp Shop',
        contacts: [
          {
            id: 'customer-service',
            name: { en: 'Customer Service', fr: 'Service client' },
            description: { en: 'Orders, deliveries, returns', fr: 'Commandes, livraisons, retours' },
          },
          {
            id: 'webmaster',
            name: { en: 'Webmaster', fr: 'Webmestre' },
            description: { en: 'A problem with this website', fr: 'Un problème sur ce site' },
            keepsMessages: false,
          },
        ],
        limits: { files },
        hours,
        promise,
        locales: ['en', 'fr'],
        otherWays: [
          { kind: 'phone', label: '+33 1 23 45 67 89', href: 'tel:+33123456789' },
          { kind: 'email', label: 'hello@shop.example', href: 'mailto:hello@shop.example' },
        ],
      },
      allowedOrigins: ['http://localhost:*', 'http://127.0.0.1:*', ...origins],
      notify: { 'customer-service': 'service@shop.example', webmaster: 'webmaster@shop.example' },
      mail,
      defences: { ...limitsOff, ...defences },
    },
  ];
}
