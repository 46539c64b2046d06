/** What is known of a picture, and what the person wants of it. */
export interface Picture {
  /** As it was chosen. */
  original: File;
}
