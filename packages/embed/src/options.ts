/** What a tag's attributes say about its backend and the shop around it. Absent attributes are empty strings. */
export interface EmbedOptions {
  /** Name in the registry. `http`, our own server, where the attribute is absent. */
  adapter: string;
  /** Base address of the backend, made absolute where it can be: `endpoint="/support"` is on the page's own origin. */
  endpoint: string;
  /** The desk a ticket goes to. */
  desk: string;
  /** The shop's software, whose page data tells who is signed in and what is shown. */
  platform: string;
  /** Most bytes that the backend takes in one file, where it does not say so itself. */
  bytesPerFile: string;
}

/** The desk of our own server that a tag names; empty or false where it names none. */
export function ourDesk({ adapter, endpoint, desk }: EmbedOptions): string | false {
  return adapter === 'http' && endpoint && desk;
}

export function optionsOf(element: Element): EmbedOptions {
  const read = (name: string) => element.getAttribute(name) ?? '';
  const endpoint = read('endpoint');
  return {
    adapter: read('adapter') || 'http',
    endpoint: URL.canParse(endpoint, element.baseURI) && endpoint ? new URL(endpoint, element.baseURI).href : '',
    desk: read('desk'),
    platform: read('platform'),
    bytesPerFile: read('bytes-per-file'),
  };
}
