import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { commandOf } from '@storefront-support/vault/command';
import { checkDraft } from '@storefront-support/vault/draft';

const PASSWORD = 'Lent-77!';
const commandFor = (draft: object): string | undefined => commandOf(checkDraft(draft));
const ssh = { kind: 'ssh', host: 'shop.example', user: 'deploy', auth: 'password', password: PASSWORD };
const database = { kind: 'database', engine: 'mysql', host: 'db.example', database: 'shop', user: 'support', password: PASSWORD };

describe('the command that goes to a lent place', () => {
  it('names the place and never the secret', () => {
    const ftp = { kind: 'ftp', host: 'ftp.example', user: 'web', password: PASSWORD };
    const wanted: [object, string | undefined][] = [
      [ssh, 'ssh -p 22 -l deploy -- shop.example'],
      [{ ...ssh, host: '[2001:db8::1]', port: 2222 }, 'ssh -p 2222 -l deploy -- 2001:db8::1'],
      [{ ...ssh, kind: 'sftp', path: 'www/shop' }, 'sftp -P 22 -- deploy@shop.example:www/shop'],
      [{ ...ssh, kind: 'sftp', host: '2001:db8::1' }, 'sftp -P 22 -- deploy@[2001:db8::1]'],
      [ftp, "lftp -e 'set ftp:ssl-force true' -p 21 -u web -- ftp.example"],
      [{ ...ftp, protocol: 'ftp', port: 2121 }, 'lftp -p 2121 -u web -- ftp.example'],
      [database, 'mysql --host=db.example --user=support --password --database=shop'],
      [{ ...database, engine: 'postgres', port: 5433 }, 'psql --host=db.example --port=5433 --username=support --dbname=shop'],
      [{ ...database, engine: 'other' }, undefined],
      [{ kind: 'api-key', service: 'Shipping', secret: PASSWORD }, undefined],
    ];
    for (const [draft, command] of wanted) assert.equal(commandFor(draft), command);
    assert.ok(!wanted.some(([, command]) => command?.includes(PASSWORD)));
  });

  it('is one word to a shell wherever a customer wrote anything', () => {
    for (const user of ["o'brien", 'a b', '$(touch x)', '`id`', ';reboot', '-oProxyCommand=x', '*', '"', '\\', 'ü']) {
      const command = commandFor({ ...ssh, user }) ?? '';
      const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
        .trim()
        .split('\n');
      assert.deepEqual(words, ['ssh', '-p', '22', '-l', user, '--', 'shop.example']);
    }
  });

  it('is left out where what was written has no place in it', () => {
    for (const user of ['a\u001b[201~', 'a\u202eb', 'a\u0000', 'a\u2028b']) assert.equal(commandFor({ ...ssh, user }), undefined);
    assert.equal(commandFor({ ...database, engine: 'postgres', database: 'host=evil.example sslkey=/etc/passwd' }), undefined);
  });
});
