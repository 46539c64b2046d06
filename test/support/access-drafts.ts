/** A valid draft of every kind, with every field in it that the kind has. */
export const drafts = {
  'admin-panel': {
    kind: 'admin-panel',
    url: 'https://shop.example/admin123',
    login: 'support@acme.example',
    password: ' pass word ',
    secondFactor: 'code-app',
    codeSecret: 'JBSWY3DPEHPK3PXP',
    role: 'Administrator',
  },
  'hosting-panel': {
    kind: 'hosting-panel',
    url: 'https://panel.example:8443/',
    login: 'acme',
    password: 'pä$$ "wörd"\\',
    secondFactor: 'ask-me',
    secondFactorNote: 'Call +33 1 23',
  },
  ssh: {
    kind: 'ssh',
    auth: 'password',
    host: 'shop.example',
    port: 2222,
    user: 'deploy',
    password: 'ssh-secret-1',
    hostKey: `SHA256:${'A'.repeat(42)}A`,
    path: '/var/www',
  },
  sftp: { kind: 'sftp', auth: 'private-key', host: '[2001:db8::1]', user: 'files', privateKey: privateKey(), passphrase: 'open sesame' },
  ftp: { kind: 'ftp', protocol: 'ftp', host: '192.0.2.7', user: 'web', password: 'in the clear' },
  database: {
    kind: 'database',
    engine: 'mysql',
    host: 'db.shop.example',
    port: 3306,
    database: 'shop',
    user: 'shop',
    password: 'db-secret-1',
    viaSsh: 'deploy@shop.example',
    webTool: 'https://shop.example/adminer',
  },
  'api-key': { kind: 'api-key', service: 'Payment', url: 'https://api.example', keyId: 'key_1', secret: 'sk_live_made_up' },
  other: {
    kind: 'other',
    fields: [
      { name: 'Door', value: '0000' },
      { name: 'Floor', value: '3', secret: false },
    ],
  },
} as const;

/** Looks like a private key of OpenSSH; opens nothing. */
export function privateKey(): string {
  const base64 = Buffer.from('openssh-key-v1\0 made up for tests, and long enough to be broken into two lines').toString('base64');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64.replace(/.{70}/g, '$&\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** A draft whose JSON is close to `bytes`, filled up in its note. */
export function padded<Draft extends object>(draft: Draft, bytes: number): Draft & { note: string } {
  return { ...draft, note: 'n'.repeat(Math.max(1, bytes - JSON.stringify(draft).length - 500)) };
}
