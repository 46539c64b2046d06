/** Stretch of the chosen file, or bytes in place of one. */
export type Part = readonly [from: number, to: number] | Uint8Array<ArrayBuffer>;

/** What was hidden in a picture. */
export interface Found {
  location: boolean;
  /** Device, time, settings, thumbnails. */
  camera: boolean;
  /** A film behind the picture. */
  moving: boolean;
  /** Comments, edits, anything else that is not shown. */
  other: boolean;
}

/** A picture without what it hides. */
export interface Cleaned {
  type: string;
  parts: Part[];
  found: Found;
  /** Where the film behind the picture begins; 0: there is none. */
  film: number;
  /** Pixels of the longer side; 0: unknown. */
  longest: number;
  animated: boolean;
}

/** What is to be sent of a picture. */
export type Wish = 'clean' | 'moving' | 'original' | 'small';

/** What is known of a picture, and what the person wants of it. */
export interface Picture {
  /** As it was chosen. */
  readonly original: File;
  readonly cleaned: Cleaned | undefined;
  /** Without what it hides; the chosen file itself where that hides nothing. */
  readonly clean: File | undefined;
  wish: Wish;
  /** Why it is not as clean as it should be. */
  problem: 'unclean' | 'unsupported' | 'undecodable' | '';
  /** True where it was turned into a JPEG. */
  converted: boolean;
  /** True where it was made smaller. */
  shrunk: boolean;
  /** True where it turned out that it cannot be made smaller. */
  smallest: boolean;
  /** True where somebody may want to make it smaller. */
  large: boolean;
  /** True where it was taken up again in the middle of its upload: nothing about it can be changed. */
  settled: boolean;
  preview: HTMLCanvasElement | undefined;
}

/** Part after part, neighbouring stretches as one. */
export function append(parts: Part[], from: number, to: number): void {
  const last = parts.at(-1);
  if (last && !(last instanceof Uint8Array) && last[1] === from) parts[parts.length - 1] = [last[0], to];
  else parts.push([from, to]);
}

/** Bytes as text, one character each. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
}

export function nothingFound(): Found {
  return { location: false, camera: false, moving: false, other: false };
}
