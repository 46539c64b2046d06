import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quotaKey } from '../../../packages/server/dist/files/quota-key.js';
import { HEAD_BYTES, sniffHead, sniffWhole } from '../../../packages/server/dist/files/sniff.js';
import { TextScan } from '../../../packages/server/dist/files/text-scan.js';
import { storedZip } from '../../support/stored-zip.ts';

const TYPES = ['text/plain', 'text/csv', 'application/zip'];
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const contentTypes = (part: string, type: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}.main+xml"/></Types>`;

async function sniff(bytes: Uint8Array, name: string, accepted = TYPES) {
  const head = await sniffHead(bytes.subarray(0, HEAD_BYTES), name);
  if (head) return head;
  const scan = new TextScan();
  for (let at = 0; at < bytes.length; at += 1_000) scan.push(bytes.subarray(at, at + 1_000));
  return sniffWhole(parts(bytes), name, scan.end(), accepted);
}

async function* parts(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

describe('what a file is', () => {
  const filler = Buffer.alloc(9_000, 'x');
  const cases: [string, Uint8Array, string, string, string][] = [
    [
      'a Word file',
      storedZip([
        ['[Content_Types].xml', contentTypes('word/document.xml', DOCX)],
        ['word/document.xml', filler],
      ]),
      'letter.docx',
      DOCX,
      'letter.docx',
    ],
    [
      'a Word file that hides its kind at the end',
      storedZip([
        ['filler.bin', filler],
        ['[Content_Types].xml', contentTypes('word/document.xml', DOCX)],
      ]),
      'letter.docx',
      DOCX,
      'letter.docx',
    ],
    [
      'a spreadsheet',
      storedZip([
        ['[Content_Types].xml', contentTypes('xl/workbook.xml', SHEET)],
        ['xl/workbook.xml', filler],
      ]),
      'sums.xlsx',
      SHEET,
      'sums.xlsx',
    ],
    ['an archive', storedZip([['a.bin', filler]]), 'files.zip', 'application/zip', 'files.zip'],
    ['an archive that says it is a picture', storedZip([['a.bin', filler]]), 'cat.jpg', 'application/zip', 'cat.jpg.zip'],
    ['a picture that says it is a program', Buffer.from('GIF89a and so on'), 'cat.exe', 'image/gif', 'cat.exe.gif'],
    ['a photo under another spelling', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), 'cat.JPEG', 'image/jpeg', 'cat.JPEG'],
    ['a table', Buffer.from('a;b\n1;2\n'), 'data.csv', 'text/csv', 'data.csv'],
    ['a page, kept as text', Buffer.from('<!doctype html><script>1</script>'), 'a.html', 'text/plain', 'a.html.txt'],
    ['a drawing, kept as text', Buffer.from('<?xml version="1.0"?><svg/>'), 'a.svg', 'text/plain', 'a.svg.txt'],
    ['a script, kept as text', Buffer.from('@echo off\r\ndel *.*\r\n'), 'a.bat', 'text/plain', 'a.bat.txt'],
    ['a log with colours', Buffer.from('\u001b[31mred\u001b[0m\n'), 'a.log', 'text/plain', 'a.log'],
    ['a one-byte text', Buffer.from('d\xe9j\xe0 vu\n', 'latin1'), 'a.txt', 'text/plain', 'a.txt'],
    ['a character cut by the head’s end', Buffer.from(`${'x'.repeat(HEAD_BYTES - 1)}é`), 'a.txt', 'text/plain', 'a.txt'],
    ['noise', Buffer.from([1, 2, 3, 0, 5]), 'a.txt', 'application/octet-stream', 'a.txt'],
    ['two-byte text', Buffer.from('hello', 'utf16le'), 'a.txt', 'application/octet-stream', 'a.txt'],
    [
      'a truncated multi-byte text',
      Buffer.concat([Buffer.from('ok'), Buffer.from([0xe2, 0x90])]),
      'a.txt',
      'application/octet-stream',
      'a.txt',
    ],
    ['nothing', Buffer.alloc(0), 'a', 'text/plain', 'a.txt'],
  ];
  for (const [what, bytes, name, type, shown] of cases) {
    it(`is ${what}`, async () => assert.deepEqual(await sniff(bytes, name), { type, name: shown }));
  }
});

describe('the quota’s pseudonym', () => {
  const key = (address: string, secret = 1) => quotaKey(address, Buffer.alloc(32, secret));
  it('is one per IPv4 address and one per IPv6 network', () => {
    assert.notEqual(key('192.0.2.1'), key('192.0.2.2'));
    assert.equal(key('192.0.2.1'), key('::ffff:192.0.2.1'));
    assert.equal(key('2001:db8:1:2:3:4:5:6'), key('2001:db8:1:2::9'));
    assert.equal(key('2001:db8::1'), key('2001:0db8:0000:0000:ffff::'));
    assert.notEqual(key('2001:db8:1:2::9'), key('2001:db8:1:3::9'));
    assert.notEqual(key('::1'), key('::1', 2));
  });
  it('holds nothing of the address', () => assert.match(key('192.0.2.1'), /^[\w-]{22}$/));
});
