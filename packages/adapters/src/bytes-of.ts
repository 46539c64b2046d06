import { SupportError } from '@storefront-support/contract';

/** The bytes of a file or of a part of it; rejects with `gone` where the device no longer hands them out. */
export async function bytesOf(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer();
  } catch (error) {
    throw new SupportError('gone', 'The file was changed or removed on this device since it was chosen.', { cause: error });
  }
}
