const SIGNATURES: [signature: string, type: string][] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['\x7fELF', 'application/x-elf'],
  ['MZ', 'application/x-msdownload'],
];

/** What the content is; the claimed type only for what has no signature here. */
export function sniffType(bytes: Uint8Array, claimed: string): string {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  for (const [signature, type] of SIGNATURES) if (head.startsWith(signature)) return type;
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  const known = SIGNATURES.some(([, type]) => type === claimed) || claimed === 'image/webp';
  if (claimed && !known && !claimed.startsWith('text/')) return claimed;
  return bytes.subarray(0, 4_100).includes(0) ? 'application/octet-stream' : claimed.startsWith('text/') ? claimed : 'text/plain';
}
