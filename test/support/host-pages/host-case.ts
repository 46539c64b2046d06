/** A page that stands in the way of what is put into it. */
export interface HostCase {
  /** Also the name of its shop's host: letters, digits and dashes. */
  name: string;
  /** What must hold on it, in one sentence. */
  proves: string;
  /** `works`: a ticket with a file goes out. `told`: it cannot, and people are told so and led elsewhere. */
  expected: 'works' | 'told';
  /**
   * The page's Content-Security-Policy. `{embed}` and `{api}` stand for the origins of the script and of the desk; scripts of the page
   * have the nonce `shop`.
   */
  policy?: string;
  /** The same, as a policy that only reports. */
  reportOnly?: string;
  /** More headers of the page. */
  headers?: Record<string, string>;
  /** `<!doctype html>` otherwise. */
  doctype?: string;
  /** Before our script, in the head. */
  before?: string;
  /** In the place of our script; the tag of the README otherwise. `{script}` stands for its address, `{again}` for that of a whole copy. */
  script?: string;
  /** Around our tag; `{tag}` stands for it. */
  around?: string;
  /** After our tag and script, at the end of the body. */
  after?: string;
  /** Script that runs once the form is there and before anybody touches it. */
  late?: string;
  /** Name of our tag; `support-form` otherwise. */
  tag?: 'support-form' | 'support-launcher';
  attributes?: string;
  /**
   * What is done beside writing and sending. `back`: goes away and back before sending. `frame`: the page is in a frame of another.
   * `enter`: sends by the Enter key. `try`: writes and sends what cannot be sent.
   */
  walk?: 'back' | 'frame' | 'enter' | 'try';
  /** Attributes of that frame. */
  frame?: string;
  /** True where a browser keeps nothing for the page. */
  keepsNothing?: boolean;
  /** Where the page is when it sends; `/` otherwise. */
  path?: string;
  /** What the form says where it cannot work; absent where it cannot say anything. */
  says?: RegExp;
  /** True where nothing of ours can run that would tell anybody. */
  silent?: boolean;
  /** Lines that the browser itself writes to the console. */
  browserSays?: RegExp;
  /** What the page does to itself, or hears, by its own doing. */
  ownDoing?: RegExp;
}
