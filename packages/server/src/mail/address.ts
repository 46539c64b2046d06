/** The bare address of `name@host` or `Name <name@host>`. */
export function addressIn(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}

/** The display name of `Name <name@host>`; empty for a bare address. */
export function nameIn(mailbox: string): string {
  const bracket = mailbox.lastIndexOf('<');
  return bracket < 0 ? '' : oneLine(mailbox.slice(0, bracket)).replace(/^"(.*)"$/, '$1');
}

/** What a cap counts an address as: mail to `ann+shop@host` reaches whoever reads `ann@host`. Lower case in, lower case out. */
export function mailboxOf(emailKey: string): string {
  return emailKey.replace(/^([^+@]+)\+[^@]*@/, '$1@');
}

/** The host part of an address, `localhost` where there is none. */
export function domainOf(mailbox: string): string {
  return (
    addressIn(mailbox)
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'localhost'
  );
}

/**
 * A person's text as one header line: control, line-breaking and direction-changing characters become spaces, and what a mail
 * program would decode into something else is taken apart.
 */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .replace(/=\?/g, '= ?')
    .replace(/ {2,}/g, ' ')
    .trim();
}
