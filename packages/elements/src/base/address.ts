/** What the address of a page leads to: a mailed link signs in, another opens a ticket. */
export const LINK = /(?:^#|&)support-(sign-in|ticket)=([\w-]+)/;
