import type { Desk } from '@storefront-support/contract';

/** A desk to show things with: two contacts, of which the second passes messages on and keeps none. */
export const demoDesk: Desk = {
  id: 'demo',
  name: { en: 'Lantern & Loom', fr: 'Lantern & Loom' },
  contacts: [
    {
      id: 'customer-service',
      name: { en: 'Customer Service', fr: 'Service client' },
      description: { en: 'Orders, deliveries, returns.', fr: 'Commandes, livraisons, retours.' },
      keepsMessages: true,
    },
    {
      id: 'webmaster',
      name: { en: 'Webmaster', fr: 'Webmestre' },
      description: { en: 'Something on this site does not work.', fr: 'Quelque chose ne marche pas sur ce site.' },
      keepsMessages: false,
      files: { bytesPerFile: 15_000_000, bytesPerTicket: 15_000_000 },
      promise: { firstResponseMinutes: 2_880, clock: 'calendar' },
    },
  ],
  limits: {
    subjectLength: 200,
    messageLength: 20_000,
    files: {
      count: 10,
      bytesPerFile: 50_000_000,
      bytesPerTicket: 100_000_000,
      types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain', 'application/zip'],
    },
  },
  hours: {
    timeZone: 'Europe/Paris',
    week: {
      mon: [['09:00', '18:00']],
      tue: [['09:00', '18:00']],
      wed: [['09:00', '18:00']],
      thu: [['09:00', '18:00']],
      fri: [['09:00', '17:00']],
    },
    holidays: ['2026-12-25', '2027-01-01'],
  },
  promise: { firstResponseMinutes: 480, clock: 'business' },
  locales: ['en', 'fr'],
  otherWays: [
    { kind: 'phone', label: { en: 'Call +33 1 99 00 12 34', fr: 'Appeler le 01 99 00 12 34' }, href: 'tel:+33199001234' },
    { kind: 'email', label: 'help@shop.example', href: 'mailto:help@shop.example' },
  ],
};
