/** Who asks. */
export interface Requester {
  name: string;
  email: string;
}
