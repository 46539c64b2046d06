import type { ShopWords } from './shop-words.ts';

export interface ShopContact {
  id: number;
  name: string;
  /** False: success is shown and nothing is kept. */
  saves: boolean;
}

export interface ShopCustomer {
  id: number;
  email: string;
  password: string;
  orders: { id: number; reference: string }[];
}

export interface ThreadMessage {
  message: string;
  /** As the shop renames it; empty where no file has arrived. */
  fileName: string;
  bytes: number;
}

/** All messages of one e-mail address about one order, or about none (0). */
export interface CustomerThread {
  id: number;
  token: string;
  email: string;
  idContact: number;
  idCustomer: number;
  idOrder: number;
  idProduct: number;
  status: 'open' | 'closed' | 'pending1' | 'pending2';
  messages: ThreadMessage[];
}

/** The shop as its merchant has set it up. */
export interface ShopOptions {
  /** `classic`: theme of 8.2.1; `hummingbird`: theme of 9.1; `fallback`: the module's own template, used by themes without one. */
  markup: 'classic' | 'hummingbird' | 'fallback';
  /** In the order of the list. */
  contacts: ShopContact[];
  customers: ShopCustomer[];
  threads: CustomerThread[];
  /** Whether the form takes a file. */
  upload: boolean;
  /** Whether module psgdpr asks for consent. */
  gdpr: boolean;
  words: ShopWords;
  /** Of module contactform: 4.4.0 refuses `.webp`; `later` lists only the first error. */
  release: '4.4.3' | '4.4.0' | 'later';
  /**
   * Whether another module asks something of robots that no answer was given to: its complaint is all that the shop says, or comes
   * before or behind the others.
   */
  captcha: 'none' | 'alone' | 'first' | 'last';
  /** PHP's `upload_max_filesize`: larger files are dropped without a word. Bytes. */
  uploadMaxFilesize: number;
  /** PHP's `post_max_size`: of larger requests nothing is read. Bytes. */
  postMaxSize: number;
  /** Whether mails are sent on a message, and whether the transport works. */
  mail: 'none' | 'sent' | 'failing';
}

/** Two contacts and one customer with orders, as on a fresh 8.2.1 with its demonstration data. */
export const FRESH_SHOP: Omit<ShopOptions, 'words'> = {
  markup: 'classic',
  contacts: [
    { id: 2, name: 'Customer service', saves: true },
    { id: 1, name: 'Webmaster', saves: false },
  ],
  customers: [
    {
      id: 2,
      email: 'pub@prestashop.com',
      password: 'Shopper-2026!',
      orders: [
        { id: 1, reference: 'XKBKNABJK' },
        { id: 2, reference: 'OHSATSERP' },
        { id: 3, reference: 'UOYEVOLI' },
        { id: 4, reference: 'FFATNOMMJ' },
        { id: 5, reference: 'KHWLILZLL' },
      ],
    },
  ],
  threads: [],
  upload: true,
  gdpr: false,
  release: '4.4.3',
  captcha: 'none',
  uploadMaxFilesize: 2_097_152,
  postMaxSize: 8_388_608,
  mail: 'none',
};
