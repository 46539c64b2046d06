import { bare } from '../../base/bare.js';

/** Pixels of the shorter side, for screens of twice the density. */
const SIDE = 96;

/** Cut to a square. Undefined where the browser cannot decode the picture. */
export async function previewOf(file: File): Promise<HTMLCanvasElement | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  try {
    const bitmap = await decode(file);
    const { width, height } = bitmap;
    const side = Math.min(width, height);
    canvas.getContext('2d')?.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    bitmap.close();
    return canvas;
  } catch {
    return undefined;
  }
}

function decode(file: File): Promise<ImageBitmap> {
  const small = bare({ resizeWidth: 2 * SIDE, resizeQuality: 'medium' });
  return createImageBitmap(file, small as ImageBitmapOptions).catch(() => createImageBitmap(file));
}
